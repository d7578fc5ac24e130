internal import Access
internal import Declarations
internal import Git
internal import History

/// A commit, and what it declares.
struct DeclaredCommit: Sendable {
  let input: RepositoryInput
  private(set) var ref: ResolvedRef
  let commit: CommitID
  /// The tree of the folder, whose name stands for everything that is declared.
  let tree: ObjectID?
  let contents: FolderContents
  private(set) var reading: DeclarationReading

  /// Reads the declarations of a commit; what is wrong in them is in the reading's findings.
  static func read(
    _ ref: ResolvedRef,
    of input: RepositoryInput,
    now: Moment?
  ) async throws(Failure) -> Self {
    let contents = try await input.contents(at: ref.commit)
    let folder = input.folder
    let tree = try await input.git { (repository) throws(GitError) in
      try repository.folder(folder, in: try repository.commit(ref.commit))
    }
    guard let commit = CommitID(hex: ref.commit.hex) else {
      throw .git(GitError(.corrupt(ref.commit)))
    }
    let reading = await DeclarationReader().read(inParallel: contents, now: now)
    return Self(
      input: input,
      ref: ref,
      commit: commit,
      tree: tree,
      contents: contents,
      reading: reading
    )
  }

  /// Reads files that are not committed, on top of a commit.
  static func read(
    workTreeOn ref: ResolvedRef,
    of input: RepositoryInput,
    now: Moment
  ) async throws(Failure) -> Self {
    let contents = try await WorkTree.contents(of: input)
    guard let commit = CommitID.uncommitted else { throw .git(GitError(.corrupt(ref.commit))) }
    let reading = await DeclarationReader().read(inParallel: contents, now: now)
    return Self(
      input: input,
      ref: ref,
      commit: commit,
      tree: nil,
      contents: contents,
      reading: reading
    )
  }

  /// The same commit, reached by a ref.
  func reached(by ref: ResolvedRef) -> Self {
    var commit = self
    commit.ref = ref
    return commit
  }

  /// The tenant that the declarations name, also where something else stops them.
  var tenant: TenantDeclaration? { reading.policy?.tenant ?? reading.desired?.tenant }

  /// Where the declarations stand and ever stood, the present folder first.
  var folders: [GitPath] {
    [input.folder] + (reading.policy?.formerly ?? []).compactMap { GitPath($0) }
  }

  /// Who declared what, and when, up to this commit.
  func history(
    for tenant: TenantDeclaration,
    _ context: Context
  ) async throws(Failure) -> DeclarationHistory {
    let cache = UserFolder.cache(context.environment).map {
      HistoryCache(folder: "\($0)/guestlist")
    }
    let request = HistoryRequest(
      tip: ref.commit,
      ref: ref.name ?? tenant.ref,
      folder: input.folder,
      formerly: Array(folders.dropFirst()),
      tenant: tenant.id
    )
    return try await input.git { (repository) throws(GitError) in
      try HistoryReader(cache: cache).read(request, in: repository)
    }
  }

  /// Decides by the history which of several entries that break a rule together came last.
  mutating func order(by history: DeclarationHistory) {
    reading = reading.ordered { history.intervals[$0]?.last?.opened.step }
  }
}
