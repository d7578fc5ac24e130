/// The commit to which an entry or a removal leads back.
package struct Provenance: Hashable, Sendable {
  package var commit: CommitID
  package var author: String
  package var committed: Moment
  package var pullRequest: Int?
  package var place: SourcePlace?

  package init(
    commit: CommitID,
    author: String,
    committed: Moment,
    pullRequest: Int? = nil,
    place: SourcePlace? = nil
  ) {
    self.commit = commit
    self.author = author
    self.committed = committed
    self.pullRequest = pullRequest
    self.place = place
  }
}
