internal import Access

extension Guards {
  /// The guards that hold back a whole plan, declared blocks excepted by all but tenant, trust and ref.
  func wholeGuards(_ kinds: [GuardVerdict]) -> [GuardVerdict] {
    [tenant, trust, ref, clock, suspend, history, shrink(kinds)].compactMap { $0 }
  }

  private var everything: [Int] { Array(plan.actions.indices) }

  private var tenant: GuardVerdict? {
    let (declared, actual) = (input.desired.tenant.id, input.observed.tenant)
    guard declared != actual else { return nil }
    return release.refusal(
      .tenant,
      everything,
      count: plan.actions.count,
      "the declarations name the tenant \(declared), the credentials belong to \(actual)"
    )
  }

  private var trust: GuardVerdict? {
    input.circumstances.distrust.map {
      release.refusal(.trust, everything, count: plan.actions.count, $0)
    }
  }

  private var ref: GuardVerdict? {
    input.circumstances.otherRef.map {
      release.verdict(.ref, everything, count: plan.actions.count, $0)
    }
  }

  private var clock: GuardVerdict? {
    guard let service = input.observed.serviceTime else { return nil }
    let skew = max(service, input.now) - min(service, input.now)
    guard skew > .minutes(5) else { return nil }
    let words =
      "this machine's clock says \(input.now), the service's \(service); the limit is five minutes"
    return release.refusal(.clock, writes, count: writes.count, words)
  }

  private var suspend: GuardVerdict? {
    guard let suspension = input.desired.suspension, suspension.until > plan.moment else {
      return nil
    }
    let held = positions { $0.verb != .block }
    guard !held.isEmpty else { return nil }
    let words = "suspended until \(suspension.until): \(suspension.reason)"
    return release.refusal(.suspend, held, count: held.count, words)
  }

  private var history: GuardVerdict? {
    guard let last = input.journal?.applied.last, context.ownership.lastApplied == nil,
      !input.circumstances.hasAppliedAncestor
    else { return nil }
    let shallow = input.history.isShallow ? "; the clone is shallow: `git fetch --unshallow`" : ""
    let words = "the last applied commit \(last) is not an ancestor of this one\(shallow)"
    return release.verdict(.history, writes, count: writes.count, words)
  }

  /// Fewer than half of the guests that the last applied commit declared, where there were twenty.
  private func shrink(_ kinds: [GuardVerdict]) -> GuardVerdict? {
    let has = context.declared.count
    guard !writes.isEmpty, let had = context.lost.counts.had, had >= 20, has * 2 < had else {
      return nil
    }
    let words = "\(has) guests are declared where \(had) were: fewer than half"
    var verdict = release.verdict(.shrink, writes, count: had - has, words)
    if kinds.contains(where: { $0.name == .removals && $0.isAccepted }) {
      verdict.isAccepted = true
    }
    return verdict
  }
}
