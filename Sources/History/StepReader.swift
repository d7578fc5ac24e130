internal import Access
internal import Git

/// Turns what git says of commits into steps of a history.
struct StepReader {
  /// A step of the chain, whose declarations are still to be judged.
  static func step(_ commit: Commit) throws(GitError) -> HistoryStep {
    let subject = commit.subject
    return HistoryStep(
      commit: try id(commit.id),
      author: person(commit.author),
      committer: person(commit.committer),
      authored: Moment(seconds: commit.author.seconds),
      committed: Moment(seconds: commit.committer.seconds),
      isMerge: commit.parents.count > 1,
      subject: subject,
      pullRequest: PullRequestNumber.find(subject: subject, message: commit.message),
      trailers: trailers(commit)
    )
  }

  /// A commit inside a merged range.
  static func merged(_ commit: Commit) throws(GitError) -> MergedCommit {
    MergedCommit(
      commit: try id(commit.id),
      author: person(commit.author),
      committer: person(commit.committer),
      authored: Moment(seconds: commit.author.seconds),
      committed: Moment(seconds: commit.committer.seconds),
      subject: commit.subject,
      trailers: trailers(commit)
    )
  }

  /// The name of a commit in our own words.
  static func id(_ id: ObjectID) throws(GitError) -> CommitID {
    guard let commit = CommitID(hex: id.hex) else { throw GitError(.corrupt(id)) }
    return commit
  }

  private static func person(_ person: Commit.Person) -> HistoryStep.Person {
    HistoryStep.Person(name: person.name, email: person.email)
  }

  private static func trailers(_ commit: Commit) -> [HistoryStep.Trailer] {
    commit.trailers.map { HistoryStep.Trailer(key: $0.key, value: $0.value) }
  }
}
