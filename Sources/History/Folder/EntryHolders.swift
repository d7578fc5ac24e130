internal import Access

/// For every entry that is declared, the pieces that declare it.
struct EntryHolders {
  private var pieces: [EntryKey: [PieceContent]] = [:]
  /// What stands in files that have not been read since the walk was resumed.
  private(set) var unread = UnreadEntries()

  init() {}

  /// Begins with the word of an earlier walk.
  init(unread: UnreadEntries) { self.unread = unread }

  /// Every entry that is declared.
  var keys: Set<EntryKey> { Set(pieces.keys).union(unread.keys) }

  /// How often an entry is declared, each file that has not been read as one.
  func count(of key: EntryKey) -> Int { (pieces[key]?.count ?? 0) + unread.count(of: key) }

  /// The pieces that declare an entry, as far as files have been read.
  subscript(_ key: EntryKey) -> [PieceContent] { pieces[key] ?? [] }

  /// The entries that stand in more than one file, with the number of files.
  var several: [EntryKey: Int] {
    var several: [EntryKey: Int] = [:]
    for (key, contents) in pieces where contents.count + unread.count(of: key) > 1 {
      let count = Set(contents.lazy.map(\.path)).count + unread.count(of: key)
      if count > 1 { several[key] = count }
    }
    for key in unread.keys where unread.count(of: key) > 1 && pieces[key] == nil {
      several[key] = unread.count(of: key)
    }
    return several
  }

  mutating func add(_ content: PieceContent, _ keys: some Sequence<EntryKey>) {
    for key in keys { pieces[key, default: []].append(content) }
  }

  mutating func remove(_ content: PieceContent, _ keys: some Sequence<EntryKey>) {
    for key in keys {
      guard let index = pieces[key]?.firstIndex(where: { $0 === content }) else { continue }
      pieces[key]?.remove(at: index)
      if pieces[key]?.isEmpty == true { pieces[key] = nil }
    }
  }

  /// Puts a piece in the place of another that declares the same entries.
  mutating func replace(_ old: PieceContent, by new: PieceContent) {
    for key in new.entries.keys {
      guard let index = pieces[key]?.firstIndex(where: { $0 === old }) else { continue }
      pieces[key]?[index] = new
    }
  }

  /// Takes the pieces of a file that was not read before; each has its entries.
  mutating func add(unread file: FileState) {
    for content in file.contents { add(content, content.entries.keys) }
    unread.remove(Set(file.contents.lazy.flatMap(\.entries.keys)))
  }

  /// Says that every file is read now, or that one is not what it was.
  mutating func endUnread(isExplained: Bool) { unread.end(isExplained: isExplained) }
}
