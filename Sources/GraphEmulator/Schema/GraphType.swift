/// A type of Graph with everything that it inherits.
final class GraphType: Sendable {
  /// The name without the namespace, such as `user`.
  let name: String
  let base: String?
  /// By name, what is inherited included.
  let properties: [GraphProperty]
  /// The names that an enumeration allows; nil for any other type.
  let cases: [String]?
  private let byName: [String: GraphProperty]

  init(name: String, base: String?, properties: [GraphProperty], cases: [String]?) {
    self.name = name
    self.base = base
    self.properties = properties
    self.cases = cases
    byName = Dictionary(properties.map { ($0.name, $0) }) { first, _ in first }
  }

  /// Names compare exactly, as in Graph.
  func property(_ name: String) -> GraphProperty? { byName[name] }
}

/// The types of Graph that the emulator knows, read from the texts beside its resources.
///
/// A line at the margin opens a type (`type user < directoryObject`) or an enumeration; indented
/// lines list properties as `name:kind`, where `*` is a collection, `?` nullable, `!` read-only,
/// `>` a navigation property and `~` a property of beta only. The kinds are `s` string, `b`
/// Boolean, `i` Int32, `l` Int64, `n` Double, `d` DateTimeOffset, `g` Guid, `D` Date, `P` Duration,
/// `B` binary, or a type's name.
enum GraphTypes {
  private static let texts = [
    Users.types, Groups.types, ServicePrincipals.types, Applications.types,
    AppRoleAssignments.types, Invitations.types, DirectoryObjects.types, DirectoryRoles.types,
    Contacts.types, Organization.types, Policies.types, PermissionGrants.types, AuditLogs.types,
    AccessPackages.types, PackageAssignments.types, ConnectedOrganizations.types,
  ]

  private static let all: [String: GraphType] = {
    var declared: [String: Declaration] = [:]
    for declaration in texts.flatMap(declarations) { declared[declaration.name] = declaration }
    return declared.mapValues { declaration in
      var properties = declaration.properties
      var ancestor = declaration.base
      while let name = ancestor, let base = declared[name] {
        properties += base.properties
        ancestor = base.base
      }
      return GraphType(
        name: declaration.name,
        base: declaration.base,
        properties: properties.sorted { $0.name < $1.name },
        cases: declaration.cases
      )
    }
  }()

  /// Returns a type by its name without the namespace.
  static func named(_ name: String) -> GraphType? { all[name] }

  /// Returns a type that the code names itself; an empty one if the texts lack it.
  static func known(_ name: String) -> GraphType {
    all[name] ?? GraphType(name: name, base: nil, properties: [], cases: nil)
  }

  /// The base of all kinds of directory objects: what a list is of that holds several.
  static let directoryObject = known("directoryObject")

  /// Whether a type is another one or inherits from it.
  static func isKind(_ name: String, of ancestor: String) -> Bool {
    var current: String? = name
    while let name = current {
      if name == ancestor { return true }
      current = all[name]?.base
    }
    return false
  }

  private struct Declaration {
    let name: String
    let base: String?
    var properties: [GraphProperty] = []
    var cases: [String]?
  }

  private static func declarations(_ text: String) -> [Declaration] {
    var declarations: [Declaration] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard line.first == " " else {
        let base = words.count == 4 ? String(words[3]) : nil
        declarations.append(Declaration(name: String(words[1]), base: base))
        if words[0] == "enum" { declarations[declarations.count - 1].cases = [] }
        continue
      }
      let last = declarations.count - 1
      if declarations[last].cases != nil {
        declarations[last].cases?.append(contentsOf: words.map(String.init))
      } else {
        declarations[last].properties += words.compactMap { GraphProperty(notation: $0) }
      }
    }
    return declarations
  }
}

/// A property of a Graph type, as the API description declares it.
struct GraphProperty: Sendable, Hashable {
  let name: String
  let kind: Kind
  let isCollection: Bool
  let isNullable: Bool
  let isReadOnly: Bool
  let isNavigation: Bool
  /// Whether only `/beta` has it.
  let isBeta: Bool

  enum Kind: Sendable, Hashable {
    case string, boolean, int32, int64, double, dateTime, guid, date, duration, binary, untyped
    /// A complex type, an entity or an enumeration, by its name without the namespace.
    case named(String)
  }

  /// Reads `name:*kind?!>~`: a collection, nullable, read-only, a navigation property, of beta only.
  init?(notation: Substring) {
    guard let colon = notation.firstIndex(of: ":") else { return nil }
    name = String(notation[..<colon])
    var kind = notation[notation.index(after: colon)...]
    isCollection = kind.first == "*"
    if isCollection { kind = kind.dropFirst() }
    let flags = kind.drop { !"?!>~".contains($0) }
    isNullable = flags.contains("?")
    isReadOnly = flags.contains("!")
    isNavigation = flags.contains(">")
    isBeta = flags.contains("~")
    self.kind = Self.kind(of: kind.prefix { !"?!>~".contains($0) })
  }

  private static func kind(of code: Substring) -> Kind {
    switch code {
    case "s": .string
    case "b": .boolean
    case "i": .int32
    case "l": .int64
    case "n": .double
    case "d": .dateTime
    case "g": .guid
    case "D": .date
    case "P": .duration
    case "B": .binary
    case "o": .untyped
    default: .named(String(code))
    }
  }
}
