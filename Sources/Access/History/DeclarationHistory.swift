/// Who declared what, and when, along the first-parent chain of one ref.
package struct DeclarationHistory: Hashable, Sendable {
  /// The chain, oldest first.
  package var chain: [HistoryStep]
  /// For every entry that was ever declared, the intervals in which it was, oldest first and
  /// neither touching nor overlapping.
  package var intervals: EntryIntervals
  /// True where the clone ends before the history does, so that what lies below its oldest commit
  /// is unknown (DESIGN section 5).
  package var isShallow: Bool
  /// The commits that some edge of an interval names as `inner`: of the entries that somebody asked
  /// about, since it takes reading every commit of a merge.
  package var merged: [CommitID: MergedCommit]
  /// For every guest that was ever declared, each `reviewed` and `return` that was later than all before
  /// it, oldest first.
  package var dates: [EmailAddress: [DeclaredDate]] = [:]

  package init(
    chain: [HistoryStep] = [],
    intervals: EntryIntervals = [:],
    isShallow: Bool = false,
    merged: [CommitID: MergedCommit] = [:]
  ) {
    self.chain = chain
    self.intervals = intervals
    self.isShallow = isShallow
    self.merged = merged
  }

  /// What was declared after a step, ordered; nothing for a step that is not on the chain.
  package func declared(after step: Int) -> [EntryKey] {
    guard chain.indices.contains(step) else { return [] }
    return intervals.lazy.filter { _, intervals in
      intervals.contains { $0.opened.step <= step && step < $0.closed?.step ?? .max }
    }.map(\.key).sorted()
  }
}
