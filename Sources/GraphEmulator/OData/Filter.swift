/// A parsed `$filter`.
indirect enum Filter: Sendable, Equatable {
  case and([Filter])
  case or([Filter])
  case not(Filter)
  /// The path may end in `$count`: `members/$count gt 1`.
  case compare([String], Comparison, Literal)
  case text(TextTest, [String], String)
  /// `collection/any(variable:condition)`; without a condition the collection is not empty.
  case any([String], variable: String, Filter?)

  enum Comparison: String, Sendable {
    case equal = "eq"
    case notEqual = "ne"
    case greater = "gt"
    case greaterOrEqual = "ge"
    case less = "lt"
    case lessOrEqual = "le"
  }

  enum TextTest: String, Sendable {
    case startsWith = "startswith"
    case endsWith = "endswith"
    case contains
  }

  enum Literal: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    /// In small letters, since texts compare without regard to case.
    case string(String)
    /// A bare date, date and time, or GUID: text without quotes.
    case bare(String)

    /// The text of a string or a bare literal, in small letters.
    var text: String? {
      switch self {
      case .string(let text), .bare(let text): text
      case .null, .bool, .number: nil
      }
    }
  }

  static func parse(_ text: String) throws -> Filter {
    var parser = FilterParser(tokens: try FilterToken.tokens(of: text))
    return try parser.whole()
  }
}

extension GraphFailure {
  static let invalidFilter = Self.badRequest("Invalid filter clause")
}

/// Reads the `$filter` language as far as Graph's directory understands it.
private struct FilterParser {
  let tokens: [FilterToken]
  private var position = 0
  private var nodes = 0

  /// Levels of parentheses, `not` and lambdas that are accepted.
  private static let depthLimit = 32
  /// Conditions in one expression that are accepted; Graph's own limit is near.
  private static let nodeLimit = 1000

  init(tokens: [FilterToken]) { self.tokens = tokens }

  mutating func whole() throws -> Filter {
    let filter = try disjunction(depth: 0)
    try expect(.end)
    return filter
  }

  private var peek: FilterToken { position < tokens.count ? tokens[position] : .end }

  private mutating func next() -> FilterToken {
    defer { position += 1 }
    return peek
  }

  private mutating func expect(_ token: FilterToken) throws {
    guard next() == token else { throw GraphFailure.invalidFilter }
  }

  private mutating func word() throws -> String {
    guard case .word(let word) = next() else { throw GraphFailure.invalidFilter }
    return word
  }

  private mutating func take(_ text: String) -> Bool {
    guard case .word(let word) = peek, word.lowercased() == text else { return false }
    position += 1
    return true
  }

