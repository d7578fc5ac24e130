internal import Access
internal import Crypto
internal import Declarations
internal import Git
internal import History

/// A commit that nothing in its declarations stops, with its history.
struct HeldCommit: Sendable {
  let declared: DeclaredCommit
  let desired: DesiredState
  let history: DeclarationHistory
  /// Of everything that the commit's policy says, wherever it says it.
  let policyDigest: String?

  /// Reads the history of a commit; `nil` where something stops everything.
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
      declared.order(by: history)
    }
    context.show(declared.reading.findings, commit: declared.commit, declared.input)
    guard let desired = declared.reading.desired, desired.isUsable else { return nil }
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
      let policy = declared.reading.policy, last != declared.commit
    else { return [] }
    let applied = ResolvedRef(name: nil, commit: id)
    let earlier: DeclaredCommit
    do throws(Failure) {
      earlier = try await DeclaredCommit.read(applied, of: declared.input, now: nil)
    } catch {
      if case .git(let error) = error, case .folderNotFound = error.kind { return [] }
      throw error
    }
    guard let before = earlier.reading.policy else { return [] }
    return PolicyLoosening(from: before, to: policy).parts.map {
      PlanFinding(.policyLoosened, detail: "\($0) since \(last.short), which was applied last")
    }
  }
}
