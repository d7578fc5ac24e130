internal import Access
internal import Declarations
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
  private let loosening: PolicyLoosening?
  private let distrust: String?
  private let applied: DesiredState?
  private let baseline: DesiredState?
  private let hasAppliedAncestor: Bool

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
    _ context: Context,
    progress: GraphReader.Progress? = nil
  ) async throws(Failure) -> Run {
    let session = try await TenantSession.open(
      inputs.desired.tenant,
      arguments,
      context,
      progress: progress
    )
    let place = try JournalPlace(arguments, inputs.desired.tenant, context.environment)
    let record = try await place.record(
      of: inputs.desired.tenant,
      clock: session.clock,
      randomness: context.randomness
    )
    return try await Run(inputs, session, record, context)
  }

  /// Reads what the plan needs of the commits that the journal names.
  init(
    _ inputs: RunInputs,
    _ session: TenantSession,
    _ record: JournalRecord?,
    _ context: Context
  ) async throws(Failure) {
    self.inputs = inputs
    self.session = session
    self.record = record
    loosening = try await inputs.loosened(since: record)
    distrust = try await inputs.distrust(since: record, context)
    applied = try await inputs.declarations(of: record?.applied.last)
    baseline = try await inputs.declarations(of: record?.baseline)
    hasAppliedAncestor = try await inputs.hasAncestor(record?.applied.last)
  }

  /// Observes the tenant and plans, reading more where the plan turns out to depend on it.
  func plan() async throws(Failure) -> Planned {
    var inquiry = PlanInquiry(planningInput(TenantState(tenant: session.tenant)))
    while let question = inquiry.next() {
      switch question {
      case .tenant(let scope): inquiry.answer(try await observe(scope))
      case .declarations(let commits):
        for commit in commits {
          inquiry.answer(try await inputs.declarations(of: commit), of: commit)
        }
      case .attribution(let keys):
        inquiry.answer(try await inputs.declared.attributed(inputs.history, keys))
      }
    }
    return Planned(checked: inquiry.plan(), observed: inquiry.observed)
  }

  /// Plans one more mail to a guest, and nothing else.
  func resend(_ person: EmailAddress) async throws(Failure) -> Plan {
    let scope = ObservationScope(addresses: [person], readsGuests: false)
    return Planner.resend(person, planningInput(try await observe(scope)))
  }

  private func observe(_ scope: ObservationScope) async throws(Failure) -> TenantState {
    do throws(TenantError) { return try await session.reader.observe(scope) } catch {
      throw .tenant(error)
    }
  }

  /// What a plan of the commit and a tenant follows from.
  func planningInput(_ state: TenantState) -> PlanningInput {
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
        distrust: distrust,
        otherRef: inputs.otherRef(record),
        noticed: (loosening?.rules ?? []).map { PlanFinding(.policyLoosened, detail: $0) }
      )
    )
    input.circumstances.hasAppliedAncestor = hasAppliedAncestor
    input.applied = applied
    input.baseline = baseline
    input.loosened = Set((loosening?.uses ?? [:]).keys)
    return input
  }
}