  // Recursion is bounded by `depthLimit`.
  private mutating func disjunction(depth: Int) throws -> Filter {
    var parts = [try conjunction(depth: depth)]
    while take("or") { parts.append(try conjunction(depth: depth)) }
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  private mutating func conjunction(depth: Int) throws -> Filter {
    var parts = [try negation(depth: depth)]
    while take("and") { parts.append(try negation(depth: depth)) }
    return parts.count == 1 ? parts[0] : .and(parts)
  }

  private mutating func negation(depth: Int) throws -> Filter {
    nodes += 1
    guard nodes <= Self.nodeLimit, depth <= Self.depthLimit else {
      throw GraphFailure.invalidFilter
    }
    if take("not") { return .not(try negation(depth: depth + 1)) }
    guard peek == .open else { return try condition(depth: depth) }
    position += 1
    let inner = try disjunction(depth: depth + 1)
    try expect(.close)
    return inner
  }

  private mutating func condition(depth: Int) throws -> Filter {
    let subject = try word()
    if peek == .open { return try call(subject, depth: depth) }
    let path = subject.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard !path.contains("") else { throw GraphFailure.invalidFilter }
    let name = try word().lowercased()
    if name == "in" { return .or(try list().map { .compare(path, .equal, $0) }) }
    guard let comparison = Filter.Comparison(rawValue: name) else {
      throw GraphFailure.invalidFilter
    }
    return .compare(path, comparison, try literal())
  }

  private mutating func call(_ subject: String, depth: Int) throws -> Filter {
    position += 1
    let name = subject.lowercased()
    if let test = Filter.TextTest(rawValue: name) {
      let path = try word()
      try expect(.comma)
      guard case .string(let text) = next() else { throw GraphFailure.invalidFilter }
      try expect(.close)
      // `startsWith(mail,'a') eq true` says the same.
      if take("eq"), !take("true") { throw GraphFailure.invalidFilter }
      return .text(test, path.split(separator: "/").map(String.init), text.lowercased())
    }
    guard name.hasSuffix("/any") else {
      throw GraphFailure.unsupportedQuery("Unsupported Query.")
    }
    let path = subject.split(separator: "/").dropLast().map(String.init)
    guard !path.isEmpty else { throw GraphFailure.invalidFilter }
    if peek == .close {
      position += 1
      return .any(path, variable: "", nil)
    }
    let variable = try word()
    try expect(.colon)
    let condition = try disjunction(depth: depth + 1)
    try expect(.close)
    return .any(path, variable: variable, condition)
  }

  private mutating func list() throws -> [Filter.Literal] {
    try expect(.open)
    var literals = [try literal()]
    while peek == .comma {
      position += 1
      literals.append(try literal())
    }
    try expect(.close)
    return literals
  }

  private mutating func literal() throws -> Filter.Literal {
    switch next() {
    case .string(let text): return .string(text.lowercased())
    case .word("null"): return .null
    case .word("true"): return .bool(true)
    case .word("false"): return .bool(false)
    case .word(let word):
      if let number = Double(word) { return .number(number) }
      guard ObjectID(word) != nil || Timestamp(text: word) != nil else {
        throw GraphFailure.invalidFilter
      }
      return .bare(word.lowercased())
    default: throw GraphFailure.invalidFilter
    }
  }
}

/// What a `$filter` is made of.
private enum FilterToken: Equatable {
  case word(String)
  case string(String)
  case open, close, comma, colon
  case end

  /// Bytes of an expression that are accepted.
  private static let lengthLimit = 16 * 1024

  static func tokens(of text: String) throws -> [FilterToken] {
    let bytes = Array(text.utf8)
    guard bytes.count <= lengthLimit else { throw GraphFailure.invalidFilter }
    var tokens: [FilterToken] = []
    var position = 0
    while position < bytes.count {
      let start = position
      position += 1
      switch bytes[start] {
      case 0x20, 0x09, 0x0A, 0x0D: break
      case 0x28: tokens.append(.open)
      case 0x29: tokens.append(.close)
      case 0x2C: tokens.append(.comma)
      case 0x3A: tokens.append(.colon)
      case 0x27: tokens.append(.string(try quoted(bytes, &position)))
      default:
        guard isWord(bytes, start, start) else { throw GraphFailure.invalidFilter }
        while position < bytes.count, isWord(bytes, start, position) { position += 1 }
        tokens.append(.word(String(decoding: bytes[start..<position], as: UTF8.self)))
      }
    }
    return tokens + [.end]
  }

  /// Reads `it''s'`, the rest of a quoted text.
  private static func quoted(_ bytes: [UInt8], _ position: inout Int) throws -> String {
    var collected: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == 0x27 {
        guard position < bytes.count, bytes[position] == 0x27 else {
          return String(decoding: collected, as: UTF8.self)
        }
        position += 1
      }
      collected.append(byte)
    }
    throw GraphFailure.invalidFilter
  }

  // A colon belongs to a moment that began with a digit, and ends a lambda's variable otherwise.
  private static func isWord(_ bytes: [UInt8], _ start: Int, _ position: Int) -> Bool {
    switch bytes[position] {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2F, 0x2D, 0x2E, 0x24, 0x2B, 0x40, 0x23: true
    case 0x3A: (0x30...0x39).contains(bytes[start])
    default: bytes[position] >= 0x80
    }
  }
}
