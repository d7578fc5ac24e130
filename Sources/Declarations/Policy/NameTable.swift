internal import Access

/// The names of the catalog, looked up in both directions.
struct NameTable: Sendable {
  let catalog: Catalog
  private let appNames: [AppID: String]
  private let groupNames: [GroupID: String]
  private let packageNames: [AccessPackageID: String]

  init(_ catalog: Catalog) {
    self.catalog = catalog
    appNames = Dictionary(catalog.apps.map { ($0.value.id, $0.key) }, uniquingKeysWith: min)
    groupNames = Dictionary(catalog.groups.map { ($0.value.id, $0.key) }, uniquingKeysWith: min)
    packageNames = Dictionary(
      catalog.packages.map { ($0.value.id, $0.key) },
      uniquingKeysWith: min
    )
  }

  func resource(_ target: GrantReference.Target) -> Resource? {
    switch target {
    case .role(let app, let role):
      catalog.apps[app].map { .appRole($0.id, RoleValue(role)) }
    case .group(let name): catalog.groups[name].map { .group($0.id) }
    case .package(let name): catalog.packages[name].map { .package($0.id) }
    }
  }

  /// What the catalog calls a resource; `nil` where it does not know it.
  func name(of resource: Resource) -> String? {
    switch resource {
    case .appRole(let app, let role): appNames[app].map { "\($0):\(role)" }
    case .group(let group): groupNames[group]
    case .package(let package): packageNames[package]
    }
  }

  /// What is wrong with a target that is not in the catalog, and what was probably meant.
  func explain(_ target: GrantReference.Target) -> (message: String, suggestion: String?) {
    switch target {
    case .role(let app, _):
      ("`\(app)` is no app of the catalog", Suggestion.sentence(for: app, among: catalog.apps.keys))
    case .group(let name):
      (
        "`\(name)` is no group of the catalog",
        Suggestion.sentence(for: name, among: catalog.groups.keys)
      )
    case .package(let name):
      (
        "`\(name)` is no access package of the catalog",
        Suggestion.sentence(for: name, among: catalog.packages.keys)
      )
    }
  }
}
