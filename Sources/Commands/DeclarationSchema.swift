internal import Declarations
internal import Reporting

/// The JSON Schema of declarations, from the keys that they are read by.
///
/// It accepts whatever the reader accepts. Rules that need other files, such as names of the catalog,
/// are left to `guestlist validate`.
enum DeclarationSchema {
  static var document: JSONValue {
    let sections = KeyReference.sections
    var root: [JSONValue.Member] = [
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
      .init("title", "Guestlist declarations"),
    ]
    root += sections.prefix(1).flatMap(members)
    let definitions = sections.dropFirst().map { section in
      JSONValue.Member(section.title, .object(members(of: section)))
    }
    root.append(.init("$defs", .object(definitions)))
    return .object(root)
  }

  private static func members(of section: SectionDefinition) -> [JSONValue.Member] {
    let properties = section.keys.map { key in
      var members = key.isSupported ? schema(of: key.kind) : [.init("not", .object([]))]
      let fallback = key.fallback.map { " Default: \($0)." } ?? ""
      members.append(.init("description", .string(key.meaning + fallback)))
      return JSONValue.Member(key.name, .object(members))
    }
    let required = section.keys.filter(\.isRequired).map { JSONValue.string($0.name) }
    return [
      .init("type", "object"), .init("additionalProperties", false),
      .init("properties", .object(properties)), .init("required", .array(required)),
    ]
  }

  private static func schema(of kind: ValueKind) -> [JSONValue.Member] {
    switch kind {
    // A text without quotes may look like a number to YAML.
    case .text, .alias, .path: [.init("type", ["string", "number", "boolean"])]
    case .integer(let range):
      [
        .init("type", "integer"), .init("minimum", .integer(range.lowerBound)),
        .init("maximum", .integer(range.upperBound)),
      ]
    case .boolean: [.init("type", "boolean")]
    case .address: text("^[^@]+@[^@]+$")
    case .domain: [.init("type", "string")]
    case .identifier: text("^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")
    case .link: text("^https://.")
    case .resource: text("^[^:]+:([^*]|.{2,})$")
    case .pattern: text("^([^:]+:.+|[*])$")
    case .day: text(day)
    case .expiry: anyOf([text(day), text(span)])
    case .span: text(span)
    case .choice(let names): [.init("enum", .array(names.map { .string($0) }))]
    case .section(let section): [.init("$ref", .string("#/$defs/\(escaped(section.title))"))]
    case .list(let item): list(of: schema(of: item), limit: nil)
    case .oneOrMore(let item): list(of: schema(of: item), limit: 5)
    case .named(_, let value):
      [
        .init("type", ["object", "null"]),
        .init("additionalProperties", .object(schema(of: value))),
      ]
    case .either(let one, let other): anyOf([schema(of: one), schema(of: other)])
    }
  }

  private static let day = "^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt].+)?$"
  private static let span = "^[0-9]{1,5}[dw]$"

  private static func text(_ pattern: String) -> [JSONValue.Member] {
    [.init("type", "string"), .init("pattern", .string(pattern))]
  }

  private static func anyOf(_ schemas: [[JSONValue.Member]]) -> [JSONValue.Member] {
    [.init("anyOf", .array(schemas.map { .object($0) }))]
  }

  /// One value is a list of one, and a key with nothing behind it an empty list.
  private static func list(of item: [JSONValue.Member], limit: Int?) -> [JSONValue.Member] {
    var list: [JSONValue.Member] = [.init("type", "array"), .init("items", .object(item))]
    if let limit { list.append(.init("maxItems", .integer(limit))) }
    return anyOf([item, list, [.init("type", "null")]])
  }

  /// A name in a JSON pointer of a URI.
  private static func escaped(_ name: String) -> String {
    name.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "%20")
  }
}
