internal import Access

/// A value to be written into a file of declarations.
package indirect enum DeclarationValue: Hashable, Sendable {
  /// Any text; in quotes where YAML would read something else.
  case text(String)
  /// A number, a date or `true`, which mean what they look like.
  case plain(String)
  case list([DeclarationValue])
  /// Keys in the order in which they are written.
  case mapping([Pair])

  package struct Pair: Hashable, Sendable {
    package var key: String
    package var value: DeclarationValue

    package init(_ key: String, _ value: DeclarationValue) {
      self.key = key
      self.value = value
    }
  }

  package static func texts(_ values: [String]) -> Self { .list(values.map { .text($0) }) }

  /// A value as a whole file in the layout of `guestlist fmt`.
  package var file: [UInt8] { Array(lines(indent: 0).map { "\($0)\n" }.joined().utf8) }

  /// The value on lines of its own.
  func lines(indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    switch self {
    case .text, .plain: return [margin + scalar(inFlow: false)]
    case .list(let items): return items.flatMap { $0.itemLines(indent: indent) }
    case .mapping(let pairs): return pairs.flatMap { $0.lines(indent: indent) }
    }
  }

  /// The value as an item of a list, with its dash.
  func itemLines(indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    guard case .mapping(let pairs) = self, !pairs.isEmpty else {
      return ["\(margin)- \(isScalar ? scalar(inFlow: false) : flow)"]
    }
    var lines = lines(indent: indent + 2)
    lines[0] = "\(margin)- \(lines[0].dropFirst(indent + 2))"
    return lines
  }

  /// The value on one line.
  var flow: String {
    switch self {
    case .text, .plain: scalar(inFlow: true)
    case .list(let items): "[\(items.map(\.flow).joined(separator: ", "))]"
    case .mapping(let pairs): "{\(pairs.map(\.flow).joined(separator: ", "))}"
    }
  }

  var isScalar: Bool {
    switch self {
    case .text, .plain: true
    case .list, .mapping: false
    }
  }

  var isEmpty: Bool {
    switch self {
    case .text, .plain: false
    case .list(let items): items.isEmpty
    case .mapping(let pairs): pairs.isEmpty
    }
  }

  /// A text or a plain value; nothing for a collection.
  func scalar(inFlow: Bool) -> String {
    switch self {
    case .plain(let text): text
    case .text(let text): Self.isSafe(text, inFlow: inFlow) ? text : Self.quoted(text)
    case .list, .mapping: ""
    }
  }

  static func quoted(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\\(scalar)"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  /// True for a text that needs no quotes for any reader of YAML.
  private static func isSafe(_ text: String, inFlow: Bool) -> Bool {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last, isWord(first), last != " ",
      last != ":", !isTyped(text)
    else { return false }
    var previous: Unicode.Scalar = " "
    for scalar in scalars {
      guard isWord(scalar) || " .-_@+/'()&:".unicodeScalars.contains(scalar) else { return false }
      if previous == ":", inFlow || scalar == " " { return false }
      previous = scalar
    }
    return true
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
  }

  /// True for what some reader of YAML takes for a number, a date, a truth value or nothing at all,
  /// where it is not in quotes.
  static func isTyped(_ text: String) -> Bool {
    let words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"]
    if words.contains(text.lowercased()) { return true }
    guard let first = text.utf8.first, ("0"..."9").contains(Unicode.Scalar(first)) else {
      return false
    }
    return GUID(text) == nil
      && text.utf8.allSatisfy { "0123456789abcdefABCDEFxXoO_.:+-TtZz ".utf8.contains($0) }
  }
}

extension DeclarationValue.Pair {
  func lines(indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    let name = DeclarationValue.text(key).scalar(inFlow: false)
    if value.isScalar { return ["\(margin)\(name): \(value.scalar(inFlow: false))"] }
    if value.isEmpty { return ["\(margin)\(name): \(value.flow)"] }
    return ["\(margin)\(name):"] + value.lines(indent: indent + 2)
  }

  var flow: String { "\(DeclarationValue.text(key).flow): \(value.flow)" }
}
