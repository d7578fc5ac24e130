/// Any JSON, for tests that look at what others wrote.
package enum JSONDocument: Codable, Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONDocument])
  case object([String: JSONDocument])

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let text = try? container.decode(String.self) {
      // The most frequent first: each attempt that fails is an error made and thrown away.
      self = .string(text)
    } else if let flag = try? container.decode(Bool.self) {
      self = .bool(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let elements = try? container.decode([JSONDocument].self) {
      self = .array(elements)
    } else {
      self = .object(try container.decode([String: JSONDocument].self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let flag): try container.encode(flag)
    case .number(let number): try container.encode(number)
    case .string(let text): try container.encode(text)
    case .array(let elements): try container.encode(elements)
    case .object(let members): try container.encode(members)
    }
  }

  package subscript(_ name: String) -> JSONDocument? { object?[name] }

  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  package var array: [JSONDocument]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  package var object: [String: JSONDocument]? {
    guard case .object(let members) = self else { return nil }
    return members
  }
}
