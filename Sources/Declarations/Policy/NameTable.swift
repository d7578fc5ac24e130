internal import Access

/// The catalog, looked up by name and by identifier.
struct NameTable: Sendable {
  let catalog: Catalog
  private let apps: Set<AppID>
  private let groups: Set<GroupID>
  private let packages: Set<AccessPackageID>

  /// The roles of the apps that list them.
  private let roles: [AppID: Set<RoleValue>]

  init(_ catalog: Catalog, roles: [AppID: Set<RoleValue>] = [:]) {
    self.catalog = catalog
    self.roles = roles
    apps = Set(catalog.apps.values.lazy.map(\.id))
    groups = Set(catalog.groups.values.lazy.map(\.id))
    packages = Set(catalog.packages.values.lazy.map(\.id))
  }

  func resource(_ target: NamedResource) -> Resource? {
    switch target {
    case .role(let app, let role):
      catalog.apps[app].map { .appRole($0.id, RoleValue(role)) }
    case .group(let name), .groupOrPackage(let name): catalog.groups[name].map { .group($0.id) }
    case .package(let name): catalog.packages[name].map { .package($0.id) }
    case .bundle: nil
    }
  }

  /// Tells whether the catalog has a resource, under whatever name.
  func knows(_ resource: Resource) -> Bool {
    switch resource {
    case .appRole(let app, _): apps.contains(app)
    case .group(let group): groups.contains(group)
    case .package(let package): packages.contains(package)
    }
  }

  /// What is wrong with a role that its app does not list; `nil` for any other target.
  func unknownRole(_ target: NamedResource) -> (message: String, hint: String?)? {
    guard case .role(let name, let role) = target, role != "*", let app = catalog.apps[name],
      let known = roles[app.id], !known.contains(RoleValue(role))
    else { return nil }
    let list = known.map(\.text).sorted()
    let shown = list.prefix(10).map { "`\($0)`" }.joined(separator: ", ")
    return (
      "app `\(name)` has no role `\(role)` (it has \(shown)\(list.count > 10 ? ", …" : ""))",
      Suggestion.nearest(to: role, among: list).map { "did you mean `\(name):\($0)`?" }
    )
  }

  /// What is wrong with a target that is not in the catalog, and what was probably meant.
  func explain(
    _ target: NamedResource,
    suggests: Bool
  ) -> (message: String, hint: String?) {
    func nearest(_ name: String, _ names: some Sequence<String>) -> String? {
      suggests ? Suggestion.sentence(for: name, among: names) : nil
    }
    switch target {
    case .role(let app, _):
      return ("app `\(app)` is not in the catalog", nearest(app, catalog.apps.keys))
    case .group(let name), .groupOrPackage(let name):
      return ("group `\(name)` is not in the catalog", nearest(name, catalog.groups.keys))
    case .package(let name):
      return ("package `\(name)` is not in the catalog", nearest(name, catalog.packages.keys))
    case .bundle(let name): return ("unknown bundle `\(name)`", nil)
    }
  }
}
