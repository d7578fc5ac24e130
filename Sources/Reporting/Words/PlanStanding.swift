internal import Access

/// How a tenant stands to a commit, by what was planned.
struct PlanStanding {
  let plan: Plan
  /// True where faults of the catalog stopped everything, so that nothing was compared.
  let isStopped: Bool

  /// Whether the tenant is as the commit declares; what nobody ever declared does not count, or a
  /// tenant with other owners too would never be clean.
  var isMet: Bool {
    !isStopped && plan.isAsDeclared
  }

  /// What it means that nothing is to be done, in a sentence; `nil` where something is.
  var nothingToDo: String? {
    if isStopped {
      return
        "Nothing is planned: the catalog does not fit the tenant, and its faults stop all writes."
    }
    guard plan.actions.isEmpty else { return nil }
    if !isMet { return "Nothing to do now, but not all is as the commit declares: see below." }
    return plan.isPartial
      ? "Nothing to do: that part of the tenant is as the commit declares."
      : "Nothing to do: the tenant is as the commit declares."
  }
}

extension PlanFinding.Kind {
  /// Whether the tenant differs from what is declared although no plan will even it out.
  var isLoss: Bool {
    switch self {
    case .left, .blockedElsewhere, .drifted, .unblockedElsewhere, .conflict, .unwritable: true
    case .unmanagedGuest, .unmanagedGrant, .inherited, .pending, .inactive, .expiring, .expired,
      .reviewDue, .withoutSponsor, .withoutAccess, .externalMember, .directoryRole,
      .policyLoosened, .tied, .adoptedStays:
      false
    }
  }
}
