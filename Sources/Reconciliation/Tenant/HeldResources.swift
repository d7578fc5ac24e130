internal import Access

/// One resource in one account's hands.
struct HeldResource: Hashable, Sendable {
  var resource: Resource
  /// The object by which it is held, that would be taken away.
  var target: Action.RevocationTarget
}

/// What each account of a tenant holds directly.
struct HeldResources: Sendable {
  let table: ResourceTable
  private var byAccount: [UserID: [HeldResource]] = [:]

  init(_ state: TenantState, catalog: Catalog) {
    table = ResourceTable(catalog: catalog, observed: state)
    byAccount.reserveCapacity(state.accounts.count)
    for app in state.apps.values {
      let roles = app.valuesByRole.mapValues { Resource.appRole(app.id, $0) }
      for assignment in app.assignments {
        guard let user = assignment.user, let resource = roles[assignment.role] else { continue }
        let target = Action.RevocationTarget.assignment(app.servicePrincipal, id: assignment.id)
        add(HeldResource(resource: resource, target: target), to: user)
      }
    }
    for group in state.groups.values {
      let membership = HeldResource(resource: .group(group.id), target: .membership(group.id))
      for user in group.members { add(membership, to: user) }
    }
    for package in state.packages.values {
      for (user, assignment) in package.assignments {
        add(HeldResource(resource: .package(package.id), target: .package(assignment)), to: user)
      }
    }
  }

  private mutating func add(_ item: HeldResource, to user: UserID) {
    byAccount[user, default: []].append(item)
  }

  func of(_ account: UserID) -> [HeldResource] { byAccount[account] ?? [] }
}

extension [HeldResource] {
  /// The objects by which a resource is held, in order; none where it is not held, or our own write of
  /// the last minutes gave it and the tenant does not show it yet.
  func targets(of resource: Resource) -> [Action.RevocationTarget] {
    var targets: [Action.RevocationTarget] = []
    for item in self where item.resource == resource {
      switch item.target {
      case .assignment(_, id: ""), .package(.notShownYet): continue
      default: targets.append(item.target)
      }
    }
    return targets.sorted { $0.text < $1.text }
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
