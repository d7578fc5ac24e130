internal import Access
internal import YAML

extension FileDecoder {
  enum GrantKind: String {
    case app, group, package

    /// The key below which such grants stand.
    var key: String { rawValue + "s" }
  }

  /// A list of grants, each a name or a mapping with an end.
  mutating func grants(_ node: Node, _ kind: GrantKind) -> [GrantReference] {
    var grants: [GrantReference] = []
    for item in items(node, kind.key) {
      var target = item
      var expires: Ending.Rule?
      if document.kind(of: item) == .mapping {
        guard let parts = grantWithEnd(item, kind) else { continue }
        (target, expires) = parts
      }
      guard let named = self.target(target, kind) else { continue }
      grants.append(GrantReference(target: named, expires: expires, mark: mark(target)))
    }
    return grants
  }

  private mutating func target(_ node: Node, _ kind: GrantKind) -> GrantReference.Target? {
    switch kind {
    case .app: resource(node, anyRole: false).map { .role(app: $0.app, role: $0.role) }
    case .group: text(node, "group").map { .group($0) }
    case .package: text(node, "package").map { .package($0) }
    }
  }

  private mutating func grantWithEnd(_ node: Node, _ kind: GrantKind) -> (Node, Ending.Rule?)? {
    switch kind {
    case .app: withEnd(node, AppGrantKey.self, .app, .expires)
    case .group: withEnd(node, GroupGrantKey.self, .group, .expires)
    case .package: withEnd(node, PackageGrantKey.self, .package, .expires)
    }
  }

  /// A mapping of a thing and its end; `nil` without the thing.
  private mutating func withEnd<Key: SectionKeys>(
    _ node: Node,
    _ type: Key.Type,
    _ thing: Key,
    _ end: Key
  ) -> (Node, Ending.Rule?)? {
    guard let fields = fields(of: node, Key.self) else { return nil }
    var found: Node?
    var expires: Ending.Rule?
    for (key, value) in fields {
      if key == thing { found = value }
      if key == end { expires = expiry(value, "expires") }
    }
    return found.map { ($0, expires) }
  }

  mutating func bundleReferences(_ node: Node, _ what: String) -> [BundleReference] {
    var bundles: [BundleReference] = []
    for item in items(node, what) {
      var name = item
      var expires: Ending.Rule?
      if document.kind(of: item) == .mapping {
        guard let parts = withEnd(item, BundleGrantKey.self, .bundle, .expires) else { continue }
        (name, expires) = parts
      }
      guard let text = text(name, what) else { continue }
      bundles.append(BundleReference(name: text, expires: expires, mark: mark(name)))
    }
    return bundles
  }

  /// One name of the `grants` section: an app with its roles, or a group or a package with a list.
  mutating func holders(_ name: Node, _ node: Node) {
    guard let alias = text(name, "grants") else { return }
    if document.kind(of: node) == .mapping {
      for (role, list) in named(node, alias) {
        guard let value = text(role, "role") else { continue }
        if value == "*" {
          report(.wrongValue, "`\(alias):*` gives every role; a grant names one", at: role)
          continue
        }
        for item in items(list, alias) {
          holder(item, .role(app: alias, role: value), isAmbiguous: false)
        }
      }
    } else {
      for item in items(node, alias) { holder(item, .group(alias), isAmbiguous: true) }
    }
  }

  private mutating func holder(_ item: Node, _ target: GrantReference.Target, isAmbiguous: Bool) {
    let known = beginEntry(item, "guest")
    defer { scope = .repository }
    var guest = item
    var expires: Ending.Rule?
    if document.kind(of: item) == .mapping {
      guard let parts = withEnd(item, HolderKey.self, .guest, .expires) else { return }
      (guest, expires) = parts
    }
    guard let address = known ?? address(guest, "guest") else { return }
    declared.holders.append(
      HolderDeclaration(
        guest: address,
        isAmbiguous: isAmbiguous,
        grant: GrantReference(target: target, expires: expires, mark: mark(guest))
      )
    )
  }
}
