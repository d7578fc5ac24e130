internal import Access
internal import Unicode
internal import YAML

/// Takes the identities out of one document and passes over everything else.
struct IdentityDecoder {
  private let document: Document
  private(set) var identities = FileIdentities()

  init(document: Document) { self.document = document }

  mutating func decode() {
    for (key, section) in pairs(document.root) {
      switch key {
      case "tenant": identities.tenant = identifier(section, "id")
      case "formerly": identities.formerly = items(section).compactMap { text($0) }
      case "apps":
        identities.names.apps = identifiers(section, "appId")
        for (name, app) in pairs(section) where identities.names.via[name] == nil {
          let groups = pairs(value(of: app, "via")).compactMap { role, group in
            text(group).map { (role, $0) }
          }
          guard !groups.isEmpty, identities.names.apps[name] != nil else { continue }
          identities.names.via[name] = Dictionary(groups) { first, _ in first }
        }
      case "groups": identities.names.groups = identifiers(section, "id")
      case "packages": identities.names.packages = identifiers(section, "id")
      case "bundles":
        for (name, bundle) in pairs(section) {
          identities.names.bundles[name] = grants(of: bundle).map(\.target)
        }
      case "partners": for (name, partner) in pairs(section) { decode(partner, named: name) }
      case "guests": for item in items(section) { guest(item) }
      case "grants": for (name, list) in pairs(section) { holders(list, name) }
      default: continue
      }
    }
  }

  private func position(_ node: Node) -> FileIdentities.Position {
    let (line, column) = document.text.position(of: document.range(of: node).lowerBound)
    return FileIdentities.Position(line: line, column: column)
  }

  private func text(_ node: Node) -> String? {
    guard document.kind(of: node) == .scalar else { return nil }
    let text = document.string(of: node)
    return text.isEmpty ? nil : text
  }

  private func address(_ node: Node) -> EmailAddress? {
    text(node).flatMap { AddressNormaliser.address($0) }
  }

  /// The items of a list; one value is a list of one.
  private func items(_ node: Node) -> [Node] {
    document.kind(of: node) == .sequence ? Array(document.children(of: node)) : [node]
  }

  /// Keys and values of a mapping; nothing of anything else.
  private func pairs(_ node: Node?) -> [(key: String, value: Node)] {
    guard let node, document.kind(of: node) == .mapping else { return [] }
    var found: [(key: String, value: Node)] = []
    var children = document.children(of: node)
    while let key = children.next(), let value = children.next() {
      found.append((document.string(of: key), value))
    }
    return found
  }

  private func value(of node: Node, _ key: StaticString) -> Node? {
    guard document.kind(of: node) == .mapping else { return nil }
    var children = document.children(of: node)
    while let name = children.next(), let value = children.next() {
      if document.value(of: name, is: key) { return value }
    }
    return nil
  }

  private func identifier<Value: Identifier>(_ node: Node, _ key: StaticString) -> Value? {
    value(of: node, key).flatMap { text($0) }.flatMap { Value($0) }
  }

  private func identifiers<Value: Identifier>(
    _ node: Node,
    _ key: StaticString
  ) -> [String: Value] {
    var found: [String: Value] = [:]
    for (name, item) in pairs(node) {
      if let id: Value = identifier(item, key) { found[name] = found[name] ?? id }
    }
    return found
  }

  private mutating func decode(_ partner: Node, named name: String) {
    var domains: [String] = []
    for item in value(of: partner, "domains").map({ items($0) }) ?? [] {
      guard let text = text(item) else { continue }
      if text == "*" {
        domains.append(text)
      } else if text.hasPrefix("*.") {
        if let base = DomainName.ascii(String(text.dropFirst(2))) { domains.append("*.\(base)") }
      } else if let domain = DomainName.ascii(text) {
        domains.append(domain)
      }
    }
    let includes = value(of: partner, "includes").map { node in
      items(node).compactMap { named($0, "bundle").flatMap { text($0) } }
    }
    identities.names.partners[name] = DeclaredNames.Partner(
      domains: domains,
      includes: includes ?? []
    )
  }

  private mutating func guest(_ node: Node) {
    guard let email = value(of: node, "email"), let address = address(email) else { return }
    var guest = FileIdentities.Person(
      address: address,
      position: position(email),
      isGuest: true,
      grants: grants(of: node)
    )
    guest.grants += value(of: node, "bundles").map { bundles($0) } ?? []
    guest.reviewed = value(of: node, "reviewed").flatMap { moment($0) }
    guest.returned = value(of: node, "return").flatMap { moment($0) }
    identities.people.append(guest)
  }

  /// The beginning of a day in UTC, or a moment with an offset.
  private func moment(_ node: Node) -> Moment? {
    text(node).flatMap { Moment("\($0)T00:00:00Z") ?? Moment($0) }
  }

  /// What `apps`, `groups` and `packages` of a guest or a bundle name.
  private func grants(of node: Node) -> [FileIdentities.Grant] {
    var grants: [FileIdentities.Grant] = []
    for (key, list) in pairs(node) {
      switch key {
      case "apps": grants += items(list).compactMap { grant($0, "app") { role($0) } }
      case "groups": grants += items(list).compactMap { grant($0, "group") { .group($0) } }
      case "packages": grants += items(list).compactMap { grant($0, "package") { .package($0) } }
      default: continue
      }
    }
    return grants
  }

  private func role(_ name: String) -> NamedResource? {
    guard let colon = name.firstIndex(of: ":") else { return nil }
    return .role(app: String(name[..<colon]), role: String(name[name.index(after: colon)...]))
  }

  private func bundles(_ node: Node) -> [FileIdentities.Grant] {
    items(node).compactMap { grant($0, "bundle") { .bundle($0) } }
  }

  private func grant(
    _ item: Node,
    _ key: StaticString,
    _ target: (String) -> NamedResource?
  ) -> FileIdentities.Grant? {
    guard let node = named(item, key), let target = text(node).flatMap(target) else { return nil }
    return FileIdentities.Grant(target: target, position: position(node))
  }

  /// An item that is a name itself, or a mapping that holds one.
  private func named(_ item: Node, _ key: StaticString) -> Node? {
    document.kind(of: item) == .mapping ? value(of: item, key) : item
  }

  private mutating func holders(_ node: Node, _ name: String) {
    // Whether a mapping says who has which role, or is the one member of a group, only the catalog knows:
    // of the two readings it explains one.
    for (role, list) in pairs(node) {
      for item in items(list) { holder(item, .role(app: name, role: role)) }
    }
    for item in items(node) { holder(item, .groupOrPackage(name)) }
  }

  private mutating func holder(_ item: Node, _ target: NamedResource) {
    guard let node = named(item, "guest"), let address = address(node) else { return }
    let grant = FileIdentities.Grant(target: target, position: position(node))
    identities.people.append(
      FileIdentities.Person(
        address: address,
        position: grant.position,
        isGuest: false,
        grants: [grant]
      )
    )
  }
}
