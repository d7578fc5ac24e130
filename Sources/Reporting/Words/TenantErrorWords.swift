internal import Access

extension TenantError.Kind {
  /// Whether the same run again, with nothing changed, may succeed.
  var isWorthRepeating: Bool {
    switch self {
    case .unreachable, .malformedReply, .throttled, .unavailable, .unknownOutcome, .notFound,
      .budgetExhausted, .cancelled:
      true
    case .authentication, .permission, .refused, .unsupported: false
    }
  }

  /// What to do next.
  var hint: String {
    switch self {
    case .unreachable: "nothing answered; look at the network and at `--endpoint`"
    case .malformedReply: "what answered was not Graph; look for a proxy in between"
    case .authentication: "the sign-in was refused; look at the `AZURE_*` variables"
    case .permission:
      "the credentials hold too little; `guestlist permissions` lists what is needed"
    case .notFound: "a new account takes a while to be known everywhere; run again"
    case .refused: "Graph refuses this for good; change the declaration"
    case .throttled: "the service asked for patience; run again later"
    case .unavailable: "the service failed; run again later"
    case .unknownOutcome: "the reply was lost; the next run looks whether it was carried out"
    case .budgetExhausted: "`--max-requests` was used up; run again or raise it"
    case .unsupported: "this version cannot do it yet; do it by hand, or take it out"
    case .cancelled: "the run was interrupted; run again"
    }
  }
}
