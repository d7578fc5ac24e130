internal import Access
internal import Unicode
internal import YAML

/// Takes the identities out of one document and passes over everything else.
struct IdentityDecoder {
  private let document: Document
  private let path: String
  private(set) var identities = FileIdentities()

  init(document: Document, path: String) {
    self.document = document
    self.path = path
  }

  mutating func decode() {
    for (key, section) in pairs(document.root) {
      if isPolicy(key, section) {
        identities.policy += "\(key.utf8.count):\(key)".utf8
        identities.policy += spelled(section)
      }
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
      case "removed":
        for item in items(section) {
          if let node = value(of: item, "email"), let address = address(node) {
            identities.removed.append(
              FileIdentities.Removal(guest: address, content: content(of: item))
            )
          }
        }
      default: continue
      }
    }
  }

  /// False for the sections that hold entries, and for the version that every file has unsaid.
  private func isPolicy(_ key: String, _ section: Node) -> Bool {
    switch key {
    case "guests", "grants", "removed": false
    case "version": !document.isPlain(section) || !document.value(of: section, is: "1")
    default: true
    }
  }

  /// Everything that a node says, and whether each of its scalars is quoted: that can decide what
  /// the scalar means.
  private func spelled(_ node: Node) -> [UInt8] {
    var bytes = document.serialised(node)
    func mark(_ node: Node) { bytes.append(UInt8(ascii: document.isPlain(node) ? "p" : "q")) }
    mark(node)
    var open = [document.children(of: node)]
    while let last = open.indices.last {
      guard let child = open[last].next() else {
        open.removeLast()
        continue
      }
      mark(child)
      open.append(document.children(of: child))
    }
    return bytes
  }

  private func place(_ node: Node) -> SourcePlace {
    let (line, column) = document.text.position(of: document.range(of: node).lowerBound)
    return SourcePlace(file: path, line: line, column: column)
  }

  private func text(_ node: Node) -> String? {
    guard document.kind(of: node) == .scalar else { return nil }
    let text = document.string(of: node)
    return text.isEmpty ? nil : text
  }

  private func address(_ node: Node) -> EmailAddress? {
    text(node).flatMap { AddressNormaliser.address($0) }
  }

  /// The items of a list; nothing of anything else.
  private func items(_ node: Node) -> [Node] {
    document.kind(of: node) == .sequence ? Array(document.children(of: node)) : []
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
    let includes = value(of: partner, "includes").map { bundles($0).map(\.name) } ?? []
    identities.names.partners[name] = DeclaredNames.Partner(domains: domains, includes: includes)
  }

  private mutating func guest(_ node: Node) {
    guard let email = value(of: node, "email"), let address = address(email) else { return }
    identities.guests.append(
      FileIdentities.Guest(
        address: address,
        place: place(email),
        grants: grants(of: node),
        bundles: value(of: node, "bundles").map { bundles($0) } ?? [],
        content: content(of: node)
      )
    )
  }

  /// What `apps`, `groups` and `packages` of a guest or a bundle name.
  private func grants(of node: Node) -> [FileIdentities.Grant] {
    var grants: [FileIdentities.Grant] = []
    for (key, list) in pairs(node) {
      switch key {
      case "apps":
        for item in items(list) {
          let named = named(item, "app")
          guard let name = named.flatMap({ text($0) }), let colon = name.firstIndex(of: ":") else {
            continue
          }
          let role = String(name[name.index(after: colon)...])
          grants.append(
            FileIdentities.Grant(
              target: .role(app: String(name[..<colon]), role: role),
              place: place(named ?? item)
            )
          )
        }
      case "groups":
        grants += items(list).compactMap { grant($0, "group") { .group($0) } }
      case "packages":
        grants += items(list).compactMap { grant($0, "package") { .package($0) } }
      default: continue
      }
    }
    return grants
  }

  private func grant(
    _ item: Node,
    _ key: StaticString,
    _ target: (String) -> NamedResource
  ) -> FileIdentities.Grant? {
    guard let node = named(item, key), let name = text(node) else { return nil }
    return FileIdentities.Grant(target: target(name), place: place(node))
  }

  /// An item that is a name itself, or a mapping that holds one.
  private func named(_ item: Node, _ key: StaticString) -> Node? {
    document.kind(of: item) == .mapping ? value(of: item, key) : item
  }

  private func bundles(_ node: Node) -> [FileIdentities.Bundle] {
    items(node).compactMap { item in
      guard let node = named(item, "bundle"), let name = text(node) else { return nil }
      return FileIdentities.Bundle(name: name, place: place(node))
    }
  }

  private mutating func holders(_ node: Node, _ name: String) {
    if document.kind(of: node) == .mapping {
      for (role, list) in pairs(node) {
        for item in items(list) { holder(item, .role(app: name, role: role)) }
      }
    } else {
      for item in items(node) { holder(item, .groupOrPackage(name)) }
    }
  }

  private mutating func holder(_ item: Node, _ target: NamedResource) {
    guard let node = named(item, "guest"), let address = address(node) else { return }
    identities.holders.append(
      FileIdentities.Holder(
        guest: address,
        target: target,
        place: place(node),
        content: content(of: item)
      )
    )
  }

  /// Everything that a node says, its keys in order, in a form that no two meanings share.
  private func content(of node: Node) -> [UInt8] {
    guard document.kind(of: node) == .mapping else { return document.serialised(node) }
    var parts: [[UInt8]] = []
    var children = document.children(of: node)
    while let key = children.next(), let value = children.next() {
      parts.append(document.serialised(key) + document.serialised(value))
    }
    return parts.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 }
  }
}
