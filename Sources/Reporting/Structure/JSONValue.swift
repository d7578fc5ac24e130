/// A JSON document with its members in the order in which they were written.
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case string(String)
  case array([JSONValue])
  case object([Member])

  package struct Member: Hashable, Sendable {
    package var name: String
    package var value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The text, or `null` where there is none.
  package static func optional(_ text: String?) -> Self { text.map { .string($0) } ?? .null }

  /// The number, or `null` where there is none.
  package static func optional(_ number: Int?) -> Self { number.map { .integer($0) } ?? .null }

  /// The text of something that describes itself, or `null`.
  package static func described(_ value: (some CustomStringConvertible)?) -> Self {
    value.map { .string($0.description) } ?? .null
  }

  /// The document over several lines, ending with a line end.
  package var text: String {
    var output: [UInt8] = []
    append(to: &output, depth: 0)
    output.append(UInt8(ascii: "\n"))
    return String(decoding: output, as: UTF8.self)
  }

  // As deep as our own reports are, whatever the data.
  private func append(to output: inout [UInt8], depth: Int) {
    switch self {
    case .null: output += "null".utf8
    case .bool(let value): output += (value ? "true" : "false").utf8
    case .integer(let value): output += String(value).utf8
    case .string(let text): Self.append(text, to: &output)
    case .array(let items):
      Self.append(items, between: ("[", "]"), to: &output, depth: depth) { item, output in
        item.append(to: &output, depth: depth + 1)
      }
    case .object(let members):
      Self.append(members, between: ("{", "}"), to: &output, depth: depth) { member, output in
        Self.append(member.name, to: &output)
        output += ": ".utf8
        member.value.append(to: &output, depth: depth + 1)
      }
    }
  }

  private static func append<Item>(
    _ items: [Item],
    between brackets: (String, String),
    to output: inout [UInt8],
    depth: Int,
    _ appendItem: (Item, inout [UInt8]) -> Void
  ) {
    output += brackets.0.utf8
    for (index, item) in items.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      appendLineEnd(to: &output, depth: depth + 1)
      appendItem(item, &output)
    }
    if !items.isEmpty { appendLineEnd(to: &output, depth: depth) }
    output += brackets.1.utf8
  }

  private static func appendLineEnd(to output: inout [UInt8], depth: Int) {
    output.append(UInt8(ascii: "\n"))
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
  }

  /// Adds a string (RFC 8259); what cannot be seen, and what a build's log takes for a command,
  /// is written as a number, so that a report that is printed there does no harm either.
  private static func append(_ text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    var follows = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\"".utf8
      case "\\": output += "\\\\".utf8
      case "\n": output += "\\n".utf8
      case "\r": output += "\\r".utf8
      case "\t": output += "\\t".utf8
      case _ where InvisibleScalars.isInvisible(scalar) || (scalar == "#" && follows):
        for unit in String(scalar).utf16 { output += "\\u\(padded(unit))".utf8 }
      default: output += String(scalar).utf8
      }
      follows = scalar == "#" || (follows && InvisibleScalars.isCombining(scalar))
    }
    output.append(UInt8(ascii: "\""))
  }

  private static func padded(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.utf8.count) + digits
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}
