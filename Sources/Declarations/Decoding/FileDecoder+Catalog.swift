internal import Access
internal import YAML

extension FileDecoder {
  mutating func app(_ name: Node, _ node: Node) {
    let alias = alias(name, "apps")
    guard let fields = fields(of: node, AppKey.self) else { return }
    var id: AppID?
    var app = AppDeclaration(
      app: Catalog.App(id: AppID(GUID(high: 0, low: 0)), place: place(name))
    )
    for (key, value) in fields {
      switch key {
      case .appId: id = identifier(value, "appId", AppID.self)
      case .name: app.app.name = text(value, "name")
      case .exclusive: app.app.exclusiveFrom = exclusive(value)
      case .via: app.via = via(value)
      }
    }
    guard let alias, let id else { return }
    app.app.id = id
    declared.apps.append(
      Marked(value: FileDeclarations.Named(name: alias, value: app), mark: mark(name))
    )
  }

  private mutating func exclusive(_ node: Node) -> Moment? {
    guard let field = fields(of: node, ExclusiveKey.self)?.first else { return nil }
    return beginning(field.value, "from")
  }

  private mutating func via(_ node: Node) -> [(role: RoleValue, group: Marked<String>)] {
    var roles: [(role: RoleValue, group: Marked<String>)] = []
    for (role, group) in named(node, "via") {
      guard let role = text(role, "via"), let name = alias(group, "via") else { continue }
      roles.append((RoleValue(role), Marked(value: name, mark: mark(group))))
    }
    return roles
  }

  mutating func group(_ name: Node, _ node: Node) {
    let alias = alias(name, "groups")
    guard let fields = fields(of: node, GroupKey.self) else { return }
    var id: GroupID?
    var group = Catalog.Group(id: GroupID(GUID(high: 0, low: 0)), place: place(name))
    for (key, value) in fields {
      switch key {
      case .id: id = identifier(value, "id", GroupID.self)
      case .name: group.name = text(value, "name")
      case .exclusive: group.exclusiveFrom = exclusive(value)
      }
    }
    guard let alias, let id else { return }
    group.id = id
    declared.groups.append(
      Marked(value: FileDeclarations.Named(name: alias, value: group), mark: mark(name))
    )
  }

  mutating func package(_ name: Node, _ node: Node) {
    let alias = alias(name, "packages")
    guard let fields = fields(of: node, PackageKey.self) else { return }
    var id: AccessPackageID?
    var policy: AssignmentPolicyID?
    var title: String?
    for (key, value) in fields {
      switch key {
      case .id: id = identifier(value, "id", AccessPackageID.self)
      case .policy: policy = identifier(value, "policy", AssignmentPolicyID.self)
      case .name: title = text(value, "name")
      }
    }
    guard let alias, let id, let policy else { return }
    let package = Catalog.Package(id: id, policy: policy, name: title, place: place(name))
    declared.packages.append(
      Marked(value: FileDeclarations.Named(name: alias, value: package), mark: mark(name))
    )
  }

  mutating func bundle(_ name: Node, _ node: Node) {
    let alias = alias(name, "bundles")
    guard let fields = fields(of: node, BundleKey.self) else { return }
    var bundle = BundleDeclaration()
    for (key, value) in fields {
      switch key {
      case .apps: bundle.grants += grants(value, .app)
      case .groups: bundle.grants += grants(value, .group)
      case .packages: bundle.grants += grants(value, .package)
      case .expires: bundle.expires = expiry(value, "expires")
      }
    }
    guard let alias else { return }
    if bundle.grants.isEmpty {
      report(.emptyBundle, .warning, "the bundle `\(alias)` gives nothing", at: name)
    }
    declared.bundles.append(
      Marked(value: FileDeclarations.Named(name: alias, value: bundle), mark: mark(name))
    )
  }

  mutating func rules(_ node: Node) {
    for (_, value) in fields(of: node, RulesKey.self) ?? [] {
      for set in items(value, "separation") {
        let roles = items(set, "separation").compactMap { resource($0, anyRole: false) }
        if roles.count < 2 {
          report(.wrongValue, "a separation names at least two roles", at: set)
          continue
        }
        declared.separations.append(Marked(value: roles, mark: mark(set)))
      }
    }
  }
}
