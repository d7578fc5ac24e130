internal import Access
internal import YAML

/// What is given, by the names of the catalog.
package enum NamedResource: Hashable, Sendable {
  case role(app: String, role: String)
  case group(String)
  case package(String)
  /// A group or a package: the catalog says which.
  case groupOrPackage(String)
  case bundle(String)

  /// As it is written.
  var spelled: String {
    switch self {
    case .role(let app, let role): "\(app):\(role)"
    case .group(let name), .package(let name), .groupOrPackage(let name), .bundle(let name): name
    }
  }
}

/// Something that is given, as written, its name still to be looked up.
struct GrantReference: Sendable {
  /// `nil` where the name could not be read.
  var target: NamedResource?
  var expires: Ending.Rule?
  var mark: Mark
  /// What is wrong with this one.
  var fault: String?
  /// A text that is not a name.
  var unreadable = ""

  var spelled: String { target?.spelled ?? unreadable }

  /// The name of the bundle; empty where it could not be read.
  var bundle: String {
    if case .bundle(let name) = target { name } else { "" }
  }
}

/// A role of an app as written, `*` for any.
struct ResourceReference: Hashable, Sendable {
  var app: String
  var role: String
  var mark: Mark

  var isAny: Bool { role == "*" }
}

/// A grant from the resource's side.
struct ResourceGrant: Sendable {
  var guest: EmailAddress
  var grant: GrantReference
}

extension ValueType where Value == [GrantReference] {
  static var apps: Self {
    grants("app", .role, in: "a list of roles", "The role.", end: "The end of this grant.")
  }
  static var groups: Self {
    let type = ValueType<NamedResource>(.alias("a group")) { decoder, node, _ in
      decoder.text(node, "group").map { .group($0) }
    }
    return grants(
      "group",
      type,
      in: "a list of groups",
      "The group.",
      end: "The end of this membership."
    )
  }
  static var packages: Self {
    let type = ValueType<NamedResource>(.alias("a package")) { decoder, node, _ in
      decoder.text(node, "package").map { .package($0) }
    }
    return grants(
      "package",
      type,
      in: "a list of packages",
      "The access package.",
      end: "The end of this assignment."
    )
  }
  static var bundleNames: Self {
    let type = ValueType<NamedResource>(.alias("a bundle")) { $0.text($1, $2).map { .bundle($0) } }
    return grants(
      "bundle",
      type,
      in: "a list of bundles",
      "The bundle.",
      end: "The end of what it gives."
    )
  }

  /// A list of names, each alone or in a mapping with an end; what is wrong in one concerns that
  /// one.
  private static func grants(
    _ name: String,
    _ type: ValueType<NamedResource>,
    in list: String,
    _ meaning: String,
    end: String
  ) -> Self {
    let named = ValueType<GrantReference>(type.kind) { decoder, node, key in
      let target = type.read(&decoder, node, key)
      let isText = target == nil && decoder.document.kind(of: node) == .scalar
      return GrantReference(
        target: target,
        mark: decoder.mark(node),
        unreadable: isText ? decoder.shown(node) : ""
      )
    }
    let section = Section<GrantReference>(
      name == "app" ? "role with an end" : "\(name) with an end",
      name == "bundle" ? "a bundle of a guest" : "a grant",
      "in \(list)"
    ) {
      Key(name, named, required: true, identity: true) {
        ($0.target, $0.mark, $0.unreadable) = ($1.target, $1.mark, $1.unreadable)
      }
      .means(meaning)
      Key("expires", .expiry) { $0.expires = $1 }
        .means(end, default: "the guest's")
    }
    return Self(.list(.either(type.kind, .section(section.definition)))) { decoder, node, key in
      decoder.items(node).map { item in
        var (grant, fault) = decoder.isolated { decoder -> GrantReference in
          guard decoder.document.kind(of: item) == .mapping else {
            return named.read(&decoder, item, key) ?? GrantReference(mark: decoder.mark(item))
          }
          var grant = GrantReference(mark: decoder.mark(item))
          if name == "app", decoder.reportSpace(in: item, section.definition) { return grant }
          section.read(item, into: &grant, &decoder)
          return grant
        }
        grant.fault = fault
        return grant
      }
    }
  }
}

extension ValueType where Value == NamedResource {
  fileprivate static var role: Self {
    Self(.resource) { decoder, node, _ in
      decoder.resource(node).map { .role(app: $0.app, role: $0.role) }
    }
  }
}

extension FileDecoder {
  /// Reports `jira: User` with a space, which YAML takes for a mapping; false for anything else.
  fileprivate mutating func reportSpace(in item: Node, _ section: SectionDefinition) -> Bool {
    let words = Array(document.children(of: item))
    guard !words.isEmpty, words.allSatisfy({ document.kind(of: $0) == .scalar }) else {
      return false
    }
    let pairs = stride(from: 0, to: words.count - 1, by: 2).map { (words[$0], words[$0 + 1]) }
    guard pairs.allSatisfy({ section.index(of: document.bytes(of: $0.0)) == nil }) else {
      return false
    }
    let (app, role) = (shown(pairs[0].0), shown(pairs[0].1))
    let roles = pairs.map { "\(shown($0.0)):\(shown($0.1))" }.joined(separator: ", ")
    report(
      .wrongKind,
      "`\(app): \(role)` is not a role, because of the space after the colon",
      at: item,
      hint: pairs.count == 1
        ? "remove the space: `\(roles)`" : "write a list of roles: `[\(roles)]`"
    )
    return true
  }
}

// MARK: - The section `grants`

private let holderSection = Section<GrantReference>("holder", "a grant", "in `grants`") {
  Key("guest", .address, required: true, identity: true) { _, _ in }
    .means("Who holds the grant.")
  Key("expires", .expiry) { $0.expires = $1 }
    .means("The end of this grant.", default: "the guest's")
}

extension ValueType where Value == [ResourceGrant] {
  /// Names of the catalog with who holds what.
  static var holders: Self {
    let holders = ValueKind.list(.either(.address, .section(holderSection.definition)))
    return Self(.named("app", .named("role", holders))) { decoder, node, key in
      let sections = decoder.named(
        node,
        key,
        "apps, groups and packages to lists of guests"
      )
      return sections.flatMap { decoder.holders($0, of: $1, key) }
    }
  }
}

extension FileDecoder {
  /// Reads one name: an app with its roles, or a group or a package with a list.
  fileprivate mutating func holders(_ name: Node, of node: Node, _ key: String) -> [ResourceGrant] {
    guard let alias = text(name, key) else { return [] }
    guard document.kind(of: node) == .mapping else {
      return items(node).compactMap { holder($0, .groupOrPackage(alias)) }
    }
    return named(node, alias, "roles to lists of guests").flatMap { role, list -> [ResourceGrant] in
      guard let value = text(role, "role") else { return [] }
      if value == "*" {
        report(.wrongValue, "`\(alias):*` means every role; a grant must name one", at: role)
        return []
      }
      return items(list).compactMap { holder($0, .role(app: alias, role: value)) }
    }
  }

  private mutating func holder(_ item: Node, _ target: NamedResource) -> ResourceGrant? {
    var known = beginEntry(item, "guest")
    defer { scope = .repository }
    var grant = GrantReference(target: target, mark: entry.map { mark($0.node) } ?? mark(item))
    grant.fault =
      isolated { decoder in
        if decoder.document.kind(of: item) == .mapping {
          holderSection.read(item, into: &grant, &decoder)
        } else {
          known = decoder.address(item, "guest")
        }
      }.fault
    return known.map { ResourceGrant(guest: $0, grant: grant) }
  }
}
