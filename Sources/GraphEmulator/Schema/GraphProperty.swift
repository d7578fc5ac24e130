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
