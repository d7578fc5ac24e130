package import Access

/// The place in history at which an entry begins or ends: the step of the chain, and all that it
/// says about itself.
package struct Origin: Hashable, Sendable {
  package var step: HistoryStep
  /// When that was, as far as a commit's date can be believed.
  package var moment: Moment
  /// The commit inside the merged range that made the change, where it is not the step itself.
  package var inner: CommitID?
  /// What that commit says about itself; `nil` where it is not known.
  package var merged: MergedCommit?
  package var place: SourcePlace?

  package init(
    step: HistoryStep,
    moment: Moment,
    inner: CommitID? = nil,
    merged: MergedCommit? = nil,
    place: SourcePlace? = nil
  ) {
    self.step = step
    self.moment = moment
    self.inner = inner
    self.merged = merged
    self.place = place
  }

  /// The person who wrote the change; of a merge that is seldom the person who merged it.
  package var author: HistoryStep.Person { merged?.author ?? step.author }

  /// Trailers by which people claim to have looked at the change, in order.
  package var claims: [HistoryStep.Trailer] {
    DeclaredChange(step: step, inner: merged, place: place).trailers.filter { trailer in
      ["reviewed-by", "approved-by", "signed-off-by", "acked-by"].contains(trailer.key.lowercased())
    }
  }
}
