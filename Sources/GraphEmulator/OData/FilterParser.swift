/// Reads the `$filter` language as far as Graph's directory understands it.
struct FilterParser {
  private let tokens: [FilterLexer.Token]
  private var position = 0
  private var nodes = 0

  /// Levels of parentheses, `not` and lambdas that are accepted.
  static let depthLimit = 32
  /// Conditions in one expression that are accepted; Graph's own limit is near.
  static let nodeLimit = 1000

  private init(_ tokens: [FilterLexer.Token]) { self.tokens = tokens }

  static func parse(_ text: String) throws(GraphFailure) -> FilterExpression {
    var parser = FilterParser(try FilterLexer.tokens(of: text))
    let expression = try parser.disjunction(depth: 0)
    guard parser.peek == .end else { throw .invalidFilter }
    return expression
  }

  private var peek: FilterLexer.Token { position < tokens.count ? tokens[position] : .end }

  private mutating func next() -> FilterLexer.Token {
    defer { position += 1 }
    return peek
  }

  private mutating func expect(_ token: FilterLexer.Token) throws(GraphFailure) {
    guard next() == token else { throw .invalidFilter }
  }

  private mutating func takeWord(_ text: String) -> Bool {
    guard case .word(let word) = peek, word.lowercased() == text else { return false }
    position += 1
    return true
  }

  // Recursion is bounded by `depthLimit`.
  private mutating func disjunction(depth: Int) throws(GraphFailure) -> FilterExpression {
    guard depth <= Self.depthLimit else { throw .invalidFilter }
    var parts = [try conjunction(depth: depth)]
    while takeWord("or") { parts.append(try conjunction(depth: depth)) }
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  private mutating func conjunction(depth: Int) throws(GraphFailure) -> FilterExpression {
    var parts = [try negation(depth: depth)]
    while takeWord("and") { parts.append(try negation(depth: depth)) }
    return parts.count == 1 ? parts[0] : .and(parts)
  }

  private mutating func negation(depth: Int) throws(GraphFailure) -> FilterExpression {
    nodes += 1
    guard nodes <= Self.nodeLimit, depth <= Self.depthLimit else { throw .invalidFilter }
    if takeWord("not") { return .not(try negation(depth: depth + 1)) }
    if peek == .open {
      position += 1
      let inner = try disjunction(depth: depth + 1)
      try expect(.close)
      return inner
    }
    return try condition(depth: depth)
  }

  private mutating func condition(depth: Int) throws(GraphFailure) -> FilterExpression {
    guard case .word(let word) = next() else { throw .invalidFilter }
    if peek == .open { return try call(word, depth: depth) }
    let path = word.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard !path.contains("") else { throw .invalidFilter }
    guard case .word(let name) = next() else { throw .invalidFilter }
    if name.lowercased() == "in" { return .oneOf(path, try list()) }
    guard let comparison = FilterExpression.Comparison(rawValue: name.lowercased()) else {
      throw .invalidFilter
    }
    let literal = try literal()
    guard path.last == "$count" else { return .compare(path, comparison, literal) }
    guard case .number(let number) = literal, let count = Int(exactly: number) else {
      throw .invalidFilter
    }
    return .count(Array(path.dropLast()), comparison, count)
  }

  private mutating func call(_ word: String, depth: Int) throws(GraphFailure) -> FilterExpression {
    position += 1
    let name = word.lowercased()
    if name == "isof" {
      let type = next()
      try expect(.close)
      switch type {
      case .string(let text), .word(let text): return .isOf(text)
      default: throw .invalidFilter
      }
    }
    if let test = FilterExpression.TextTest(rawValue: name) {
      guard case .word(let path) = next() else { throw .invalidFilter }
      try expect(.comma)
      guard case .string(let text) = next() else { throw .invalidFilter }
      try expect(.close)
      // `startsWith(mail,'a') eq true` says the same.
      if takeWord("eq") {
        guard takeWord("true") else { throw .invalidFilter }
      }
      return .text(test, path.split(separator: "/").map(String.init), text)
    }
    guard name.hasSuffix("/any") else { throw .unsupportedQuery("Unsupported Query.") }
    return try lambda(word.split(separator: "/").dropLast().map(String.init), depth: depth)
  }

  private mutating func lambda(
    _ path: [String],
    depth: Int
  ) throws(GraphFailure) -> FilterExpression {
    if peek == .close {
      position += 1
      return .any(path, variable: "", nil)
    }
    guard case .word(let variable) = next() else { throw .invalidFilter }
    try expect(.colon)
    let condition = try disjunction(depth: depth + 1)
    try expect(.close)
    return .any(path, variable: variable, condition)
  }

  private mutating func list() throws(GraphFailure) -> [FilterExpression.Literal] {
    try expect(.open)
    var literals = [try literal()]
    while peek == .comma {
      position += 1
      literals.append(try literal())
    }
    try expect(.close)
    return literals
  }

  private mutating func literal() throws(GraphFailure) -> FilterExpression.Literal {
    switch next() {
    case .string(let text): return .string(text)
    case .word("null"): return .null
    case .word("true"): return .bool(true)
    case .word("false"): return .bool(false)
    case .word(let word):
      if let number = Double(word) { return .number(number) }
      guard ObjectID(word) != nil || Timestamp(text: word) != nil else { throw .invalidFilter }
      return .bare(word)
    default: throw .invalidFilter
    }
  }
}
