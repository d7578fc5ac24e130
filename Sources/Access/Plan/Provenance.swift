/// The commit to which an entry or a removal leads back.
package struct Provenance: Hashable, Sendable {
  /// The step of the first-parent chain.
  package var commit: CommitID
  /// The commit inside what the step merged that made the change; `nil` where the step made it
  /// itself, or no single commit can be named.
  package var inner: CommitID?
  /// The person who wrote the change.
  package var author: String
  package var committed: Moment
  package var pullRequest: Int?
  package var place: SourcePlace?

  package init(
    commit: CommitID,
    inner: CommitID? = nil,
    author: String,
    committed: Moment,
    pullRequest: Int? = nil,
    place: SourcePlace? = nil
  ) {
    self.commit = commit
    self.inner = inner
    self.author = author
    self.committed = committed
    self.pullRequest = pullRequest
    self.place = place
  }
}
