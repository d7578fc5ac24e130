internal import Access
internal import Declarations
internal import Git
internal import History

/// A commit, and what it declares.
struct DeclaredCommit: Sendable {
  let input: RepositoryInput
  private(set) var ref: ResolvedRef
  let commit: CommitID
  /// The tree of the folder, whose name represents everything that is declared.
  let tree: ObjectID?
  let contents: FolderContents
  private(set) var reading: DeclarationReading

  /// Reads the commit that a call names; `HEAD` where it names none.
  static func read(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Self {
    let input = try RepositoryInput(arguments)
    let ref = try await input.resolve(arguments.value("ref") ?? "HEAD")
    return try await read(ref, of: input, now: context.clock.now())
  }

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

  /// The tenant; an error where no file names one.
  func requiredTenant() throws(Failure) -> TenantDeclaration {
    if let tenant { return tenant }
    throw .refused(
      .invalid,
      "no file of commit \(commit.short) has a `tenant:` section that can be read",
      hints: ["`guestlist validate` says what is wrong"]
    )
  }

  /// Where the declarations are and ever were, the present folder first.
  var folders: [GitPath] {
    [input.folder] + (reading.policy?.formerly ?? []).compactMap { GitPath($0) }
  }

  /// Who declared what, and when, up to this commit.
  func history(
    for tenant: TenantDeclaration,
    _ context: Context
  ) async throws(Failure) -> DeclarationHistory {
    let reader = HistoryReader(cache: Self.cache(context))
    let request = request(for: tenant)
    return try await input.git { (repository) throws(GitError) in
      try reader.read(request, in: repository)
    }
  }

  /// The same history, with the commits inside merges that made the changes of some entries.
  func attributed(
    _ history: DeclarationHistory,
    _ keys: Set<EntryKey>
  ) async throws(Failure) -> DeclarationHistory {
    guard let tenant = reading.desired?.tenant else { return history }
    let request = request(for: tenant)
    return try await input.git { (repository) throws(GitError) in
      var history = history
      try HistoryReader().attribute(keys, of: request, in: &history, repository)
      return history
    }
  }

  private func request(for tenant: TenantDeclaration) -> HistoryRequest {
    HistoryRequest(
      tip: ref.commit,
      folder: input.folder,
      formerly: Array(folders.dropFirst()),
      tenant: tenant.id
    )
  }

  /// Where histories are kept; `nil` where the environment names no place for it.
  static func cache(_ context: Context) -> HistoryCache? {
    guard let cache = UserFolder.cache(context.environment),
      let state = try? UserFolder.state(context.environment)
    else { return nil }
    return HistoryCache(folder: "\(cache)/guestlist", secretFolder: "\(state)/guestlist")
  }

  /// Decides by the history which of several entries that break a rule together came last.
  mutating func order(by history: DeclarationHistory) {
    reading = reading.ordered { history.intervals[$0]?.last?.opened.step }
  }
}
