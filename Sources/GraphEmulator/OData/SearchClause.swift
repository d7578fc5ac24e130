/// A request's `$search`, such as `"displayName:ana" OR "mail:ana"`.
struct SearchClause {
  /// Any of the groups must hold, and of a group all terms.
  private let groups: [[Term]]

  private struct Term {
    let property: String
    let text: String
  }

  init(_ text: String?) throws {
    guard let text else {
      groups = []
      return
    }
    var groups: [[Term]] = [[]]
    var rest = text[...].trimmed
    while let quote = rest.first {
      guard quote == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else {
        throw Self.malformed
      }
      let inner = rest[rest.index(after: rest.startIndex)..<end]
      let parts = inner.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { throw Self.malformed }
      groups[groups.count - 1].append(
        Term(property: String(parts[0]), text: parts[1].trimmed.lowercased())
      )
      rest = rest[rest.index(after: end)...].trimmed
      if rest.hasPrefix("OR ") {
        groups.append([])
        rest = rest.dropFirst(3).trimmed
      } else if rest.hasPrefix("AND ") {
        rest = rest.dropFirst(4).trimmed
      } else if !rest.isEmpty {
        throw Self.malformed
      }
    }
    guard groups.allSatisfy({ !$0.isEmpty }) else { throw Self.malformed }
    self.groups = groups
  }

  private static let malformed = GraphFailure.badRequest(
    "Syntax error: character is not valid at position 0 in the search clause."
  )

  func matches(_ item: Item) -> Bool {
    groups.isEmpty || groups.contains { $0.allSatisfy { Self.holds($0, item) } }
  }

  // Display names and descriptions are searched word by word, everything else by its start.
  private static func holds(_ term: Term, _ item: Item) -> Bool {
    guard let folded = item.properties[term.property]?.string?.lowercased() else { return false }
    guard ["displayName", "description"].contains(term.property) else {
      return folded.hasPrefix(term.text)
    }
    return folded.hasPrefix(term.text)
      || folded.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
        .contains { $0.hasPrefix(term.text) }
  }
}
