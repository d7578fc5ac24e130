/// A commit that came into the chain inside a merge, and made a change there.
///
/// Like a step's, its names and dates are claims.
package struct MergedCommit: Hashable, Sendable {
  package var commit: CommitID
  package var author: HistoryStep.Person
  package var committer: HistoryStep.Person
  package var authored: Moment
  package var committed: Moment
  package var subject: String
  package var trailers: [HistoryStep.Trailer]

  package init(
    commit: CommitID,
    author: HistoryStep.Person,
    committer: HistoryStep.Person,
    authored: Moment,
    committed: Moment,
    subject: String = "",
    trailers: [HistoryStep.Trailer] = []
  ) {
    self.commit = commit
    self.author = author
    self.committer = committer
    self.authored = authored
    self.committed = committed
    self.subject = subject
    self.trailers = trailers
  }
}
