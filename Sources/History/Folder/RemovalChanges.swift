internal import Access

/// How two states differ in what they say of the addresses that are to be removed.
struct RemovalChanges {
  typealias Said = (guest: EmailAddress, statement: PieceContent.Statement)

  /// Addresses of which something else is said than before, or elsewhere.
  private(set) var changed: [EmailAddress] = []
  /// Addresses of which nothing is said any longer.
  private(set) var ended: [EmailAddress] = []

  init() {}

  /// Compares what differs, or everything: what both say is no change.
  init(from old: some Sequence<Said>, to new: some Sequence<Said>) {
    var said: [EmailAddress: Set<PieceContent.Statement>] = [:]
    var says: [EmailAddress: Set<PieceContent.Statement>] = [:]
    for (guest, statement) in old { said[guest, default: []].insert(statement) }
    for (guest, statement) in new { says[guest, default: []].insert(statement) }
    changed = says.filter { said[$0.key] != $0.value }.map(\.key)
    ended = said.keys.filter { says[$0] == nil }
  }
}
