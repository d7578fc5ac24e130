/// The query of a request, its system options read.
struct QueryOptions: Sendable {
  /// The parameters as they were sent, without the page token: what a next link repeats.
  private(set) var repeated: [Substring] = []
  private(set) var select: [String]?
  private(set) var filter: Filter?
  private(set) var expand: [Expansion] = []
  private(set) var orderBy: [Ordering] = []
  private(set) var search: String?
  private(set) var top: Int?
  private(set) var skip: Int?
  private(set) var count = false
  private(set) var skipToken: String?
  private(set) var deltaToken: String?
  private(set) var names: Set<String> = []

  struct Expansion: Sendable {
    let name: String
    let select: [String]?
    var expand: [Expansion] = []
  }

  struct Ordering: Sendable {
    let property: String
    let isDescending: Bool
  }

  init() {}

  /// Whether a property is asked for by name.
  func selects(_ name: String) -> Bool { select?.contains(name) ?? false }

  /// Reads what follows the question mark, still encoded.
  init(query: Substring) throws {
    for parameter in query.utf8.split(separator: UInt8(ascii: "&")).map(Substring.init) {
      let parts = parameter.utf8
        .split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        .map(Substring.init)
      guard var name = PercentEncoding.decode(parts[0], plusIsSpace: true),
        let value = PercentEncoding.decode(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
      else { throw GraphFailure.badRequest("The query is not valid.") }
      if name.hasPrefix("$") { name.removeFirst() }
      name = name.lowercased()
      guard names.insert(name).inserted else {
        throw GraphFailure.badRequest("Query option '$\(name)' was specified more than once.")
      }
      if name != "skiptoken", name != "deltatoken" { repeated.append(parameter) }
      try read(name, value)
    }
  }

  private mutating func read(_ name: String, _ value: String) throws {
    switch name {
    case "select": select = Self.names(in: value)
    case "filter": filter = try Filter.parse(value)
    case "expand": expand = try Self.expansions(value)
    case "orderby": orderBy = try Self.orderings(value)
    case "search": search = value
    case "top": top = try Self.number(value, of: name)
    case "skip": skip = try Self.number(value, of: name)
    case "count":
      guard let flag = Bool(value.lowercased()) else {
        throw GraphFailure.badRequest("Invalid value '\(value)' for $count query option found.")
      }
      count = flag
    case "skiptoken": skipToken = value
    case "deltatoken": deltaToken = value
    default: break
    }
  }

  private static func names(in list: String) -> [String] {
    list.utf8.split(separator: UInt8(ascii: ",")).map { String(Substring($0).trimmed) }
      .filter { !$0.isEmpty }
  }

  private static func number(_ text: String, of name: String) throws -> Int {
    guard let number = Int(text), number >= 0 else {
      throw GraphFailure.badRequest("Invalid value '\(text)' for $\(name) query option found.")
    }
    return number
  }

  /// Reads `sponsors,resourceRoleScopes($expand=role($select=id),scope;$top=2)`.
  // Recursion is bounded by `expansionDepth`.
  private static func expansions(
    _ text: some StringProtocol,
    depth: Int = 0
  ) throws -> [Expansion] {
    guard depth < expansionDepth else { throw GraphFailure.invalidExpand }
    var expansions: [Expansion] = []
    for part in try split(text, at: ",") {
      let name = part.prefix { $0 != "(" }
      let inner = part.dropFirst(name.count)
      var select: [String]?
      var expand: [Expansion] = []
      if !inner.isEmpty {
        guard inner.trimmed.last == ")" else { throw GraphFailure.invalidExpand }
        for option in try split(inner.trimmed.dropFirst().dropLast(), at: ";") {
          let words = option.split(separator: "=", maxSplits: 1)
          guard words.count == 2 else { throw GraphFailure.invalidExpand }
          switch words[0].trimmed.lowercased() {
          case "$select": select = names(in: String(words[1]))
          case "$expand": expand = try Self.expansions(words[1], depth: depth + 1)
          default: break
          }
        }
      }
      guard !name.trimmed.isEmpty else { throw GraphFailure.invalidExpand }
      expansions.append(Expansion(name: String(name.trimmed), select: select, expand: expand))
    }
    return expansions
  }

  /// Levels of nested expansions that are accepted.
  private static let expansionDepth = 8

  /// Splits where no parenthesis is open.
  private static func split(
    _ text: some StringProtocol,
    at separator: Character
  ) throws -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    var open = 0
    for index in text.indices {
      switch text[index] {
      case "(": open += 1
      case ")": open -= 1
      case separator where open == 0:
        parts.append(Substring(text[start..<index]))
        start = text.index(after: index)
      default: break
      }
      guard open >= 0 else { throw GraphFailure.invalidExpand }
    }
    guard open == 0 else { throw GraphFailure.invalidExpand }
    return parts + [Substring(text[start...])]
  }

  private static func orderings(_ text: String) throws -> [Ordering] {
    var orderings: [Ordering] = []
    for part in text.split(separator: ",") {
      let words = part.split(separator: " ")
      guard let property = words.first, words.count <= 2 else { throw GraphFailure.invalidOrder }
      let direction = words.count == 2 ? words[1].lowercased() : "asc"
      guard direction == "asc" || direction == "desc" else { throw GraphFailure.invalidOrder }
      orderings.append(
        Ordering(property: String(property), isDescending: direction == "desc")
      )
    }
    return orderings
  }
}

extension GraphFailure {
  fileprivate static let invalidExpand = Self.badRequest("Parsing $expand failed.")
  fileprivate static let invalidOrder = Self.badRequest("Parsing $orderby failed.")
}

extension Substring {
  /// Without spaces at either end.
  var trimmed: Substring {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}
