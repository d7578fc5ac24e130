internal import Access
internal import YAML

extension FileDecoder {
  mutating func app(_ name: Node, _ node: Node) {
    let (app, fault) = isolated { $0.app(node, at: name) }
    guard let alias = alias(name, "apps") else { return }
    let value = fault == nil ? app : nil
    declared.apps.append(
      Marked(value: FileDeclarations.Named(name: alias, value: value), mark: mark(name))
    )
  }

  private mutating func app(_ node: Node, at name: Node) -> AppDeclaration? {
    guard let fields = fields(of: node, AppKey.self) else { return nil }
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
      case .roles: app.roles = items(value).compactMap { text($0, "roles") }.map { RoleValue($0) }
      }
    }
    guard let id else { return nil }
    app.app.id = id
    return app
  }

  private mutating func exclusive(_ node: Node) -> Moment? {
    guard let field = fields(of: node, ExclusiveKey.self)?.first else { return nil }
    return beginning(field.value, "from")
  }

  private mutating func via(_ node: Node) -> [(role: RoleValue, group: Marked<String>)] {
    var roles: [(role: RoleValue, group: Marked<String>)] = []
    for (role, group) in named(node, "via", "roles to groups") {
      guard let role = text(role, "via"), let name = alias(group, "via") else { continue }
      roles.append((RoleValue(role), Marked(value: name, mark: mark(group))))
    }
    return roles
  }

  mutating func group(_ name: Node, _ node: Node) {
    let (group, fault) = isolated { $0.group(node, at: name) }
    guard let alias = alias(name, "groups") else { return }
    let value = fault == nil ? group : nil
    declared.groups.append(
      Marked(value: FileDeclarations.Named(name: alias, value: value), mark: mark(name))
    )
  }

  private mutating func group(_ node: Node, at name: Node) -> Catalog.Group? {
    guard let fields = fields(of: node, GroupKey.self) else { return nil }
    var id: GroupID?
    var group = Catalog.Group(id: GroupID(GUID(high: 0, low: 0)), place: place(name))
    for (key, value) in fields {
      switch key {
      case .id: id = identifier(value, "id", GroupID.self)
      case .name: group.name = text(value, "name")
      case .exclusive: group.exclusiveFrom = exclusive(value)
      }
    }
    guard let id else { return nil }
    group.id = id
    return group
  }

  mutating func package(_ name: Node, _ node: Node) {
    let (package, fault) = isolated { $0.package(node, at: name) }
    guard let alias = alias(name, "packages") else { return }
    let value = fault == nil ? package : nil
    declared.packages.append(
      Marked(value: FileDeclarations.Named(name: alias, value: value), mark: mark(name))
    )
  }

  private mutating func package(_ node: Node, at name: Node) -> Catalog.Package? {
    guard let fields = fields(of: node, PackageKey.self) else { return nil }
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
    guard let id, let policy else { return nil }
    return Catalog.Package(id: id, policy: policy, name: title, place: place(name))
  }

  mutating func bundle(_ name: Node, _ node: Node) {
    let (bundle, fault) = isolated { $0.bundle(node, at: name) }
    guard let alias = alias(name, "bundles") else { return }
    let value = fault == nil ? bundle : nil
    declared.bundles.append(
      Marked(value: FileDeclarations.Named(name: alias, value: value), mark: mark(name))
    )
  }

  private mutating func bundle(_ node: Node, at name: Node) -> BundleDeclaration? {
    guard let fields = fields(of: node, BundleKey.self) else { return nil }
    var bundle = BundleDeclaration()
    for (key, value) in fields {
      switch key {
      case .apps: bundle.grants += grants(value, .app)
      case .groups: bundle.grants += grants(value, .group)
      case .packages: bundle.grants += grants(value, .package)
      case .expires: bundle.expires = expiry(value, "expires")
      }
    }
    if bundle.grants.isEmpty {
      report(.emptyBundle, .warning, "bundle `\(shown(name))` is empty", at: name)
    }
    return bundle
  }

  mutating func rules(_ node: Node) {
    for (_, value) in fields(of: node, RulesKey.self) ?? [] {
      scope = .part
      for set in items(value) {
        let (roles, fault) = isolated { decoder in
          decoder.items(set).compactMap { decoder.resource($0, anyRole: false) }
        }
        if roles.count < 2, fault == nil {
          report(.wrongValue, "a separation needs at least two roles", at: set)
        }
        let separation = SeparationDeclaration(roles: roles, isFaulty: fault != nil)
        declared.separations.append(Marked(value: separation, mark: mark(set)))
      }
    }
  }
}
