internal import Access

/// What each account of a tenant holds directly, and the objects by which it does.
struct HeldResources: Sendable {
  private let state: TenantState
  private var resources: [Resource] = []
  private var byAccount: [UserID: [Holding]] = [:]

  /// One resource that an account holds.
  private struct Holding {
    /// Position among the resources.
    var resource: Int
    /// Position among the assignments of an app; of no meaning for groups and packages.
    var assignment = 0
  }

  init(_ state: TenantState) {
    self.state = state
    byAccount.reserveCapacity(state.accounts.count)
    for app in state.apps.values {
      let numbers = app.valuesByRole.mapValues { number(of: .appRole(app.id, $0)) }
      for position in app.assignments.indices {
        // Two members are read, so that nothing else of the assignment is copied.
        guard case .user(let user) = app.assignments[position].principal,
          let number = numbers[app.assignments[position].role]
        else { continue }
        byAccount[user, default: []].append(Holding(resource: number, assignment: position))
      }
    }
    for group in state.groups.values {
      let number = number(of: .group(group.id))
      for user in group.members { byAccount[user, default: []].append(Holding(resource: number)) }
    }
    for package in state.packages.values {
      let number = number(of: .package(package.id))
      for user in package.assignments.keys {
        byAccount[user, default: []].append(Holding(resource: number))
      }
    }
  }

  private mutating func number(of resource: Resource) -> Int {
    resources.append(resource)
    return resources.count - 1
  }

  /// What an account holds; one resource several times where several objects give it.
  func of(_ account: UserID) -> [Resource] {
    byAccount[account]?.map { resources[$0.resource] } ?? []
  }

  /// The objects by which an account holds a resource, in order; none where it does not hold it, or
  /// our own write of the last minutes gave it and the tenant does not show it yet.
  func targets(of resource: Resource, heldBy account: UserID) -> [Action.RevocationTarget] {
    let holdings = byAccount[account]?.filter { resources[$0.resource] == resource } ?? []
    return holdings.compactMap { target($0, of: account) }.sorted { $0.text < $1.text }
  }

  private func target(_ holding: Holding, of account: UserID) -> Action.RevocationTarget? {
    switch resources[holding.resource] {
    case .appRole(let id, _):
      guard let app = state.apps[id] else { return nil }
      let assignment = app.assignments[holding.assignment].id
      return assignment.isEmpty ? nil : .assignment(app.servicePrincipal, id: assignment)
    case .group(let id): return .membership(id)
    case .package(let id):
      let assignment = state.packages[id]?.assignments[account]
      return assignment.flatMap { $0 == .notShownYet ? nil : .package($0) }
    }
  }
}

extension Action.RevocationTarget {
  /// The identifier of the object.
  var text: String {
    switch self {
    case .assignment(_, let id): id
    case .membership(let group): group.description
    case .package(let assignment): assignment.description
    }
  }
}
