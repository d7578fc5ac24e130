internal import JSON

/// A JSON document.
package enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])
  /// A document that is written already; only our own code makes these, to nest it unread.
  case verbatim([UInt8])

  package subscript(_ name: String) -> JSONValue? { members?[name] }

  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  package var bool: Bool? {
    guard case .bool(let flag) = self else { return nil }
    return flag
  }

  package var integer: Int? {
    guard case .integer(let number) = self else { return nil }
    return number
  }

  package var double: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }

  package var array: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  package var members: [String: JSONValue]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  package var isNull: Bool {
    guard case .null = self else { return false }
    return true
  }

  /// The object with some members replaced or added.
  package func setting(_ changes: [String: JSONValue]) -> JSONValue {
    .object((members ?? [:]).merging(changes) { _, new in new })
  }

  /// The text, or null where there is none.
  static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
}

extension JSONValue: ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements) { _, last in last })
  }
}

extension JSONValue: Decodable {
  /// Levels of nesting that are read.
  static let depthLimit = 64

  package init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
      // What is most frequent comes first: an attempt that fails costs more than one that does not.
    } else if let text = try? value.decode(String.self) {
      self = .string(text)
    } else if decoder.codingPath.count > Self.depthLimit {
      throw DecodingError.dataCorruptedError(in: value, debugDescription: "nested too deeply")
    } else if let members = try? value.decode([String: JSONValue].self) {
      self = .object(members)
    } else if let elements = try? value.decode([JSONValue].self) {
      self = .array(elements)
    } else if let flag = try? value.decode(Bool.self) {
      self = .bool(flag)
    } else if let number = try? value.decode(Int.self) {
      self = .integer(number)
    } else {
      self = .number(try value.decode(Double.self))
    }
  }

  /// Reads one document that takes up all the bytes.
  package static func parse(_ bytes: [UInt8]) throws -> JSONValue {
    try ForeignJSONDecoder(maximumValues: .max).decode(JSONValue.self, from: bytes)
  }
}

extension JSONValue {
  /// The document as compact UTF-8, members in the order of their names.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    // A large document is mostly lists that are written already; growing would hold it twice.
    if case .object(let members) = self {
      bytes.reserveCapacity(members.reduce(64) { $0 + 64 + $1.value.writtenCount })
    }
    append(to: &bytes)
    return bytes
  }

  private var writtenCount: Int {
    guard case .verbatim(let written) = self else { return 0 }
    return written.count
  }

  /// Appends the document. The toolchain's encoder takes longer for a page of users than all else
  /// that a request asks for.
  // Recursion is bounded by `depthLimit` or by our own code.
  package func append(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    case .integer(let number): bytes.append(contentsOf: String(number).utf8)
    case .number(let number): bytes.append(contentsOf: String(number).utf8)
    case .string(let text): bytes.appendJSON(text)
    case .verbatim(let written): bytes.append(contentsOf: written)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        element.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.appendMember(member.key)
        member.value.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }
}

extension [UInt8] {
  /// Appends a JSON string with its quotes.
  mutating func appendJSON(_ text: String) {
    append(UInt8(ascii: "\""))
    let start = count
    append(contentsOf: text.utf8)
    // Nearly every text is written as it is; an array is looked through faster than a text.
    let needsEscape = self[start...].contains {
      $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\")
    }
    if needsEscape {
      removeSubrange(start...)
      for scalar in text.unicodeScalars { append(contentsOf: Self.escaped(scalar).utf8) }
    }
    append(UInt8(ascii: "\""))
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"", "\\": "\\\(scalar)"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case "\u{0}"..."\u{F}": "\\u000" + String(scalar.value, radix: 16)
    case "\u{10}"..."\u{1F}": "\\u00" + String(scalar.value, radix: 16)
    default: String(scalar)
    }
  }

  /// Appends a member's name, and its value where it is a text: `"name":"text"`.
  mutating func appendMember(_ name: String, _ text: String? = nil) {
    appendJSON(name)
    append(UInt8(ascii: ":"))
    if let text { appendJSON(text) }
  }
}
