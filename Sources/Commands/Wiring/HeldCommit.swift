internal import Access
internal import Declarations
internal import Git
internal import History

/// A commit that nothing in its declarations stops, with its history, and its entries held to the
/// policies that stood before their last changes.
struct HeldCommit: Sendable {
  let declared: DeclaredCommit
  let desired: DesiredState
  let history: DeclarationHistory

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
    context.show(declared.reading.findings, commit: declared.commit, declared.input)
    return declared.reading.desired.map {
      HeldCommit(declared: declared, desired: $0, history: history)
    }
  }
}
