internal import Access
internal import YAML

extension FileDecoder {
  /// Decodes the whole file.
  mutating func decode() {
    guard let root = document.root, !isEmpty(root) else { return }
    guard let fields = fields(of: root, RootKey.self) else {
      declared.isComplete = false
      return
    }
    declared.isComplete = strangers.isEmpty
    for (key, value) in fields {
      declared.sections.append(Marked(value: key, mark: mark(value)))
      scope = key.faultScope
      decode(key, value)
    }
    scope = .repository
  }

  private mutating func decode(_ key: RootKey, _ node: Node) {
    switch key {
    case .version:
      declared.version = integer(node, "version").map { Marked(value: $0, mark: mark(node)) }
    case .tenant: declared.tenant = tenant(node).map { Marked(value: $0, mark: mark(node)) }
    case .formerly:
      let folders = items(node).compactMap { text($0, "formerly") }
      declared.formerly = Marked(value: folders, mark: mark(node))
    case .defaults: declared.defaults = Marked(value: defaults(node), mark: mark(node))
    case .lifecycle:
      declared.lifecycle = lifecycle(node).map { Marked(value: $0, mark: mark(node)) }
    case .guards: declared.guards = guards(node).map { Marked(value: $0, mark: mark(node)) }
    case .authority: authority(node)
    case .trust: declared.trust = trust(node).map { Marked(value: $0, mark: mark(node)) }
    case .exceptions: for item in items(node) { exception(item) }
    case .links: declared.links = links(node).map { Marked(value: $0, mark: mark(node)) }
    case .suspend:
      declared.suspension = suspension(node).map { Marked(value: $0, mark: mark(node)) }
    case .apps: for (name, value) in definitions(node, "apps", "app names") { app(name, value) }
    case .groups:
      for (name, value) in definitions(node, "groups", "group names") { group(name, value) }
    case .packages:
      for (name, value) in definitions(node, "packages", "package names") { package(name, value) }
    case .bundles:
      for (name, value) in definitions(node, "bundles", "bundle names") { bundle(name, value) }
    case .rules: rules(node)
    case .partners:
      for (name, value) in definitions(node, "partners", "partner names") { partner(name, value) }
    case .guests: guests(items(node))
    case .grants:
      for (name, value) in named(node, "grants", "apps, groups and packages to lists of guests") {
        grantsSection(name, value)
      }
    case .removed: for item in items(node) { removal(item) }
    }
  }

  /// What a section of the catalog, or `partners`, defines.
  private mutating func definitions(
    _ node: Node,
    _ section: String,
    _ names: String
  ) -> [(name: Node, value: Node)] {
    let found = named(node, section, "\(names) to their settings", mayRepeat: true)
    if found.isEmpty, !isEmpty(node) { declared.isComplete = false }
    return found
  }

  /// A name of the catalog: letters, digits, `-`, `_` and `.`.
  mutating func alias(_ node: Node, _ what: String) -> String? {
    guard let text = text(node, what) else { return nil }
    let isName =
      text.utf8.count <= 100
      && text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
    if isName { return text }
    report(
      .wrongValue,
      "`\(shown(node))` is not a name: use up to 100 letters, digits, `-`, `_` and `.`",
      at: node
    )
    return nil
  }

  /// `app:Role`; with `anyRole` also `app:*` and `*`.
  mutating func resource(_ node: Node, anyRole: Bool) -> ResourceReference? {
    guard let text = text(node, "app") else { return nil }
    if anyRole, text == "*" { return ResourceReference(app: "*", role: "*", mark: mark(node)) }
    guard let colon = text.firstIndex(of: ":") else {
      report(
        .wrongValue,
        "`\(shown(node))` has no role",
        at: node,
        suggestion: "write `\(shown(node)):Role`, or `\(shown(node)):default` for an app without "
          + "roles"
      )
      return nil
    }
    let app = String(text[..<colon])
    let role = String(text[colon...].dropFirst())
    guard !app.isEmpty, !role.isEmpty, role.utf8.count <= 250 else {
      report(.wrongValue, "`\(shown(node))` is not of the form `app:Role`", at: node)
      return nil
    }
    if role == "*", !anyRole {
      report(.wrongValue, "`\(shown(node))` is every role; a grant must name one", at: node)
      return nil
    }
    return ResourceReference(app: app, role: role, mark: mark(node))
  }

  /// The resources of an `allows` or an `authority`.
  mutating func names(_ node: Node, _ what: String) -> [Marked<String>] {
    items(node).compactMap { item in
      text(item, what).map { Marked(value: $0, mark: mark(item)) }
    }
  }
}

extension RootKey {
  /// What a wrong value in the section stops.
  fileprivate var faultScope: Finding.Scope {
    switch self {
    case .apps, .groups, .packages, .bundles, .partners, .defaults, .exceptions, .links, .removed:
      .part
    case .version, .tenant, .formerly, .lifecycle, .guards, .authority, .trust, .suspend, .rules,
      .guests, .grants:
      .repository
    }
  }
}
