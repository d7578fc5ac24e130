internal import Git

/// The two commits that a call compares.
struct CommitRange: Sendable {
  let base: ObjectID
  let head: ObjectID

  /// Finds the two ends of `BASE..HEAD`, of `BASE...HEAD` (what `HEAD` changed since it left
  /// `BASE`), or of `BASE` alone, each side `HEAD` where it is empty.
  ///
  /// Without any words, it is what `HEAD` changed since it left the default branch; on that branch
  /// itself, what its last commit changed.
  static func find(_ words: String?, in input: RepositoryInput) async throws(Failure) -> Self {
    guard let words else { return try await standard(in: input) }
    if let middle = words.firstRange(of: "...") {
      let base = try await commit(words[..<middle.lowerBound], in: input)
      let head = try await commit(words[middle.upperBound...], in: input)
      let name = String(words[..<middle.lowerBound])
      let fork = try await mergeBase(of: base, and: head, named: name, in: input)
      return Self(base: fork, head: head)
    }
    if let middle = words.firstRange(of: "..") {
      return Self(
        base: try await commit(words[..<middle.lowerBound], in: input),
        head: try await commit(words[middle.upperBound...], in: input)
      )
    }
    return Self(
      base: try await commit(words[...], in: input),
      head: try await commit("HEAD", in: input)
    )
  }

  private static func commit(
    _ name: Substring,
    in input: RepositoryInput
  ) async throws(Failure) -> ObjectID {
    try await input.resolve(name.isEmpty ? "HEAD" : String(name)).commit
  }

  private static func mergeBase(
    of base: ObjectID,
    and head: ObjectID,
    named name: String,
    in input: RepositoryInput
  ) async throws(Failure) -> ObjectID {
    let (found, isShallow) = try await input.git { (repository) throws(GitError) in
      (try repository.mergeBase(of: base, and: head), !repository.boundary.isEmpty)
    }
    if let found { return found }
    throw .refused(
      .error,
      "`\(name)` and the later commit have no common ancestor in this clone",
      hints: isShallow
        ? ["the clone is shallow: fetch more (`git fetch --unshallow`), or compare `BASE..HEAD`"]
        : ["compare the two commits themselves: `BASE..HEAD`"]
    )
  }

  private static func standard(in input: RepositoryInput) async throws(Failure) -> Self {
    let head = try await commit("HEAD", in: input)
    let names = try await input.git { (repository) throws(GitError) in
      [repository.remoteDefaultBranch].compactMap(\.self)
        + ["refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main"]
        + ["refs/heads/master"]
    }
    var branch: (name: String, commit: ObjectID)?
    for name in names where branch == nil {
      branch = (try? await input.resolve(name)).map { (name, $0.commit) }
    }
    guard let branch else {
      throw .usage(
        UsageError(
          "there is no default branch to compare with",
          hint: "name two commits: `guestlist diff BASE..HEAD`"
        )
      )
    }
    let fork = try await mergeBase(of: branch.commit, and: head, named: branch.name, in: input)
    guard fork == head else { return Self(base: fork, head: head) }
    let parent = try await input.git { (repository) throws(GitError) in
      try repository.commit(head).parents.first
    }
    guard let parent else {
      throw .usage(
        UsageError(
          "`HEAD` is on the default branch and has no commit before it in this clone",
          hint: "name two commits: `guestlist diff BASE..HEAD`"
        )
      )
    }
    return Self(base: parent, head: head)
  }
}
