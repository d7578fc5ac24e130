internal import Access
internal import Declarations
internal import Git

/// What two commits declare, as far as their difference needs it.
struct DeclaredRange: Sendable {
  let base: DeclarationReading
  let head: DeclarationReading
  /// The files that differ, below the folder.
  let changed: [String]

  /// What is wrong in the files of the later commit that differ, or with the folder as a whole.
  var errors: [Finding] {
    let files = Set(changed)
    return head.findings.filter { finding in
      finding.severity == .error && (finding.place.map { files.contains($0.file) } ?? true)
    }
  }

  static func read(
    _ range: CommitRange,
    of input: RepositoryInput,
    _ context: Context,
    now: Moment
  ) async throws(Failure) -> Self {
    let folder = input.folder
    let (trees, changes) = try await input.git { (repository) throws(GitError) in
      let base = try? repository.folder(folder, in: try repository.commit(range.base))
      let head = try repository.folder(folder, in: try repository.commit(range.head))
      return ((base, head), try repository.changes(from: base, to: head))
    }
    let contents = trees.0 == nil ? FolderContents() : try await input.contents(at: range.base)
    let base = await DeclarationReader().read(inParallel: contents, now: now)
    let head = await DeclarationReader()
      .read(inParallel: try await input.contents(at: range.head), now: now)
    return Self(base: base, head: head, changed: changes.map(\.path.description))
  }
}

extension CommitID {
  /// The name of a commit in our own words.
  init(_ id: ObjectID) throws(Failure) {
    guard let commit = Self(hex: id.hex) else { throw .git(GitError(.corrupt(id))) }
    self = commit
  }
}
