internal import Access

extension Plan {
  /// Whether the tenant is as the commit declares; what nobody ever declared does not count, or a
  /// tenant with other owners too would never be clean.
  var isMet: Bool {
    actions.isEmpty && withheld.isEmpty && !findings.contains { $0.kind.isLoss }
  }

  /// What a plan without actions means, in a sentence; `nil` where something is to be done.
  var nothingToDo: String? {
    guard actions.isEmpty else { return nil }
    if !isMet { return "Nothing to do now, but not all is as the commit declares: see below." }
    return isPartial
      ? "Nothing to do: that part of the tenant is as the commit declares."
      : "Nothing to do: the tenant is as the commit declares."
  }
}

extension PlanFinding.Kind {
  /// Whether the tenant differs from what is declared although no plan will even it out.
  var isLoss: Bool {
    switch self {
    case .left, .blockedElsewhere, .drifted, .unblockedElsewhere, .conflict: true
    case .unmanagedGuest, .unmanagedGrant, .inherited, .pending, .inactive, .expiring, .expired,
      .reviewDue, .withoutSponsor, .withoutAccess, .externalMember, .directoryRole,
      .policyLoosened, .tied:
      false
    }
  }
}
