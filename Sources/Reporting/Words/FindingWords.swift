internal import Access

extension PlanFinding.Kind {
  /// The heading under which findings of the kind stand.
  var title: String {
    switch self {
    case .unmanagedGuest: "Guests that nobody declared"
    case .unmanagedGrant: "Access that nobody declared"
    case .inherited: "Access that a group or package gives already"
    case .left: "Declared guests whose account is gone"
    case .blockedElsewhere: "Declared guests that another hand blocked"
    case .pending: "Invitations not redeemed yet"
    case .inactive: "Guests who have not signed in for long"
    case .expiring: "Ending soon"
    case .expired: "Ended"
    case .reviewDue: "Review due"
    case .withoutSponsor: "Guests without a sponsor"
    case .withoutAccess: "Guests without any access"
    case .conflict: "Addresses that fit no single guest"
    case .externalMember: "Members from outside, who are never touched"
    case .directoryRole: "Guests who hold a directory role"
    case .policyLoosened: "Policy that was loosened"
    case .drifted: "Declared access that another hand took, and that is not given back"
    case .tied: "Accounts that are never deleted, because others depend on them"
    case .unblockedElsewhere: "Removed guests who were unblocked or restored outside Guestlist"
    case .unwritable: "Access that cannot be given or taken"
    case .adoptedStays: "Accounts of removed guests that existed before and stay"
    }
  }

  /// Whether a reader should look before anything else.
  var isRisk: Bool {
    switch self {
    case .externalMember, .directoryRole, .conflict, .policyLoosened, .blockedElsewhere, .left,
      .unblockedElsewhere, .unwritable:
      true
    case .unmanagedGuest, .unmanagedGrant, .inherited, .pending, .inactive, .expiring, .expired,
      .reviewDue, .withoutSponsor, .withoutAccess, .drifted, .tied,
      .adoptedStays:
      false
    }
  }
}

extension PlanFinding {
  /// Of whom and of what the finding speaks, before its sentence.
  func subject(_ glossary: Glossary) -> String {
    let parts = [
      guest?.normalised ?? account?.description,
      resource.map { glossary.name(of: $0) },
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }
}

extension UpcomingStep.Kind {
  /// What will happen, after the date.
  var words: String {
    switch self {
    case .delete: "the account is deleted, unless it is declared again"
    case .start: "the entry begins"
    case .end: "the entry or one of its grants ends"
    }
  }
}
