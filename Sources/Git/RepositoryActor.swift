/// The actor that a repository is confined to.
///
/// The serial executor is handed in, since every read may wait for the disk and must not do so on
/// the cooperative pool; `Platform.QueueExecutor` is the one for it.
package actor RepositoryActor {
  private let executor: any SerialExecutor
  private let path: String
  private var opened: Repository?

  /// Takes the path of a repository, or of a folder in one; it is opened by the first read.
  package init(at path: String, executor: any SerialExecutor) {
    self.path = path
    self.executor = executor
  }

  nonisolated package var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  /// Runs a body that has the repository for its length.
  /// - Throws: what opening the repository throws, and what the body throws.
  package func read<Result: Sendable>(
    _ body: @Sendable (Repository) throws(GitError) -> Result
  ) throws(GitError) -> Result {
    try body(repository())
  }

  /// Runs a body that fails in its own way; where the repository cannot be opened, it is given why.
  package func read<Result: Sendable, Failure: Error>(
    _ body: @Sendable (Swift.Result<Repository, GitError>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(Swift.Result { () throws(GitError) in try repository() })
  }

  private func repository() throws(GitError) -> Repository {
    if let opened { return opened }
    let repository = try Repository(at: path)
    opened = repository
    return repository
  }
}
