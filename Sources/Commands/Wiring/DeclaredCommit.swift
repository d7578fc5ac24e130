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
    var reading = DeclarationReader().read(contents.files, now: now)
    reading.findings = contents.findings + reading.findings
    if contents.findings.contains(where: { $0.severity == .error }) { reading.desired = nil }
    return Self(input: input, ref: ref, commit: commit, reading: reading)
  }
}
