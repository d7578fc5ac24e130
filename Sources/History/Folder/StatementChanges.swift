internal import Access
internal import Declarations

/// What pieces said about entries, and what those say that took their place.
struct StatementChanges {
  private typealias Statements = [EntryKey: [PieceContent.Statement]]

  private let said: Statements
  private let says: Statements
  private let after: IdentityContext
  private let moved: [PieceContent]

  /// Compares pieces, each lot with the names of its time.
  init(
    from gone: (pieces: [PieceContent], names: IdentityContext),
    to added: (pieces: [PieceContent], names: IdentityContext)
  ) {
    said = Self.statements(gone.pieces, gone.names)
    says = Self.statements(added.pieces, added.names)
    after = added.names
    moved = gone.pieces + added.pieces
  }

  private static func statements(_ pieces: [PieceContent], _ names: IdentityContext) -> Statements {
    var statements: Statements = [:]
    for (key, statement) in pieces.lazy.flatMap({ $0.statements(names) }) {
      statements[key, default: []].append(statement)
    }
    return statements
  }

  /// The entries about which something is said, and not the same as before; what the pieces say that
  /// stay where they are counts with both.
  func keys(besides holders: EntryHolders) -> [EntryKey] {
    let staying = staying(holders)
    let isAnew = says.filter { key, statements in
      let old = said[key] ?? []
      // One against one is the rule, and nothing has to be hashed for it.
      if statements.count == 1, old.count <= 1, staying[key] == nil { return statements != old }
      return Set(statements + (staying[key] ?? [])) != Set(old + (staying[key] ?? []))
    }
    let isLess = said.filter { key, statements in
      guard says[key] == nil, let staying = staying[key] else { return false }
      return !Set(statements).isSubset(of: staying)
    }
    return Array(isAnew.keys) + isLess.keys
  }

  /// What other pieces say about the same entries.
  private func staying(_ holders: EntryHolders) -> Statements {
    let leaving = Set(moved.lazy.map(ObjectIdentifier.init))
    var others: [ObjectIdentifier: PieceContent] = [:]
    func gather(_ key: EntryKey) {
      for piece in holders[key] where !leaving.contains(ObjectIdentifier(piece)) {
        others[ObjectIdentifier(piece)] = piece
      }
    }
    for key in said.keys { gather(key) }
    for key in says.keys where said[key] == nil { gather(key) }
    guard !others.isEmpty else { return [:] }
    return Self.statements(Array(others.values), after)
      .filter { said[$0.key] != nil || says[$0.key] != nil }
  }
}
