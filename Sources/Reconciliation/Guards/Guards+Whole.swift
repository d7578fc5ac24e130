internal import Access

extension Guards {
  /// The guards that hold back a whole plan, blocks for an incident excepted.
  var wholeGuards: [GuardVerdict] {
    [tenant, trust, ref, clock, suspend, history, shrink, baseline].compactMap { $0 }
  }

  private var tenant: GuardVerdict? {
    let (declared, actual) = (input.desired.tenant.id, input.observed.tenant)
    guard declared != actual else { return nil }
    return release.verdict(
      .tenant,
      // In another tenant not even a block is ours.
      Array(plan.actions.indices),
      count: plan.actions.count,
      "the declarations name the tenant \(declared), the credentials belong to \(actual)"
    )
  }

  private var trust: GuardVerdict? {
    input.circumstances.distrust.flatMap {
      release.verdict(.trust, writes, count: writes.count, $0)
    }
  }

  private var ref: GuardVerdict? {
    input.circumstances.otherRef.flatMap { release.verdict(.ref, writes, count: writes.count, $0) }
  }

  private var clock: GuardVerdict? {
    guard let service = input.observed.serviceTime else { return nil }
    let skew = max(service, input.now) - min(service, input.now)
    guard skew > .minutes(5) else { return nil }
    return release.verdict(
      .clock,
      writes,
      count: writes.count,
      "this clock says \(input.now), the service \(service); five minutes are allowed"
    )
  }

  private var suspend: GuardVerdict? {
    guard let suspension = input.desired.suspension, suspension.until > plan.moment else {
      return nil
    }
    let held = plan.actions.indices.filter { plan.actions[$0].verb != .block }
    guard !held.isEmpty else { return nil }
    return release.verdict(
      .suspend,
      held,
      count: held.count,
      "suspended until \(suspension.until): \(suspension.reason)"
    )
  }

  private var history: GuardVerdict? {
    guard let last = input.journal?.applied.last, ownership.clock.step(of: last) == nil else {
      return nil
    }
    let shallow = input.history.isShallow ? "; the clone is shallow: `git fetch --unshallow`" : ""
    return release.verdict(
      .history,
      writes,
      count: writes.count,
      "the last applied commit \(last) is not on the first-parent chain of the ref\(shallow)"
    )
  }

  private var shrink: GuardVerdict? {
    guard !writes.isEmpty, let census, let had = census.had, census.has * 2 < had else {
      return nil
    }
    return release.verdict(
      .shrink,
      writes,
      count: had - census.has,
      "\(census.has) entries are declared where \(had) were; fewer than half"
    )
  }

  private var baseline: GuardVerdict? {
    guard ownership.memory == .lost else { return nil }
    let held = plan.actions.indices.filter { position in
      let action = plan.actions[position]
      switch action.verb {
      case .delete, .resend: return true
      // A change of identity mails an invitation too.
      case .invite, .resetRedemption:
        let introduced = ownership.introduced(.guest(action.guest))
        return introduced.map { $0 + .days(30) < plan.moment } ?? true
      default: return false
      }
    }
    guard !held.isEmpty else { return nil }
    return release.verdict(
      .baseline,
      held,
      count: held.count,
      "earlier runs left signs and no journal: \(held.count) deletes, resends and late invitations wait"
    )
  }
}
