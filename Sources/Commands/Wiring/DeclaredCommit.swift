internal import Access
internal import Declarations
internal import Git

/// A commit, and what it declares.
struct DeclaredCommit: Sendable {
  let input: RepositoryInput
  let ref: ResolvedRef
  let commit: CommitID
  let reading: DeclarationReading

  /// Reads the declarations of a commit; what is wrong in them is in the reading's findings.
  static func read(
    _ ref: ResolvedRef,
    of input: RepositoryInput,
    now: Moment?
  ) async throws(Failure) -> Self {
    let contents = try await input.contents(at: ref.commit)
    guard let commit = CommitID(hex: ref.commit.hex) else {
      throw .git(GitError(.corrupt(ref.commit)))
    }
    let reading = await DeclarationReader().read(inParallel: contents, now: now)
    return Self(input: input, ref: ref, commit: commit, reading: reading)
  }
}
