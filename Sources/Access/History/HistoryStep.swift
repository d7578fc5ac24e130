/// One commit of the first-parent chain, with what it says about itself.
///
/// Names, dates and messages are what the author of the commit wrote: claims, except for the
/// verdict on the signature.
package struct HistoryStep: Hashable, Sendable {
  package var commit: CommitID
  package var author: Person
  package var committer: Person
  package var authored: Moment
  package var committed: Moment
  package var isMerge: Bool
  package var subject: String
  /// The number in the subject that a forge writes when it merges.
  package var pullRequest: Int?
  package var trailers: [Trailer]
  package var reading: Reading

  package init(
    commit: CommitID,
    author: Person,
    committer: Person,
    authored: Moment,
    committed: Moment,
    isMerge: Bool = false,
    subject: String = "",
    pullRequest: Int? = nil,
    trailers: [Trailer] = [],
    reading: Reading = .declares
  ) {
    self.commit = commit
    self.author = author
    self.committer = committer
    self.authored = authored
    self.committed = committed
    self.isMerge = isMerge
    self.subject = subject
    self.pullRequest = pullRequest
    self.trailers = trailers
    self.reading = reading
  }

  package struct Person: Hashable, Sendable {
    package var name: String
    package var email: String

    package init(name: String, email: String) {
      self.name = name
      self.email = email
    }
  }

  package struct Trailer: Hashable, Sendable {
    package var key: String
    package var value: String

    package init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  /// What the commit's declarations were worth.
  package enum Reading: Hashable, Sendable {
    /// They name this tenant, and count.
    case declares
    /// They name another tenant, or none: nothing is declared here.
    case foreign
    /// They do not parse: the last step that did counts.
    case unreadable(String)
  }
}
