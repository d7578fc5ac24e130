internal import Access

/// Judges a plan: each guard holds back its own kind of action, and the rest goes on (DESIGN section
/// 7).
struct Guards {
  let plan: Plan
  let context: PlanningContext
  let release: Release
  /// By position in the plan, the entry that an action asks about.
  private let asks: [EntryKey?]

  init(_ plan: Plan, _ asks: [EntryKey?], _ digests: PlanDigests, _ context: PlanningContext) {
    self.plan = plan
    self.asks = asks
    self.context = context
    release = Release(plan, digests, context.input, context.ownership)
  }

  var input: PlanningInput { context.input }
  private var limits: GuardLimits { context.policy.limits }

  /// The guards that were tripped, in the order of their names' declaration.
  var verdicts: [GuardVerdict] {
    let kinds = kindGuards
    let all = kinds + wholeGuards(kinds)
    return GuardVerdict.Guard.allCases.flatMap { name in all.filter { $0.name == name } }
  }

  /// Everything that is written but what an incident needs.
  var writes: [Int] { positions { !$0.isIncident } }

  func positions(_ matches: (Action) -> Bool) -> [Int] {
    plan.actions.indices.filter { matches(plan.actions[$0]) }
  }

  private var kindGuards: [GuardVerdict] {
    let protected = protectedPositions(limits.protected)
    // A delete was judged when its account was blocked.
    let removals = positions { $0.takes && $0.verb != .delete }.filter { !protected.contains($0) }
    return [
      removalsGuard(removals.filter { !plan.actions[$0].hadNotice }),
      limited(
        .expiries,
        removals.filter { plan.actions[$0].hadNotice },
        limit: Self.tightened(limits.expiredGuests, input.options.maxRemovals),
        "would lose what has ended"
      ),
      limited(
        .invitations,
        positions { $0.verb == .invite || $0.verb == .resend },
        limit: Self.tightened(limits.invitedGuests, input.options.maxInvitations),
        "would be mailed"
      ),
      grantsGuard,
      limited(
        .identityChanges,
        positions { $0.verb == .resetRedemption },
        limit: limits.identityChanges,
        "would change their address"
      ),
      loosened, ownership,
    ].compactMap { $0 } + protectedGuards(protected)
  }

  /// A flag can lower a limit and never raise it.
  private static func tightened(_ limit: Int, _ flag: Int?) -> Int { min(limit, flag ?? limit) }

  func guests(_ positions: some Sequence<Int>) -> Int {
    Set(positions.map { plan.actions[$0].guest }).count
  }

  /// `3 guests`.
  private func counted(_ positions: some Sequence<Int>) -> String {
    let count = guests(positions)
    return "\(count) \(count == 1 ? "guest" : "guests")"
  }

  private func limited(
    _ name: GuardVerdict.Guard,
    _ positions: [Int],
    limit: Int,
    _ what: String
  ) -> GuardVerdict? {
    let count = guests(positions)
    guard count > limit else { return nil }
    let words = "\(counted(positions)) \(what); the limit is \(limit)"
    return release.verdict(name, positions, count: count, words)
  }

  private var grantsGuard: GuardVerdict? {
    let grants = positions { $0.verb == .grant }
    guard grants.count > limits.grants else { return nil }
    let words = "\(grants.count) grants would be given; the limit is \(limits.grants)"
    return release.verdict(.grants, grants, count: grants.count, words)
  }

  private func removalsGuard(_ positions: [Int]) -> GuardVerdict? {
    let count = guests(positions)
    guard count > 0 else { return nil }
    let limit = Self.tightened(limits.removedGuests, input.options.maxRemovals)
    let owned = ownedGuests(losing: Set(positions.map { plan.actions[$0].guest }))
    // The declarations may say anything.
    let percent = min(max(0, limits.removedPercent), 100)
    var numbers: [String] = []
    if count > limit {
      numbers.append("\(counted(positions)) would lose access; the limit is \(limit)")
    }
    if owned >= limits.removedFloor, count * 100 > percent * owned {
      numbers.append(
        "\(count) of \(owned) managed guests would lose access; the limit is \(percent) percent"
      )
    }
    guard !numbers.isEmpty else { return nil }
    return release.verdict(.removals, positions, count: count, numbers.joined(separator: "; "))
  }

  /// Owned guests that are declared or are losing something in this plan.
  private func ownedGuests(losing: Set<EmailAddress>) -> Int {
    context.lost.counts.owned + context.lost.guests.intersection(losing).count
  }

  // MARK: Protected guests

  /// Actions that would take something from a protected address, whichever address they name.
  private func protectedPositions(_ protected: Set<EmailAddress>) -> Set<Int> {
    guard !protected.isEmpty else { return [] }
    return Set(
      plan.actions.indices.filter { position in
        let action = plan.actions[position]
        guard action.takes || action.isIncident else { return false }
        if protected.contains(action.guest) { return true }
        guard let account = action.account.flatMap(context.index.account) else { return false }
        return !protected.isDisjoint(with: account.addresses)
      }
    )
  }

  /// What the commit protects cannot be released; what only the baseline does, can.
  private func protectedGuards(_ positions: Set<Int>) -> [GuardVerdict] {
    guard !positions.isEmpty else { return [] }
    let now = protectedPositions(context.policy.protectedNow)
    let before = positions.subtracting(now)
    var verdicts: [GuardVerdict] = []
    if !now.isEmpty {
      verdicts.append(
        release.refusal(
          .protected,
          now.sorted(),
          count: guests(now),
          "\(counted(now)) of `guards.protected` would lose access"
        )
      )
    }
    if !before.isEmpty {
      let words = "\(counted(before)) protected at the baseline would lose access"
      verdicts.append(
        release.verdict(.protected, before.sorted(), count: guests(before), words)
      )
    }
    return verdicts
  }

  // MARK: What only somebody can know

  /// What is given to entries that only a loosened rule lets pass.
  private var loosened: GuardVerdict? {
    guard limits.loosened == .hold, !input.loosened.isEmpty else { return nil }
    let held = positions { action in
      switch action.verb {
      case .grant:
        let grant = action.resource.map { GrantKey(guest: action.guest, resource: $0) }
        return input.loosened.contains(.guest(action.guest))
          || grant.map { input.loosened.contains(.grant($0)) } ?? false
      case .invite, .resend, .unblock, .restore, .addSponsor, .resetRedemption:
        return input.loosened.contains(.guest(action.guest))
      case .block, .revoke, .delete, .removeSponsor: return false
      }
    }
    guard !held.isEmpty else { return nil }
    let words = "only a rule that was loosened lets \(counted(held)) have these"
    return release.verdict(.loosened, held, count: guests(held), words)
  }

  /// What treats entries as ours although no journal can tell whether they are.
  ///
  /// A plan without a journal is only for looking, and treats them as ours.
  private var ownership: GuardVerdict? {
    guard input.journal != nil else { return nil }
    let held = plan.actions.indices.filter { asks[$0] != nil }
    guard !held.isEmpty else { return nil }
    let words = "no journal can tell whether a run gave this, or took it: \(counted(held))"
    var verdict = release.verdict(.ownership, held, count: guests(held), words)
    verdict.entries = Set(held.compactMap { asks[$0] }).sorted()
    if let digest = verdict.digest {
      verdict.isDeclined =
        !verdict.isAccepted
        && input.options.declined.contains { $0.name == .ownership && $0.means(digest) }
    }
    return verdict
  }
}
