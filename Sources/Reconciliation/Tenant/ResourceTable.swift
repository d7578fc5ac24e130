internal import Access

/// The resources of the catalog and the tenant: how each is given, and what gives what.
struct ResourceTable: Sendable {
  /// The group by whose membership a role is given (`via`).
  private var routes: [Resource: Resource] = [:]
  /// Groups whose members have a role.
  private var givers: [Resource: [Resource]] = [:]
  private let observed: TenantState
  private let policies: [AccessPackageID: AssignmentPolicyID]

  init(catalog: Catalog, observed: TenantState) {
    self.observed = observed
    policies = Dictionary(
      catalog.packages.values.map { ($0.id, $0.policy) },
      uniquingKeysWith: { first, _ in first }
    )
    for app in catalog.apps.values {
      for (role, group) in app.via { routes[.appRole(app.id, role)] = .group(group) }
    }
    for app in observed.apps.values {
      let values = app.valuesByRole
      for assignment in app.assignments {
        guard case .group(let group) = assignment.principal, let value = values[assignment.role]
        else { continue }
        givers[.appRole(app.id, value), default: []].append(.group(group))
      }
    }
  }

  /// What has to be held for a resource to be given: itself, or membership of its group.
  func physical(_ resource: Resource) -> Resource {
    routes.isEmpty ? resource : routes[resource] ?? resource
  }

  /// Groups whose members have a role; none for a role that is given through one anyway.
  func groups(giving resource: Resource) -> [Resource] {
    routes[resource] == nil ? givers[resource] ?? [] : []
  }

  /// What comes with an access package.
  func contents(of resource: Resource) -> Set<Resource> {
    guard case .package(let id) = resource else { return [] }
    return observed.packages[id]?.resources ?? []
  }

  /// Whether a resource can be given now.
  func availability(of resource: Resource) -> Availability {
    if case .appRole(let id, let value) = resource {
      guard let app = observed.apps[id] else { return .missing("the tenant has no app `\(id)`") }
      guard app.assignableRole(value) != nil else {
        return .unwritable("the app has no role `\(value)` for users")
      }
    }
    switch physical(resource) {
    case .appRole(let id, let value):
      guard let app = observed.apps[id], let role = app.assignableRole(value) else {
        return .missing("the tenant has no app `\(id)`")
      }
      return .given(.role(app.servicePrincipal, role))
    case .group(let id):
      guard let group = observed.groups[id] else {
        return .missing("the tenant has no group `\(id)`")
      }
      return group.obstacle.map { .unwritable($0.words) } ?? .given(.membership(id))
    case .package(let id):
      guard observed.packages[id] != nil, let policy = policies[id] else {
        return .missing("the tenant has no access package `\(id)`")
      }
      return .given(.package(id, policy))
    }
  }

  /// Why a resource cannot be taken; `nil` where it can.
  func obstacle(to resource: Resource) -> String? {
    guard case .group(let id) = resource else { return nil }
    return observed.groups[id]?.obstacle?.words
  }

  enum Availability: Hashable, Sendable {
    case given(Action.GrantTarget)
    /// The tenant does not have what an identifier names.
    case missing(String)
    /// It is there, but cannot be given, for a reason in words.
    case unwritable(String)
  }
}

extension ObservedGroup.Obstacle {
  /// Why Graph cannot change the members, in words.
  var words: String {
    switch self {
    case .dynamicMembership: "its membership is dynamic; Graph cannot change its members"
    case .synchronisedFromPremises: "it is synchronised from on premises; Graph cannot change it"
    case .mailEnabled: "it is mail-enabled; Graph cannot change its members"
    case .roleAssignable: "it can be assigned to directory roles; its members are not changed here"
    }
  }
}
