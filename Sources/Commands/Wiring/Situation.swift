internal import Access
internal import Declarations
internal import Git
internal import History
internal import MicrosoftGraph
internal import Platform
internal import Reconciliation

/// Everything that a plan follows from but the tenant: the commit, its history, what the journal
/// knows, and what the user asked for.
struct Situation: Sendable {
  var declared: DeclaredCommit
  var desired: DesiredState
  var history: DeclarationHistory
  var journal: JournalRecord?
  var options: PlanningOptions
  /// Why the commit is not the one that may be written from; `nil` where it is.
  var otherRef: String?

  /// Reads the history of the commit.
  static func history(
    of declared: DeclaredCommit,
    _ desired: DesiredState,
    _ context: Context
  ) async throws(Failure) -> DeclarationHistory {
    let cache = UserFolder.cache(context.environment).map {
      HistoryCache(folder: "\($0)/guestlist")
    }
    let request = HistoryRequest(
      tip: declared.ref.commit,
      ref: declared.ref.name ?? desired.tenant.ref,
      folder: declared.input.folder,
      formerly: (declared.reading.policy?.formerly ?? []).compactMap { GitPath($0) },
      tenant: desired.tenant.id
    )
    return try await declared.input.git { (repository) throws(GitError) in
      try HistoryReader(cache: cache).read(request, in: repository)
    }
  }

  /// Reads the tenant and plans, reading again what the plan turns out to hang on.
  func plan(
    in session: TenantSession
  ) async throws(Failure) -> (checked: Checked<Plan>, input: PlanningInput) {
    do throws(TenantError) {
      var scope: ObservationScope? = ObservationScope(planning: desired, history: history)
      var input: PlanningInput?
      var checked: Checked<Plan>?
      // A plan may ask for ties, those for roles; three looks are all that the planner can want.
      for _ in 0..<4 {
        guard let wanted = scope else { break }
        let seen = try await session.reader.observe(wanted)
        let state = input.map { $0.observed.merging(seen) } ?? seen
        let next = planningInput(state, session)
        let plan = Planner.plan(next)
        scope = ObservationScope(completing: plan.value, next)
        (input, checked) = (next, plan)
      }
      guard let input, let checked else {
        throw TenantError(.malformedReply, operation: "planning", message: "nothing was read")
      }
      return (checked, input)
    } catch {
      throw .tenant(error)
    }
  }

  private func planningInput(_ state: TenantState, _ session: TenantSession) -> PlanningInput {
    PlanningInput(
      desired: desired,
      history: history,
      journal: journal,
      observed: state,
      commit: declared.commit,
      now: session.clock.now(),
      options: options,
      circumstances: .init(
        toolVersion: programVersion,
        distrust: distrust,
        otherRef: otherRef
      )
    )
  }

  /// Why the commits since the last applied one are not trusted; `nil` where no trust is required.
  ///
  /// Signatures are not verified by this version, and a requirement that cannot be met must hold
  /// back every write, never be passed over.
  var distrust: String? {
    switch declared.reading.policy?.trust.requirement {
    case nil, .some(.none): nil
    case .range:
      "`trust.require: range` is declared, and this version of guestlist cannot verify signatures"
    }
  }
}
