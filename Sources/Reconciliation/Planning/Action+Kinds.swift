package import Access

extension Action {
  /// True for a block that a declaration asks for: it passes every guard but tenant, trust, ref and
  /// protected.
  package var isIncident: Bool {
    if case .declaredBlocked = reason { verb == .block } else { false }
  }

  /// True if the guest loses something.
  package var takes: Bool {
    switch verb {
    case .block: !isIncident
    case .revoke, .delete, .removeSponsor: true
    case .invite, .resend, .resetRedemption, .unblock, .restore, .addSponsor, .grant: false
    }
  }

  /// The resource that is given or taken; `nil` for what is done to an account.
  package var resource: Resource? {
    switch operation {
    case .grant(let resource, _), .revoke(let resource, _): resource
    default: nil
    }
  }
}
