/// Who declared what, and when, along the first-parent chain of one ref.
package struct DeclarationHistory: Hashable, Sendable {
  /// The chain, oldest first.
  package var chain: [HistoryStep]
  /// For every entry that was ever declared, the intervals in which it was, oldest first and
  /// neither touching nor overlapping.
  package var intervals: [EntryKey: [DeclaredInterval]]
  /// True where the clone ends before the history does, so that what lies below its oldest commit
  /// is unknown (DESIGN section 5).
  package var isShallow: Bool

  package init(
    chain: [HistoryStep] = [],
    intervals: [EntryKey: [DeclaredInterval]] = [:],
    isShallow: Bool = false
  ) {
    self.chain = chain
    self.intervals = intervals
    self.isShallow = isShallow
  }
}
