internal import Access

/// What each account holds directly, as numbers of the resource table.
///
/// One flat array with a range for each account: half a million small arrays would cost more than
/// everything else that a plan does.
struct Holdings: Sendable {
  private var starts: [Int32]
  private var entries: [Held]
  private let observed: TenantState

  /// One resource in one account's hands.
  struct Held: Sendable {
    var resource: Int32
    /// Position of an app's assignment; unused for groups and packages.
    var item: Int32
  }

  init(_ index: AccountIndex, observed: TenantState, table: inout ResourceTable) {
    self.observed = observed
    var piles = observed.apps.values.map { Pile($0, index, &table) }
    for group in observed.groups.values {
      piles.append(Pile(.group(group.id), Array(group.members), index, &table))
    }
    for package in observed.packages.values {
      piles.append(Pile(.package(package.id), Array(package.assignments.keys), index, &table))
    }
    (starts, entries) = Self.sorted(piles, accounts: index.traits.count)
  }

  /// Who holds one app, group or package.
  private struct Pile {
    /// Positions of accounts; negative where nobody observed them.
    var holders: [Int32]
    /// What each holder holds.
    var resources: [Int32]
    /// True where the holders are in the order of an app's assignments.
    var isOfApp: Bool

    init(_ app: ObservedApp, _ index: AccountIndex, _ table: inout ResourceTable) {
      let numbers = app.valuesByRole.mapValues { value in
        Int32(truncatingIfNeeded: table.number(of: .appRole(app.id, value)))
      }
      let assignments = app.assignments
      (holders, resources) = ([], [])
      holders.reserveCapacity(assignments.count)
      resources.reserveCapacity(assignments.count)
      // In parts, so that the second question finds each in the cache.
      for start in stride(from: 0, to: assignments.count, by: 1024) {
        let part = start..<min(start + 1024, assignments.count)
        holders += index.holders(of: assignments[part])
        // By position, so that no assignment is copied with its text.
        for item in part {
          let number = numbers[assignments[item].role]
          resources.append(number ?? -1)
          if number == nil { holders[item] = -1 }
        }
      }
      isOfApp = true
    }

    init(
      _ resource: Resource,
      _ users: [UserID],
      _ index: AccountIndex,
      _ table: inout ResourceTable
    ) {
      holders = index.positionsEvenDeleted(of: users)
      let number = Int32(truncatingIfNeeded: table.number(of: resource))
      resources = [Int32](repeating: number, count: users.count)
      isOfApp = false
    }
  }

  /// A counting sort by account.
  ///
  /// Nothing else is done on the way, so that memory can be at many accounts at once.
  private static func sorted(_ piles: [Pile], accounts: Int) -> ([Int32], [Held]) {
    var starts = [Int32](repeating: 0, count: accounts + 1)
    for pile in piles {
      for holder in pile.holders where holder >= 0 { starts[Int(holder) + 1] += 1 }
    }
    for account in 0..<accounts { starts[account + 1] += starts[account] }
    var next = starts
    let nothing = Held(resource: 0, item: -1)
    var entries = [Held](repeating: nothing, count: Int(starts[accounts]))
    for pile in piles {
      for item in pile.holders.indices where pile.holders[item] >= 0 {
        let holder = Int(pile.holders[item])
        entries[Int(next[holder])] = Held(
          resource: pile.resources[item],
          item: pile.isOfApp ? Int32(truncatingIfNeeded: item) : -1
        )
        next[holder] += 1
      }
    }
    return (starts, entries)
  }

  /// What an account holds.
  func of(_ account: Int) -> ArraySlice<Held> {
    entries[Int(starts[account])..<Int(starts[account + 1])]
  }

  /// True if an account holds a resource directly.
  func holds(_ account: Int, _ number: Int) -> Bool {
    of(account).contains { Int($0.resource) == number }
  }

  /// The objects by which an account holds a resource, ordered; empty where it does not.
  func targets(
    _ account: UserID,
    at position: Int,
    _ resource: Resource,
    _ number: Int
  )
    -> [Action.RevocationTarget]
  {
    let held = of(position).filter { Int($0.resource) == number }
    guard !held.isEmpty else { return [] }
    switch resource {
    case .appRole(let id, _):
      guard let app = observed.apps[id] else { return [] }
      return held.map { app.assignments[Int($0.item)].id }.sorted()
        .map { .assignment(app.servicePrincipal, id: $0) }
    case .group(let id): return [.membership(id)]
    case .package(let id):
      return observed.packages[id]?.assignments[account].map { [.package($0)] } ?? []
    }
  }
}
