internal import Access

/// Every resource that a plan speaks of, by a small number, with what it is in the tenant.
///
/// Half a million grants name a few hundred resources; comparing numbers is what makes it cheap.
struct ResourceTable: Sendable {
  private(set) var resources: [Resource] = []
  private var numbers: [Resource: Int] = [:]
  /// How each resource is given; `nil` where the tenant or the catalog does not know it.
  private var targets: [Action.GrantTarget?] = []
  /// The resource by whose membership another is given (`via`).
  private var routes: [Int: Int] = [:]
  /// Groups whose members have a role.
  private var givers: [Int: [Int]] = [:]
  /// What each access package gives.
  private var contents: [Int: Set<Int>] = [:]
  private let catalog: Catalog
  private let observed: TenantState
  private let policies: [AccessPackageID: AssignmentPolicyID]

  init(catalog: Catalog, observed: TenantState) {
    self.catalog = catalog
    self.observed = observed
    policies = Dictionary(
      catalog.packages.values.map { ($0.id, $0.policy) },
      uniquingKeysWith: { first, _ in first }
    )
    for app in catalog.apps.values {
      for (role, group) in app.via {
        routes[number(of: .appRole(app.id, role))] = number(of: .group(group))
      }
    }
    for app in observed.apps.values {
      let values = app.valuesByRole
      for case let assignment in app.assignments {
        guard case .group(let group) = assignment.principal, let value = values[assignment.role]
        else { continue }
        givers[number(of: .appRole(app.id, value)), default: []].append(number(of: .group(group)))
      }
    }
    for package in observed.packages.values {
      contents[number(of: .package(package.id))] = Set(package.resources.map { number(of: $0) })
    }
  }

  /// The number of a resource, which is given one if it has none.
  mutating func number(of resource: Resource) -> Int {
    if let number = numbers[resource] { return number }
    let number = resources.count
    resources.append(resource)
    targets.append(target(of: resource))
    numbers[resource] = number
    return number
  }

  /// The number of a resource that something has named already.
  func known(_ resource: Resource) -> Int? { numbers[resource] }

  /// What has to be held for a resource to be given: itself, or membership of its group.
  func physical(_ number: Int) -> Int { routes[number] ?? number }

  /// True where a role is given through membership of a group.
  func isRouted(_ number: Int) -> Bool { routes[number] != nil }

  /// The object to which a holder is added; `nil` where there is none.
  func target(_ number: Int) -> Action.GrantTarget? { targets[number] }

  /// Groups whose members have this role.
  func groups(giving number: Int) -> [Int] { givers[number] ?? [] }

  /// Resources that come with an access package.
  func contents(of number: Int) -> Set<Int> { contents[number] ?? [] }

  private func target(of resource: Resource) -> Action.GrantTarget? {
    switch resource {
    case .appRole(let id, let value):
      guard let app = observed.apps[id], let role = app.assignableRole(value) else { return nil }
      return .role(app.servicePrincipal, role)
    case .group(let id): return observed.groups[id].map { _ in .membership(id) }
    case .package(let id):
      guard observed.packages[id] != nil, let policy = policies[id] else { return nil }
      return .package(id, policy)
    }
  }
}
