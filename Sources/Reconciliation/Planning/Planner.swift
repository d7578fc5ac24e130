package import Access

/// Compares a commit with a tenant: the one function of DESIGN section 1.
package enum Planner {
  /// What would make the tenant equal to the commit, judged by every guard.
  ///
  /// The findings are faults of the catalog, which stop only what they concern. A history that ends
  /// at another commit leads to a plan without actions.
  package static func plan(_ input: PlanningInput) -> Checked<Plan> {
    let faults = CatalogCheck(input).findings
    let context = PlanningContext(input)
    var builder = PlanBuilder(input)
    let isOfCommit = input.history.chain.last.map { $0.commit == input.commit } ?? true
    if isOfCommit { decide(context, &builder) }
    var (plan, asks) = builder.finish(context.index)
    let digests = PlanDigests(plan)
    plan.guards = Guards(plan, asks, digests, context).verdicts
    plan.digest = digests.whole
    if !isOfCommit { plan.isPartial = true }
    return Checked(plan, findings: faults)
  }

  private static func decide(_ context: PlanningContext, _ builder: inout PlanBuilder) {
    let matching = GuestMatching(context)
    for finding in matching.findings { builder.add(finding) }
    for matched in matching.guests { builder.add(context.decide(matched)) }
    var claimed = matching.claimed
    for decision in context.decideUndeclared(&claimed) { builder.add(decision) }
    for decision in context.decideOrdered(&claimed) { builder.add(decision) }
    for decision in context.decideUnmanaged(claimed) { builder.add(decision) }
    for finding in loosened(context.input) { builder.add(finding) }
  }

  /// The entries that only a loosened rule lets pass.
  private static func loosened(_ input: PlanningInput) -> [PlanFinding] {
    input.loosened.map { key in
      var resource: Resource?
      if case .grant(let grant) = key { resource = grant.resource }
      let words = "changed since the baseline; only a rule that was loosened lets it pass"
      return PlanFinding(.policyLoosened, guest: key.guest, resource: resource, detail: words)
    }
  }

  /// The commit whose declarations tell whether the dates that a plan acts on are old enough to be
  /// counted by `expiries`; `nil` where no action asks, or no such commit is known.
  ///
  /// What it declares goes into `PlanningInput.earlier`, and the plan is made again.
  package static func commitToCompare(_ plan: Plan, _ input: PlanningInput) -> CommitID? {
    let asks = plan.actions.contains { if case .expired = $0.reason { true } else { false } }
    guard asks, input.earlier == nil else { return nil }
    // What a commit says of its own date does not prove that it was there to be seen.
    return clock(input).lastStep(by: input.now - .days(7), trustingDates: input.journal == nil)
      .map { input.history.chain[$0].commit }
  }

  /// The applied commits at which entries that have a fault now were last carried out, where those
  /// are older than the last applied one.
  ///
  /// What they declare goes into `PlanningInput.past` before the plan is made.
  package static func commitsOfFaults(_ input: PlanningInput) -> Set<CommitID> {
    let desired = input.desired
    var keys = desired.withheld.map { EntryKey.guest($0.address) }
    var unresolved: Set<EmailAddress> = []
    for guest in desired.guests {
      for skipped in guest.skippedGrants {
        if let resource = skipped.resource {
          keys.append(.grant(GrantKey(guest: guest.address, resource: resource)))
        } else {
          unresolved.insert(guest.address)
        }
      }
    }
    guard !keys.isEmpty || !unresolved.isEmpty else { return [] }
    let ownership = Ownership(history: input.history, journal: input.journal, now: input.now)
    var commits = Set(keys.compactMap(ownership.lastCarriedOut))
    // A name that resolves to nothing may be that of any grant which ended with it.
    for grant in input.history.intervals.ended where unresolved.contains(grant.guest) {
      let commit = ownership.removalStep(of: .grant(grant)).flatMap(ownership.lastApplied(before:))
      if let commit { commits.insert(commit) }
    }
    return commits.subtracting(input.past.keys).subtracting(input.journal?.applied.suffix(1) ?? [])
  }

  /// The commits that were applied when we blocked the accounts that a plan deletes, now or later.
  ///
  /// Their lifecycles go into `PlanningInput.lifecycles`, and the plan is made again: a removal
  /// keeps the `deleteAfter` that held when the account was blocked, if that was longer.
  package static func commitsOfBlocks(_ plan: Plan, _ input: PlanningInput) -> Set<CommitID> {
    let deletes = plan.actions.filter { $0.verb == .delete }.compactMap(\.account)
    let later = plan.upcoming.filter { $0.kind == .delete }.compactMap(\.account)
    let clock = clock(input)
    let steps = (deletes + later).compactMap { input.journal?.blocks[$0] }
      .compactMap { clock.lastStep(by: $0, trustingDates: false) }
    return Set(steps.map { input.history.chain[$0].commit })
      .subtracting([input.commit]).subtracting(input.lifecycles.keys)
  }

  private static func clock(_ input: PlanningInput) -> ChainClock {
    ChainClock(
      chain: input.history.chain,
      firstSeen: input.journal?.firstSeen ?? [:],
      now: input.now
    )
  }
}
