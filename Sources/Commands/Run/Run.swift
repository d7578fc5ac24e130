internal import Access
internal import Git
internal import MicrosoftGraph
internal import Reconciliation

/// One run of a command against a tenant: what its plan follows from, and the way to the tenant.
///
/// A run reads; one that may also write is handed a `RunWriter` beside it.
struct Run: Sendable {
  let inputs: RunInputs
  let session: TenantSession
  /// What the journal tells of earlier runs; `nil` where there is none.
  let record: JournalRecord?
  private let noticed: [PlanFinding]
  private let applied: DesiredState?
  private let baseline: DesiredState?

  /// A plan, and the tenant as it was seen.
  struct Planned: Sendable {
    var checked: Checked<Plan>
    var observed: TenantState

    var plan: Plan { checked.value }
  }

  /// Opens a run that only reads: signs in and reads the journal.
  static func open(
    _ inputs: RunInputs,
    _ arguments: Arguments,
    _ context: Context
  ) async throws(Failure) -> Run {
    let session = try await TenantSession.open(inputs.desired.tenant, arguments, context)
    let place = try JournalPlace(arguments, inputs.desired.tenant, context.environment)
    let record = try await place.record(
      of: inputs.desired.tenant,
      clock: session.clock,
      randomness: context.randomness
    )
    return try await Run(inputs, session, record)
  }

  /// Reads what the plan needs of the commits that the journal names.
  init(
    _ inputs: RunInputs,
    _ session: TenantSession,
    _ record: JournalRecord?
  ) async throws(Failure) {
    self.inputs = inputs
    self.session = session
    self.record = record
    noticed = try await inputs.loosened(since: record)
    applied = try await inputs.declarations(of: record?.applied.last)
    baseline = try await inputs.declarations(of: record?.baseline)
  }

  /// Observes the tenant and plans, reading more where the plan turns out to depend on it.
  func plan() async throws(Failure) -> Planned {
    var state = try await observe(
      ObservationScope(planning: inputs.desired, history: inputs.history)
    )
    var input = planningInput(state)
    var checked = Planner.plan(input)
    // A plan may ask what depends on an account, and that for its roles; never for more.
    for _ in 0..<3 {
      guard let wanted = ObservationScope(completing: checked.value, input) else { break }
      state = state.merging(try await observe(wanted))
      input = planningInput(state)
      checked = Planner.plan(input)
    }
    if let commit = Planner.commitToCompare(checked.value, input) {
      input.earlier = try await inputs.declarations(of: commit)
      checked = Planner.plan(input)
    }
    return Planned(checked: checked, observed: state)
  }

  private func observe(_ scope: ObservationScope) async throws(Failure) -> TenantState {
    do throws(TenantError) { return try await session.reader.observe(scope) } catch {
      throw .tenant(error)
    }
  }

  private func planningInput(_ state: TenantState) -> PlanningInput {
    var input = PlanningInput(
      desired: inputs.desired,
      history: inputs.history,
      journal: record,
      observed: state,
      commit: inputs.declared.commit,
      now: session.clock.now(),
      options: inputs.options,
      circumstances: .init(
        tree: inputs.declared.tree?.hex,
        policyDigest: inputs.policyDigest,
        toolVersion: programVersion,
        distrust: inputs.distrust,
        otherRef: inputs.otherRef(record),
        noticed: noticed
      )
    )
    input.applied = applied
    input.baseline = baseline
    return input
  }
}
