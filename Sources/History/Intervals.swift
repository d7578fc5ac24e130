internal import Access

/// Collects the intervals of every entry while the chain is walked.
struct Intervals {
  private(set) var byKey: [EntryKey: [DeclaredInterval]] = [:]

  init(_ byKey: [EntryKey: [DeclaredInterval]] = [:]) { self.byKey = byKey }

  /// True while the entry is declared.
  func isOpen(_ key: EntryKey) -> Bool {
    guard let last = byKey[key]?.last else { return false }
    return last.closed == nil
  }

  mutating func open(_ key: EntryKey, _ edge: DeclaredInterval.Edge, atBoundary: Bool) {
    byKey[key, default: []].append(DeclaredInterval(opened: edge, startsAtBoundary: atBoundary))
  }

  mutating func close(_ key: EntryKey, _ edge: DeclaredInterval.Edge) {
    guard var intervals = byKey[key], !intervals.isEmpty else { return }
    intervals[intervals.count - 1].closed = edge
    byKey[key] = intervals
  }
}
