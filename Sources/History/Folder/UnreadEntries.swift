internal import Access

/// What files declare that nobody has read in this run, by the word of an earlier one.
struct UnreadEntries {
  /// In how many files each entry stands that have not been read.
  private var counts: [EntryKey: Int]
  /// True once a file declared what was not said of it, so that the word is worth nothing.
  private(set) var isContradicted = false

  init(_ counts: [EntryKey: Int] = [:]) { self.counts = counts }

  var keys: Dictionary<EntryKey, Int>.Keys { counts.keys }

  /// In how many unread files an entry stands.
  func count(of key: EntryKey) -> Int { counts[key] ?? 0 }

  /// Takes out what a file turns out to declare.
  mutating func remove(_ keys: Set<EntryKey>) {
    for key in keys {
      guard let count = counts[key], count > 0 else {
        isContradicted = true
        continue
      }
      counts[key] = count == 1 ? nil : count - 1
    }
  }

  /// Says that every file is read now, or that one is not what it was.
  mutating func end(isExplained: Bool) {
    if !counts.isEmpty || !isExplained { isContradicted = true }
    counts = [:]
  }
}
