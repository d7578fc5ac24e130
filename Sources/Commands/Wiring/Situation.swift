internal import Access
internal import Declarations
internal import Git
internal import MicrosoftGraph
internal import Platform
internal import Reconciliation

/// Everything that a plan follows from but the tenant: the commit, its history, what the journal
/// knows, and what the user asked for.
struct Situation: Sendable {
  var source: HeldCommit
  var journal: JournalRecord?
  var options: PlanningOptions
  /// Why the commit is not the one that may be written from; `nil` where it is.
  var otherRef: String?
  /// What others noticed that belongs into the plan.
  var noticed: [PlanFinding]

  var declared: DeclaredCommit { source.declared }
  var desired: DesiredState { source.desired }
  var history: DeclarationHistory { source.history }

  /// Reads the tenant and plans, reading again what the plan turns out to hang on.
  func plan(
    in session: TenantSession
  ) async throws(Failure) -> (checked: Checked<Plan>, input: PlanningInput) {
    var (checked, input) = try await observeAndPlan(in: session)
    if let commit = Planner.commitToCompare(checked.value, input) {
      input.earlier = try await declarations(of: commit)
      checked = Planner.plan(input)
    }
    // Who made a change inside a merge is looked for only where an action rests on it.
    let guests = Set(checked.value.actions.map(\.guest))
    guard !guests.isEmpty else { return (checked, input) }
    let keys = Set(history.intervals.keys.lazy.filter { guests.contains($0.guest) })
    input.history = try await declared.attributed(history, keys)
    return (Planner.plan(input), input)
  }

  private func observeAndPlan(
    in session: TenantSession
  ) async throws(Failure) -> (checked: Checked<Plan>, input: PlanningInput) {
    var state: TenantState
    do throws(TenantError) {
      state = try await session.reader.observe(
        ObservationScope(planning: desired, history: history)
      )
    } catch {
      throw .tenant(error)
    }
    var input = planningInput(state, session)
    var checked = Planner.plan(input)
    // A plan may ask for ties, those for roles; more looks than these it never wants.
    for _ in 0..<3 {
      guard let wanted = ObservationScope(completing: checked.value, input) else { break }
      do throws(TenantError) {
        state = state.merging(try await session.reader.observe(wanted))
      } catch {
        throw .tenant(error)
      }
      input = planningInput(state, session)
      checked = Planner.plan(input)
    }
    return (checked, input)
  }

  /// What an earlier commit of the chain declared; `nil` where it does not parse or has no folder.
  private func declarations(of commit: CommitID) async throws(Failure) -> DesiredState? {
    guard let id = ObjectID(hex: commit.hex) else { return nil }
    let ref = ResolvedRef(name: nil, commit: id)
    do throws(Failure) {
      return try await DeclaredCommit.read(ref, of: declared.input, now: nil).reading.desired
    } catch {
      if case .git(let error) = error, case .folderNotFound = error.kind { return nil }
      throw error
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
        tree: declared.tree?.hex,
        policyDigest: source.policyDigest,
        toolVersion: programVersion,
        distrust: distrust,
        otherRef: otherRef,
        noticed: noticed
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
