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
    var pairs: [(account: Int32, held: Held)] = []
    pairs.reserveCapacity(observed.apps.values.reduce(0) { $0 + $1.assignments.count })
    for app in observed.apps.values {
      var numbers: [AppRoleID: Int32] = [:]
      for (role, value) in app.valuesByRole {
        numbers[role] = Int32(truncatingIfNeeded: table.number(of: .appRole(app.id, value)))
      }
      // By position, so that no assignment is copied with its text.
      let assignments = app.assignments
      for (position, account) in Self.holders(of: assignments, index).enumerated() {
        guard account >= 0, let number = numbers[assignments[position].role] else { continue }
        pairs.append(
          (account, Held(resource: number, item: Int32(truncatingIfNeeded: position)))
        )
      }
    }
    for group in observed.groups.values {
      let number = Int32(truncatingIfNeeded: table.number(of: .group(group.id)))
      for case let account? in group.members.lazy.map({ index.positionEvenDeleted(of: $0) }) {
        pairs.append((Int32(truncatingIfNeeded: account), Held(resource: number, item: -1)))
      }
    }
    for package in observed.packages.values {
      let number = Int32(truncatingIfNeeded: table.number(of: .package(package.id)))
      for case let account? in package.assignments.keys.lazy.map({
        index.positionEvenDeleted(of: $0)
      }) {
        pairs.append((Int32(truncatingIfNeeded: account), Held(resource: number, item: -1)))
      }
    }
    (starts, entries) = Self.sorted(pairs, accounts: index.accounts.count)
    self.observed = observed
  }

  /// The position of the account that each assignment was made to; negative where it is none.
  ///
  /// Nothing else is done on the way, so that memory answers many of the questions at once.
  private static func holders(
    of assignments: [ObservedApp.RoleAssignment],
    _ index: AccountIndex
  ) -> [Int32] {
    assignments.indices.map { position in
      guard case .user(let user) = assignments[position].principal else { return -1 }
      return index.positionEvenDeleted(of: user).map { Int32(truncatingIfNeeded: $0) } ?? -1
    }
  }

  /// A counting sort by account.
  private static func sorted(
    _ pairs: [(account: Int32, held: Held)],
    accounts: Int
  ) -> ([Int32], [Held]) {
    var starts = [Int32](repeating: 0, count: accounts + 1)
    for pair in pairs { starts[Int(pair.account) + 1] += 1 }
    for account in 0..<accounts { starts[account + 1] += starts[account] }
    var next = starts
    var entries = [Held](repeating: Held(resource: 0, item: -1), count: pairs.count)
    for pair in pairs {
      entries[Int(next[Int(pair.account)])] = pair.held
      next[Int(pair.account)] += 1
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
