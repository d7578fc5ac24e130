internal import Access

extension Reason {
  /// Why the plan holds the action, in words.
  var words: String {
    switch self {
    case .declared: "declared"
    case .undeclared: "no longer declared"
    case .expired(let moment, let origin):
      "ended \(Wording.lastDay(before: moment)) (\(origin.words))"
    case .declaredBlocked(let text): "declared as blocked: \(text)"
    case .declaredAgain: "declared again"
    case .returned: "given back by a later commit"
    case .drifted: "removed outside Guestlist"
    case .notRedeemed(let since): "not redeemed since \(Wording.day(since))"
    case .addressChanged(let former): "address changed from \(former)"
    case .ordered(let text): "listed under `removed`: \(text)"
    case .exclusive: "not declared, in an app or group that is exclusive"
    case .graceOver(let blocked): "blocked since \(Wording.day(blocked))"
    case .blockLifted: "no longer declared as blocked"
    case .resourceMissing: "no longer in the tenant"
    }
  }

  /// The stable name of the reason, and what belongs to it.
  var json: JSONValue {
    switch self {
    case .declared: ["kind": "declared"]
    case .undeclared: ["kind": "undeclared"]
    case .expired(let moment, let origin):
      ["kind": "expired", "at": .string(moment.description), "setBy": .string(origin.words)]
    case .declaredBlocked(let text): ["kind": "declaredBlocked", "text": .string(text)]
    case .declaredAgain: ["kind": "declaredAgain"]
    case .returned: ["kind": "returned"]
    case .drifted: ["kind": "removedOutside"]
    case .notRedeemed(let since):
      ["kind": "notRedeemed", "since": .string(since.description)]
    case .addressChanged(let former):
      ["kind": "addressChanged", "from": .string(former.normalised)]
    case .ordered(let text): ["kind": "listedAsRemoved", "text": .string(text)]
    case .exclusive: ["kind": "exclusive"]
    case .graceOver(let blocked):
      ["kind": "deleteDue", "blockedAt": .string(blocked.description)]
    case .blockLifted: ["kind": "blockLifted"]
    case .resourceMissing: ["kind": "resourceMissing"]
    }
  }
}

extension Ending.Origin {
  /// Which declaration set the end.
  var words: String {
    switch self {
    case .guest: "the guest's end date"
    case .grant: "the grant's end date"
    case .bundle(let name): "the end date of bundle `\(name)`"
    case .partnerLimit(let partner): "`limits.stay` of partner `\(partner)`"
    }
  }
}

extension PlanFinding.Kind {
  /// The heading under which findings of the kind are listed.
  var title: String {
    switch self {
    case .unmanagedGuest: "Guests that are not declared"
    case .unmanagedGrant: "Access that is not declared"
    case .inherited: "Access that a group or package already gives"
    case .left: "Declared guests removed outside Guestlist"
    case .blockedElsewhere: "Declared guests blocked outside Guestlist"
    case .pending: "Invitations not redeemed yet"
    case .inactive: "Guests without a recent sign-in"
    case .expiring: "Ending soon"
    case .expired: "Ended"
    case .reviewDue: "Review due"
    case .withoutSponsor: "Guests without a sponsor"
    case .withoutAccess: "Guests without any access"
    case .conflict: "Addresses that do not match one guest account"
    case .externalMember: "External members, which Guestlist never changes"
    case .directoryRole: "Guests with a directory role"
    case .policyLoosened: "Rules that were loosened"
    case .drifted: "Declared access removed outside Guestlist"
    case .tied: "Accounts that are not deleted because others depend on them"
    case .unblockedElsewhere: "Removed guests unblocked or restored outside Guestlist"
    case .unwritable: "Access that cannot be given or taken"
    case .adoptedStays: "Accounts of removed guests that existed before and stay"
    }
  }

  /// Whether a plan lists such findings one by one.
  var isWarning: Bool { isOutstanding || self == .policyLoosened }

  /// Whether the finding is of something that was never declared here.
  var isUnmanaged: Bool { self == .unmanagedGuest || self == .unmanagedGrant }
}

extension PlanFinding {
  /// The person and the resource of the finding, for the start of its line.
  func subject(_ glossary: Glossary) -> String {
    let parts = [
      guest?.normalised ?? account?.description,
      resource.map { glossary.name(of: $0) },
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }

  /// The finding with its stable kind.
  func json(_ glossary: Glossary) -> JSONValue {
    [
      "kind": .string(kind.json),
      "mail": .described(guest),
      "userId": .described(account),
      "resource": resource.map { $0.json(glossary) } ?? .null,
      "detail": .string(detail),
    ]
  }
}

extension PlanFinding.Kind {
  /// The stable name of the kind.
  var json: String {
    switch self {
    case .left: "removedOutside"
    case .blockedElsewhere: "blockedOutside"
    case .unblockedElsewhere: "unblockedOutside"
    case .drifted: "accessRemovedOutside"
    case .tied: "dependedOn"
    case .unmanagedGuest, .unmanagedGrant, .inherited, .pending, .inactive, .expiring, .expired,
      .reviewDue, .withoutSponsor, .withoutAccess, .conflict, .externalMember, .directoryRole,
      .policyLoosened, .unwritable, .adoptedStays:
      rawValue
    }
  }
}

extension UpcomingStep.Kind {
  /// What will happen, before the date: `2 start on`.
  func words(_ count: Int) -> String {
    let isOne = count == 1
    return switch self {
    case .start: isOne ? "1 starts on" : "\(count) start on"
    case .end: isOne ? "1 ends on" : "\(count) end on"
    case .delete: isOne ? "1 account is deleted on" : "\(count) accounts are deleted on"
    }
  }
}

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
    case .unreachable: "nothing answered; check the network and `--endpoint`"
    case .malformedReply: "the answer was not from Graph; is there a proxy in between?"
    case .authentication: "sign-in was refused; check the `AZURE_*` variables"
    case .permission: "grant the application the Graph permission that the message names"
    case .notFound: "a new account takes a while to be known everywhere; run again"
    case .refused: "Graph will refuse it again; change the declaration"
    case .throttled: "the tenant is busy; run again later"
    case .unavailable: "the service failed; run again later"
    case .unknownOutcome: "the reply was lost; the next run checks whether it was done"
    case .budgetExhausted: "`--max-requests` was used up; run again or raise it"
    case .unsupported: "this version cannot do it; do it by hand or remove the entry"
    case .cancelled: "the run was interrupted; run again"
    }
  }
}
