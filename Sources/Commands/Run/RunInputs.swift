internal import Access
internal import Crypto
internal import Declarations
internal import Git
internal import History
internal import Reconciliation

/// What a plan follows from besides the tenant and the journal: a commit's declarations, their
/// history, and what the command line asks for.
struct RunInputs: Sendable {
  let source: Source
  let declared: DeclaredCommit
  let desired: DesiredState
  let history: DeclarationHistory
  /// Digest over everything in the commit that counts as policy.
  let policyDigest: String?
  let options: PlanningOptions
  /// The ref that may be written from; `nil` for what is only looked at.
  let configured: ConfiguredRef?
  /// The branch that is planned; `nil` where a hash or an expression was given.
  let branch: String?
  /// The commit that `--anchor` says is good, from which on signatures are verified.
  let anchor: CommitID?

  /// The branch that `tenant.ref` names, and the commit that it is at.
  struct ConfiguredRef: Hashable, Sendable {
    var branch: String
    var resolved: ResolvedRef
  }

  /// Which declarations are loaded.
  enum Source: Hashable, Sendable {
    /// The commit that `--ref` names, or `HEAD`: for looking.
    case named
    /// The files of the work tree, committed or not: for looking.
    case workTree
    /// The commit of the configured ref, whatever `HEAD` is: for a plan that will be applied.
    case configured
    /// The same, for writing.
    case written
  }

  /// Loads declarations with their history and prints what is wrong with them; `nil` where that
  /// stops everything.
  static func load(
    _ source: Source,
    _ arguments: Arguments,
    _ context: Context,
    saved: PlanningOptions? = nil
  ) async throws(Failure) -> RunInputs? {
    let input = try RepositoryInput(arguments)
    let now = context.clock.now()
    let named = try await input.resolve(arguments.value("ref") ?? "HEAD")
    var declared =
      source == .workTree
      ? try await DeclaredCommit.read(workTreeOn: named, of: input, now: now)
      : try await DeclaredCommit.read(named, of: input, now: now)
    var configured: ConfiguredRef?
    if source == .configured || source == .written, let tenant = declared.tenant {
      // Only declarations say which ref that is, so those of `HEAD` are asked first.
      let ref = try await input.configuredRef(tenant.ref)
      configured = ConfiguredRef(branch: tenant.ref, resolved: ref)
      if ref.commit == named.commit {
        declared = declared.reached(by: ref)
      } else if !arguments.has("ref") {
        declared = try await DeclaredCommit.read(ref, of: input, now: now)
      }
    }
    var history = DeclarationHistory()
    if let tenant = declared.tenant {
      history = try await declared.history(for: tenant, context)
      declared.order(by: history)
      let isWritten = source == .configured || source == .written
      let notice = try await input.notice(on: declared, branch: tenant.ref, isWritten: isWritten)
      if let notice, source != .workTree { context.console.note("note: \(notice)") }
    }
    // A plan tells itself which entries are skipped, and why.
    let skipped = Set(declared.reading.desired?.withheld.map(\.address) ?? [])
    let findings = declared.reading.findings.filter { finding in
      if case .entry(let address) = finding.scope { !skipped.contains(address) } else { true }
    }
    context.show(findings, commit: declared.commit, input)
    guard let desired = declared.reading.desired else { return nil }
    var branch = declared.ref.name
    if branch == nil || branch == "HEAD" {
      let head = try await input.git { (repository) throws(GitError) in repository.headBranch }
      branch = arguments.has("ref") ? nil : head
    }
    if source == .workTree {
      history = history.followed(by: desired, as: declared.commit, now: now)
    }
    let options: PlanningOptions
    do { options = try PlanningOptions(arguments, desired, history, saved: saved) } catch {
      throw .usage(error)
    }
    return RunInputs(
      source: source,
      declared: declared,
      desired: desired,
      history: history,
      policyDigest: declared.reading.policy.map { SHA256.digest($0.canonical.bytes).hex },
      options: options,
      configured: configured,
      branch: branch.map(RepositoryInput.shortName),
      anchor: try await anchor(arguments, input)
    )
  }

  private static func anchor(
    _ arguments: Arguments,
    _ input: RepositoryInput
  ) async throws(Failure) -> CommitID? {
    guard let text = arguments.value("anchor") else { return nil }
    return CommitID(hex: try await input.resolve(text).commit.hex)
  }

  /// Why the tenant may not be written from this commit, in a sentence; `nil` where it may.
  ///
  /// A plan of another ref is for looking: only what writes is judged.
  func otherRef(_ record: JournalRecord?) -> String? {
    guard source == .written, let configured else { return nil }
    let (branch, found) = (configured.branch, configured.resolved)
    if declared.ref.commit != found.commit {
      return "the commit is \(declared.commit.short), and `\(found.name ?? branch)` is at "
        + String(found.commit.hex.prefix(12))
    }
    if desired.tenant.ref != branch {
      return "`\(branch)` is the configured ref, and its own declarations name "
        + "`\(desired.tenant.ref)`"
    }
    if let known = record?.ref, known != branch {
      return "the journal knows this tenant from `\(known)`, and the declarations name `\(branch)`"
    }
    return nil
  }

  /// What an earlier commit declared; `nil` where the clone does not have it, or it has no folder.
  func declarations(of commit: CommitID?) async throws(Failure) -> DesiredState? {
    guard let commit else { return nil }
    if commit == declared.commit { return desired }
    return try await reading(of: commit)?.desired
  }

  /// True where a commit is an ancestor that the first-parent chain does not hold: it came in by a
  /// merge, as with `git pull`.
  func hasAncestor(_ commit: CommitID?) async throws(Failure) -> Bool {
    guard let id = commit.flatMap({ ObjectID(hex: $0.hex) }) else { return false }
    let tip = declared.ref.commit
    return try await declared.input.git { (repository) throws(GitError) in
      try repository.position(of: id, to: tip) == .aside
    }
  }

  /// What reading an earlier commit gives; `nil` where the clone does not have it, or it has no folder.
  func reading(of commit: CommitID) async throws(Failure) -> DeclarationReading? {
    guard let id = ObjectID(hex: commit.hex) else { return nil }
    let ref = ResolvedRef(name: nil, commit: id)
    do throws(Failure) {
      return try await DeclaredCommit.read(ref, of: declared.input, now: nil).reading
    } catch {
      guard case .git(let error) = error else { throw error }
      switch error.kind {
      case .folderNotFound, .objectMissing(id, _): return nil
      default: throw .git(error)
      }
    }
  }

  /// What the rules allow that those of the baseline did not, and which changed entries use it.
  func loosened(since record: JournalRecord?) async throws(Failure) -> PolicyLoosening? {
    guard let base = record?.baseline, base != declared.commit,
      let before = try await reading(of: base)
    else { return nil }
    return PolicyLoosening(from: before, to: declared.reading, now: nil)
  }
}
