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
  /// The commits that some edge of an interval names as `inner`.
  package var merged: [CommitID: MergedCommit]
  /// For every guest that was ever declared, each `reviewed` and `return` that was later than all before
  /// it, oldest first.
  package var dates: [EmailAddress: [DeclaredDate]] = [:]
  /// For every entry that stands, the step that last changed what it says or where.
  ///
  /// Where is the file that it stands in. What a guest's own entry grants is a part of that entry;
  /// grants from the resource's side are entries of their own.
  package var changed: [EntryKey: Int]
  /// For every address that `removed` orders away now, the step that last changed what it says or
  /// where.
  package var removals: [EmailAddress: Int]
  /// For every step a number that it shares only with steps of the same policy.
  ///
  /// Two steps with equal numbers have, in all files of the folder, the same sections besides
  /// `guests`, `grants` and `removed`, except for layout and comments. The converse does not hold:
  /// numbers may differ where the policy is the same. A step whose declarations do not parse shares
  /// its number only with neighbours that have the same files. Files that sections only name, like
  /// those of `trust`, are not looked at.
  package var policyEpochs: [Int]

  package init(
    chain: [HistoryStep] = [],
    intervals: EntryIntervals = [:],
    isShallow: Bool = false,
    merged: [CommitID: MergedCommit] = [:],
    changed: [EntryKey: Int] = [:],
    removals: [EmailAddress: Int] = [:],
    policyEpochs: [Int] = []
  ) {
    self.chain = chain
    self.intervals = intervals
    self.isShallow = isShallow
    self.merged = merged
    self.changed = changed
    self.removals = removals
    self.policyEpochs = policyEpochs
  }

  /// What was declared after a step, ordered; nothing for a step that is not on the chain.
  package func declared(after step: Int) -> [EntryKey] {
    guard chain.indices.contains(step) else { return [] }
    return intervals.lazy.filter { _, intervals in
      intervals.contains { $0.opened.step <= step && step < $0.closed?.step ?? .max }
    }.map(\.key).sorted()
  }
}
