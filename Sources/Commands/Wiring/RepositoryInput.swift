internal import Access
internal import Declarations
internal import Git
internal import Platform

/// The repository and folder that a call names, open for reading.
struct RepositoryInput: Sendable {
  let repository: RepositoryActor
  let folder: GitPath
  /// The folder as the user wrote it, without a slash at its end.
  let folderName: String

  init(_ arguments: Arguments) throws(Failure) {
    let path = arguments.value("repo") ?? "."
    var name = arguments.value("path") ?? "desired-state"
    while name.hasSuffix("/"), name != "/" { name.removeLast() }
    if name.hasPrefix("./") { name.removeFirst(2) }
    guard let folder = GitPath(name == "." ? "" : name) else {
      throw .usage(
        UsageError(
          "`--path` takes a folder inside the repository and not `\(name)`",
          hint: "for example `--path desired-state`"
        )
      )
    }
    self.folder = folder
    folderName = name == "." ? "" : name
    repository = RepositoryActor(at: path, executor: QueueExecutor(label: "repository"))
  }

  /// Finds the commit that a revision names.
  func resolve(_ revision: String) async throws(Failure) -> ResolvedRef {
    try await git { (repository) throws(GitError) in try repository.resolve(revision) }
  }

  /// Finds the commit from which the tenant is written.
  func configuredRef(_ ref: String) async throws(Failure) -> ResolvedRef {
    try await git { (repository) throws(GitError) in try repository.configuredRef(ref) }
  }

  /// Loads the declarations of a commit, every object checked against its hash.
  func contents(at commit: ObjectID) async throws(Failure) -> FolderContents {
    let folder = folder
    return try await git { (repository) throws(GitError) in
      try repository.declarations(at: commit, under: folder)
    }
  }

  /// Runs a body on the repository's own thread.
  func git<Result: Sendable>(
    _ body: @Sendable (Repository) throws(GitError) -> Result
  ) async throws(Failure) -> Result {
    do throws(GitError) { return try await repository.read(body) } catch { throw .git(error) }
  }
}
