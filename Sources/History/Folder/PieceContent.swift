internal import Access
internal import Declarations
internal import Git

/// What one piece of a file declares.
///
/// A class, so that a piece which stays the same from one commit to the next is the same object.
final class PieceContent {
  let path: GitPath
  let identities: FileIdentities
  /// With the names of the folder looked up; lines are counted from the start of what was parsed.
  private(set) var entries: [DeclaredEntry] = []
  private var positions: [EntryKey: Int]?

  init(_ identities: FileIdentities, path: GitPath) {
    self.identities = identities
    self.path = path
  }

  /// Takes what the piece declares under other names.
  func replace(_ entries: [DeclaredEntry]) {
    self.entries = entries
    positions = nil
  }

  /// Where an entry stands first; `nil` where it does not.
  func first(_ key: EntryKey) -> DeclaredEntry? {
    // The piece of a file that could not be cut may hold everybody.
    guard entries.count > 16 else { return entries.first { $0.key == key } }
    if positions == nil {
      positions = Dictionary(
        entries.enumerated().map { ($0.element.key, $0.offset) },
        uniquingKeysWith: { first, _ in first }
      )
    }
    return positions?[key].map { entries[$0] }
  }
}
