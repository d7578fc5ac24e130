internal import Access

/// Judges a plan: each guard holds back its own kind of action, and the rest goes on
/// (DESIGN section 7).
struct Guards {
  let plan: Plan
  let input: PlanningInput
  let ownership: Ownership
  let census: Census?
  /// How many owned guests are declared, or withheld.
  let standing: Int
  let release: Release

  init(_ plan: Plan, _ digests: PlanDigests, _ drafting: Drafting) {
    census = drafting.census
    standing = drafting.ownedGuests
    self.plan = plan
    input = drafting.input
    ownership = drafting.ownership
    release = Release(plan, digests, input, ownership)
  }

  /// The guards that were tripped, in the order of their names' declaration.
  var verdicts: [GuardVerdict] {
    let all = kindGuards + wholeGuards
    return GuardVerdict.Guard.allCases.flatMap { name in all.filter { $0.name == name } }
  }

  private var limits: GuardLimits { input.desired.limits }

  /// Everything that is written but what an incident needs.
  var writes: [Int] { plan.actions.indices.filter { !plan.actions[$0].isIncident } }

  private var kindGuards: [GuardVerdict] {
    let protected = protectedPositions
    let removals = plan.actions.indices.filter {
      plan.actions[$0].takes && !protected.contains($0)
    }
    return [
      removalsGuard(removals.filter { !plan.actions[$0].isSettled }),
      limited(
        .expiries,
        removals.filter { plan.actions[$0].isSettled },
        limit: Self.tightened(limits.expiredGuests, input.options.maxRemovals),
        "guests would lose what has ended"
      ),
      limited(
        .invitations,
        positions { $0 == .invite || $0 == .resend },
        limit: Self.tightened(limits.invitedGuests, input.options.maxInvitations),
        "guests would be mailed"
      ),
      grantsGuard,
      limited(
        .identityChanges,
        positions { $0 == .resetRedemption },
        limit: limits.identityChanges,
        "guests would change their identity"
      ),
      protectedGuard(protected),
    ].compactMap { $0 }
  }

  private func positions(_ matches: (Action.Verb) -> Bool) -> [Int] {
    plan.actions.indices.filter { matches(plan.actions[$0].verb) }
  }

  /// A flag can lower a limit and never raise it.
  private static func tightened(_ limit: Int, _ flag: Int?) -> Int { min(limit, flag ?? limit) }

  private func guests(_ positions: [Int]) -> Int {
    Set(positions.lazy.map { plan.actions[$0].guest }).count
  }

  private func limited(
    _ name: GuardVerdict.Guard,
    _ positions: [Int],
    limit: Int,
    _ what: String
  ) -> GuardVerdict? {
    let count = guests(positions)
    guard count > limit else { return nil }
    return release.verdict(name, positions, count: count, "\(count) \(what); the limit is \(limit)")
  }

  private var grantsGuard: GuardVerdict? {
    let grants = positions { $0 == .grant }
    guard grants.count > limits.grants else { return nil }
    return release.verdict(
      .grants,
      grants,
      count: grants.count,
      "\(grants.count) grants would be given; the limit is \(limits.grants)"
    )
  }

  private func removalsGuard(_ positions: [Int]) -> GuardVerdict? {
    let count = guests(positions)
    guard count > 0 else { return nil }
    let limit = Self.tightened(limits.removedGuests, input.options.maxRemovals)
    let owned = ownedGuests(losing: Set(positions.lazy.map { plan.actions[$0].guest }))
    // A percentage is what the declarations say, and they may say anything.
    let percent = min(max(0, limits.removedPercent), 100)
    var numbers: [String] = []
    if count > limit {
      numbers.append("\(count) guests would lose something; the limit is \(limit)")
    }
    if owned >= limits.removedFloor, count * 100 > percent * owned {
      numbers.append(
        "\(count) of \(owned) owned guests would lose something; the limit is \(percent) percent"
      )
    }
    guard !numbers.isEmpty else { return nil }
    return release.verdict(.removals, positions, count: count, numbers.joined(separator: "; "))
  }

  /// Owned guests that stand or are losing something in this plan.
  private func ownedGuests(losing: Set<EmailAddress>) -> Int {
    let gone = losing.filter { address in
      let key = EntryKey.guest(address)
      guard let intervals = input.history.intervals[key], intervals.last?.closed != nil else {
        return false
      }
      return ownership.owns(key, intervals)
    }
    return standing + gone.count
  }

  /// Actions that would take something from a protected address, whichever address they name.
  private var protectedPositions: Set<Int> {
    guard !limits.protected.isEmpty else { return [] }
    return Set(
      plan.actions.indices.filter { position in
        let action = plan.actions[position]
        guard action.takes else { return false }
        if limits.protected.contains(action.guest) { return true }
        guard let id = action.account, let account = input.observed.accounts[id] else {
          return false
        }
        return !limits.protected.isDisjoint(with: account.addresses)
      }
    )
  }

  private func protectedGuard(_ positions: Set<Int>) -> GuardVerdict? {
    guard !positions.isEmpty else { return nil }
    let count = guests(positions.sorted())
    return release.verdict(
      .protected,
      positions.sorted(),
      count: count,
      "\(count) protected guests would lose something"
    )
  }
}
