internal import Access
internal import YAML

extension FileDecoder {
  enum GrantKind: String {
    case app, group, package
  }

  /// A list of grants, each a name or a mapping with an end; what is wrong in one concerns that one.
  mutating func grants(_ node: Node, _ kind: GrantKind) -> [GrantReference] {
    items(node).map { item in
      let (parts, fault) = isolated { $0.grant(item, kind) }
      return GrantReference(
        target: parts.target ?? .unreadable(readableText(parts.name)),
        expires: parts.expires,
        mark: mark(parts.name),
        fault: fault.map { Boxed($0) }
      )
    }
  }

  private mutating func grant(
    _ item: Node,
    _ kind: GrantKind
  ) -> (name: Node, target: GrantReference.Target?, expires: Ending.Rule?) {
    guard document.kind(of: item) == .mapping else { return (item, target(item, kind), nil) }
    if kind == .app, reportSpace(in: item) { return (item, nil, nil) }
    let parts =
      switch kind {
      case .app: withEnd(item, AppGrantKey.self, .app, .expires)
      case .group: withEnd(item, GroupGrantKey.self, .group, .expires)
      case .package: withEnd(item, PackageGrantKey.self, .package, .expires)
      }
    guard let parts else { return (item, nil, nil) }
    return (parts.0, target(parts.0, kind), parts.1)
  }

  private mutating func target(_ node: Node, _ kind: GrantKind) -> GrantReference.Target? {
    switch kind {
    case .app: resource(node, anyRole: false).map { .role(app: $0.app, role: $0.role) }
    case .group: text(node, "group").map { .group($0) }
    case .package: text(node, "package").map { .package($0) }
    }
  }

  /// Reports `jira: User` without quotes, which YAML takes for a mapping; false for anything else.
  private mutating func reportSpace(in item: Node) -> Bool {
    let pair = Array(document.children(of: item))
    guard pair.count == 2, pair.allSatisfy({ document.kind(of: $0) == .scalar }),
      AppGrantKey(rawValue: document.string(of: pair[0])) == nil
    else { return false }
    report(
      .wrongKind,
      "`\(shown(pair[0])): \(shown(pair[1]))` is a mapping because of its space",
      at: item,
      suggestion: "remove the space: `\(shown(pair[0])):\(shown(pair[1]))`"
    )
    return true
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

  /// A list of bundles, each a name or a mapping with an end.
  mutating func bundleReferences(_ node: Node, _ what: String) -> [BundleReference] {
    items(node).map { item in
      var (name, expires): (Node, Ending.Rule?) = (item, nil)
      let (text, fault) = isolated { decoder -> String? in
        if decoder.document.kind(of: item) == .mapping {
          guard let parts = decoder.withEnd(item, BundleGrantKey.self, .bundle, .expires) else {
            return nil
          }
          (name, expires) = parts
        }
        return decoder.text(name, what)
      }
      return BundleReference(
        name: text ?? "",
        expires: expires,
        mark: mark(name),
        fault: fault.map { Boxed($0) }
      )
    }
  }

  /// One name of the `grants` section: an app with its roles, or a group or a package with a list.
  mutating func grantsSection(_ name: Node, _ node: Node) {
    guard let alias = text(name, "grants") else { return }
    guard document.kind(of: node) == .mapping else {
      for item in items(node) { resourceGrant(item, .group(alias), isAmbiguous: true) }
      return
    }
    for (role, list) in named(node, alias, "roles to lists of guests") {
      guard let value = text(role, "role") else { continue }
      if value == "*" {
        report(.wrongValue, "`\(alias):*` is every role; a grant must name one", at: role)
        continue
      }
      for item in items(list) {
        resourceGrant(item, .role(app: alias, role: value), isAmbiguous: false)
      }
    }
  }

  private mutating func resourceGrant(
    _ item: Node,
    _ target: GrantReference.Target,
    isAmbiguous: Bool
  ) {
    let known = beginEntry(item, "guest")
    defer { scope = .repository }
    var (guest, expires): (Node, Ending.Rule?) = (item, nil)
    let (address, fault) = isolated { decoder -> EmailAddress? in
      if decoder.document.kind(of: item) == .mapping {
        guard let parts = decoder.withEnd(item, HolderKey.self, .guest, .expires) else {
          return known
        }
        (guest, expires) = parts
      }
      return known ?? decoder.address(guest, "guest")
    }
    guard let address else { return }
    let grant = GrantReference(
      target: target,
      expires: expires,
      mark: mark(guest),
      fault: fault.map { Boxed($0) }
    )
    declared.holders.append(
      ResourceGrant(guest: address, isAmbiguous: isAmbiguous, grant: grant)
    )
  }

  /// The text of a scalar; empty for anything else.
  private func readableText(_ node: Node) -> String {
    document.kind(of: node) == .scalar ? shown(node) : ""
  }
}
