/// Finds the operation that a path means; capitals make no difference but in keys.
struct Router: Sendable {
  private struct Node: Sendable {
    var literals: [String: Int] = [:]
    var key: Int?
    var operations: [String: Int] = [:]
  }

  private var nodes = [Node()]
  private let operations: [Operation]

  init(_ operations: [Operation]) {
    self.operations = operations
    for (number, operation) in operations.enumerated() { insert(operation, number) }
  }

  struct Match: Sendable {
    let operation: Operation
    let keys: [Call.Key]
  }

  /// - Throws: 400 for an unknown path, 405 for a known one without this method.
  func match(_ method: String, path: Substring) throws -> Match {
    var node = 0
    var keys: [Call.Key] = []
    var last = ""
    for encoded in path.split(separator: "/", omittingEmptySubsequences: true) {
      guard let segment = PercentEncoding.decode(encoded) else {
        throw GraphFailure.badRequest("The path is not valid.")
      }
      // The token of an application has nobody behind it.
      if node == 0, segment == "me" { throw GraphFailure.notDelegated }
      guard let next = step(from: node, segment, &keys) else {
        throw GraphFailure.unknownSegment(segment)
      }
      node = next
      last = segment
    }
    guard !nodes[node].operations.isEmpty else { throw GraphFailure.unknownSegment(last) }
    guard let number = nodes[node].operations[method] else { throw GraphFailure.methodNotAllowed }
    return Match(operation: operations[number], keys: keys)
  }

  /// Follows one segment; several spellings lead to the same place.
  private func step(
    from node: Int,
    _ segment: String,
    _ keys: inout [Call.Key]
  ) -> Int? {
    if let next = nodes[node].literals[segment.lowercased()] { return next }
    let prefix = "microsoft.graph."
    if let open = segment.firstIndex(of: "("), segment.last == ")" {
      let name = segment[..<open]
      let inner = segment[segment.index(after: open)...].dropLast()
      // A function may be called with its namespace.
      let spelled = [prefix, "graph."].first { name.hasPrefix($0) } ?? ""
      guard let next = nodes[node].literals[name.dropFirst(spelled.count).lowercased()] else {
        return nil
      }
      if inner.isEmpty { return next }
      guard let key = Self.key(inner) else { return nil }
      keys.append(key)
      return nodes[next].key
    }
    if let spelled = [prefix, "graph."].first(where: { segment.hasPrefix($0) }) {
      // A cast, or a function with its namespace.
      let name = segment.dropFirst(spelled.count).lowercased()
      return nodes[node].literals["graph." + name] ?? nodes[node].literals[name]
    }
    guard let next = nodes[node].key else { return nil }
    keys.append(.id(segment))
    return next
  }

  /// Reads `'…'` or `name='…'`; a quote in the text is doubled.
  private static func key(_ inner: Substring) -> Call.Key? {
    if inner.first == "'" { return quoted(inner).map { .id($0) } }
    let parts = inner.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let value = quoted(parts[1]) else { return nil }
    return .alternate(name: String(parts[0]), value: value)
  }

  private static func quoted(_ text: Substring) -> String? {
    guard text.utf8.count >= 2, text.first == "'", text.last == "'" else { return nil }
    let parts = text.dropFirst().dropLast().split(
      separator: "'",
      omittingEmptySubsequences: false
    )
    // Doubled quotes leave an empty part between two others.
    guard parts.count % 2 == 1 else { return nil }
    var value = String(parts[0])
    for index in stride(from: 1, to: parts.count, by: 2) {
      guard parts[index].isEmpty else { return nil }
      value += "'" + parts[index + 1]
    }
    return value
  }

  private mutating func insert(_ operation: Operation, _ number: Int) {
    var node = 0
    for segment in operation.template.split(separator: "/") {
      // `delta()` is reached with and without its parentheses.
      let name = segment.prefix { $0 != "(" }
      node = child(of: node, name == "{}" ? nil : name.lowercased())
    }
    nodes[node].operations[operation.method] = nodes[node].operations[operation.method] ?? number
  }

  private mutating func child(of node: Int, _ name: String?) -> Int {
    if let existing = name.map({ nodes[node].literals[$0] }) ?? nodes[node].key { return existing }
    nodes.append(Node())
    if let name {
      nodes[node].literals[name] = nodes.count - 1
    } else {
      nodes[node].key = nodes.count - 1
    }
    return nodes.count - 1
  }
}
