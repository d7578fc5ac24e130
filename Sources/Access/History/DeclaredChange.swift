/// Who made a change of what is declared, and by which step it came into the chain.
///
/// Where a merge brought it, these are two commits: one inside the merged range, by the person who
/// wrote it, and the merge, by the person who accepted it.
package struct DeclaredChange: Hashable, Sendable {
  /// The step since which the change counts; its dates and its pull request are those that matter.
  package let step: HistoryStep
  /// The commit inside the merged range that made the change; `nil` where the step made it itself,
  /// or no single commit can be named.
  package let inner: MergedCommit?
  /// Where the entry was: at an opening in the step, at a closing in the one before.
  package let place: SourcePlace?

  package init(step: HistoryStep, inner: MergedCommit?, place: SourcePlace?) {
    self.step = step
    self.inner = inner
    self.place = place
  }

  /// The commit that made the change.
  package var commit: CommitID { inner?.commit ?? step.commit }
  /// The person who wrote the change.
  package var author: HistoryStep.Person { inner?.author ?? step.author }
  /// The subject of the commit that made the change.
  package var subject: String { inner?.subject ?? step.subject }

  /// What the commit that made the change and the step claim, each claim once.
  package var trailers: [HistoryStep.Trailer] {
    var trailers: [HistoryStep.Trailer] = []
    var seen = Set<HistoryStep.Trailer>()
    for trailer in (inner?.trailers ?? []) + step.trailers where seen.insert(trailer).inserted {
      trailers.append(trailer)
    }
    return trailers
  }
}

extension DeclarationHistory {
  /// Who made the change at an end of an interval; `nil` for an edge of another history.
  package func change(at edge: DeclaredInterval.Edge) -> DeclaredChange? {
    guard chain.indices.contains(edge.step) else { return nil }
    let inner = edge.inner.flatMap { merged[$0] }
    return DeclaredChange(step: chain[edge.step], inner: inner, place: edge.place)
  }

  /// Who introduced the entry, the last time that it was; `nil` for what was never declared.
  package func introduction(of key: EntryKey) -> DeclaredChange? {
    intervals[key]?.last.flatMap { change(at: $0.opened) }
  }

  /// Who removed the entry; `nil` while it is declared, and for what was never declared.
  package func removal(of key: EntryKey) -> DeclaredChange? {
    intervals[key]?.last?.closed.flatMap { change(at: $0) }
  }
}
