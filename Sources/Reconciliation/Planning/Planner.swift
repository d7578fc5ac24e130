package import Access

/// Compares a commit with a tenant: the one function of DESIGN section 1.
package enum Planner {
  /// What would make the tenant equal to the commit, judged by every guard.
  ///
  /// A finding of severity `error` is a fault of the catalog that stops all writes: the plan then
  /// holds no action.
  package static func plan(_ input: PlanningInput) -> Checked<Plan> {
    let faults = CatalogCheck(input).findings
    guard !faults.contains(where: { $0.severity == .error }) else {
      return Checked(Assembly(Drafting(input)).plan, findings: faults)
    }
    var drafting = Drafting(input)
    drafting.collectLosses()
    drafting.decideDeclared()
    drafting.decideUndeclared()
    drafting.decideOrdered()
    drafting.decideUnmanaged()
    var plan = Assembly(drafting).plan
    let digests = PlanDigests(plan)
    plan.guards = Guards(plan, digests, drafting).verdicts
    plan.digest = digests.whole
    return Checked(plan, findings: faults)
  }

  /// The commit whose declarations tell whether the dates that a plan acts on are old enough to be
  /// counted by `expiries`; `nil` where no action asks, or no such commit is known.
  ///
  /// What it declares goes into `PlanningInput.earlier`, and the plan is made again.
  package static func commitToCompare(_ plan: Plan, _ input: PlanningInput) -> CommitID? {
    let asks = plan.actions.contains { action in
      switch action.reason {
      case .expired, .graceOver: true
      default: false
      }
    }
    guard asks, input.earlier == nil else { return nil }
    let clock = ChainClock(
      chain: input.history.chain,
      firstSeen: input.journal?.firstSeen ?? [:],
      now: input.now
    )
    // What a commit says of its own date is no proof that it was there to be seen.
    return clock.lastStep(by: input.now - .days(7), trustingDates: input.journal == nil)
      .map { input.history.chain[$0].commit }
  }
}
