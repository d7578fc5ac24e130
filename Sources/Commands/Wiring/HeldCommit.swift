internal import Access
internal import Crypto
internal import Declarations
internal import Git
internal import History

/// A commit that nothing in its declarations stops, with its history, and its entries held to the
/// policies that stood before their last changes.
struct HeldCommit: Sendable {
  let declared: DeclaredCommit
  let desired: DesiredState
  let history: DeclarationHistory
  /// Of everything that the commit's policy says, wherever it says it.
  let policyDigest: String?

  /// Reads the history of a commit and holds its entries; `nil` where something stops everything.
  ///
  /// Findings are printed either way: those that stop, and those that only withhold somebody.
  static func hold(
    _ declared: DeclaredCommit,
    _ context: Context
  ) async throws(Failure) -> HeldCommit? {
    var declared = declared
    var history = DeclarationHistory()
    if let tenant = declared.reading.desired?.tenant {
      history = try await declared.history(for: tenant, context)
      try await declared.hold(to: history, now: context.clock.now())
    }
    // The plan itself tells which entries are skipped, and why.
    let isStopped = declared.reading.desired == nil
    context.show(
      declared.reading.findings.filter { isStopped || $0.scope == .repository },
      commit: declared.commit,
      declared.input
    )
    guard let desired = declared.reading.desired else { return nil }
    return HeldCommit(
      declared: declared,
      desired: desired,
      history: history,
      policyDigest: declared.reading.policy.map { SHA256.digest($0.canonical.bytes).hex }
    )
  }

  /// What the policy lets that the one of the last applied commit did not.
  func loosened(since journal: JournalRecord?) async throws(Failure) -> [PlanFinding] {
    guard let last = journal?.applied.last, let id = ObjectID(hex: last.hex),
      let policy = declared.reading.policy,
      let step = history.chain.lastIndex(where: { $0.commit == last }),
      // Mostly nothing was changed, and then nothing has to be read.
      history.policyEpochs[step] != history.policyEpochs.last
    else { return [] }
    let reader = PolicyReader(folders: declared.folders, tenant: desired.tenant.id)
    let before = try await declared.input.git { (repository) throws(GitError) in
      var reader = reader
      return try reader.policy(at: id, in: repository)
    }
    guard let before else { return [] }
    return PolicyLoosening(from: before, to: policy).parts.map {
      PlanFinding(.policyLoosened, detail: "\($0) since \(last.short), which was applied last")
    }
  }
}
