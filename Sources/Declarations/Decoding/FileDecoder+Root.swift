internal import Access
internal import YAML

extension FileDecoder {
  /// Decodes the whole file.
  mutating func decode() {
    guard let root = document.root, !isEmpty(root) else { return }
    guard let fields = fields(of: root, RootKey.self) else { return }
    for (key, value) in fields {
      declared.sections.append(Marked(value: key, mark: mark(value)))
      decode(key, value)
    }
  }

  private mutating func decode(_ key: RootKey, _ node: Node) {
    switch key {
    case .version:
      declared.version = integer(node, "version").map { Marked(value: $0, mark: mark(node)) }
    case .tenant: declared.tenant = tenant(node).map { Marked(value: $0, mark: mark(node)) }
    case .formerly:
      let folders = items(node, "formerly").compactMap { text($0, "formerly") }
      declared.formerly = Marked(value: folders, mark: mark(node))
    case .defaults: declared.defaults = defaults(node).map { Marked(value: $0, mark: mark(node)) }
    case .lifecycle:
      declared.lifecycle = lifecycle(node).map { Marked(value: $0, mark: mark(node)) }
    case .guards: declared.guards = guards(node).map { Marked(value: $0, mark: mark(node)) }
    case .authority: authority(node)
    case .trust: declared.trust = trust(node).map { Marked(value: $0, mark: mark(node)) }
    case .exceptions: for item in items(node, "exceptions") { exception(item) }
    case .links: declared.links = links(node).map { Marked(value: $0, mark: mark(node)) }
    case .suspend:
      declared.suspension = suspension(node).map { Marked(value: $0, mark: mark(node)) }
    case .apps: for (name, value) in named(node, "apps") { app(name, value) }
    case .groups: for (name, value) in named(node, "groups") { group(name, value) }
    case .packages: for (name, value) in named(node, "packages") { package(name, value) }
    case .bundles: for (name, value) in named(node, "bundles") { bundle(name, value) }
    case .rules: rules(node)
    case .partners: for (name, value) in named(node, "partners") { partner(name, value) }
    case .guests: guests(items(node, "guests"))
    case .grants: for (name, value) in named(node, "grants") { holders(name, value) }
    case .removed: for item in items(node, "removed") { removal(item) }
    }
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
      "`\(shown(node))` is no name: letters, digits, `-`, `_` and `.`, 100 at most",
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
        "`\(shown(node))` names no role",
        at: node,
        suggestion: "a grant always names its role: `\(text):default` is the default access of an "
          + "app without roles"
      )
      return nil
    }
    let app = String(text[..<colon])
    let role = String(text[colon...].dropFirst())
    guard !app.isEmpty, !role.isEmpty, role.utf8.count <= 250 else {
      report(.wrongValue, "`\(shown(node))` must be `app:Role`", at: node)
      return nil
    }
    if role == "*", !anyRole {
      report(.wrongValue, "`\(shown(node))` gives every role; a grant names one", at: node)
      return nil
    }
    return ResourceReference(app: app, role: role, mark: mark(node))
  }

  /// The resources of an `allows` or an `authority`.
  mutating func names(_ node: Node, _ what: String) -> [Marked<String>] {
    items(node, what).compactMap { item in
      text(item, what).map { Marked(value: $0, mark: mark(item)) }
    }
  }
}
