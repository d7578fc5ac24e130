internal import Access
internal import Execution
internal import Journal
internal import MicrosoftGraph
internal import Platform
internal import Reconciliation

/// What a run needs to write: the tenant's lock, the journal in which the run has begun, and the
/// executor.
struct RunWriter: Sendable {
  private let journal: RunJournal
  private let run: JournaledRun
  private let executor: Executor
  private let recovery: Recovery
  private let progress: ProgressLine

  /// Opens a run that may write, hands it to a body, and records how it ended.
  ///
  /// The lock is taken before anything of the tenant is read, so that no two runs plan on one state.
  /// However the body ends, the end is journaled and the lock is given back.
  static func open(
    _ inputs: RunInputs,
    _ arguments: Arguments,
    _ context: Context,
    _ handover: RedeemHandover,
    as command: String,
    _ body: (Run, RunWriter) async throws(Failure) -> (RunResult, Outcomes)
  ) async throws(Failure) -> Outcomes {
    let tenant = inputs.desired.tenant
    let session = try await TenantSession.open(tenant, arguments, context)
    let place = try JournalPlace(arguments, tenant, context.environment)
    let description = RunDescription(
      command,
      tenant,
      commit: inputs.declared.commit,
      arguments,
      context
    )
    return try await place.withRun(description, clock: session.clock, context) {
      (journal, run) throws(Failure) in
      let (reading, writer) = try await make(run, journal, inputs, session, context, handover)
      return try await body(reading, writer)
    }
  }

  /// Records what is seen, and looks up what earlier runs left open.
  private static func make(
    _ run: JournaledRun,
    _ journal: RunJournal,
    _ inputs: RunInputs,
    _ session: TenantSession,
    _ context: Context,
    _ handover: RedeemHandover
  ) async throws(Failure) -> (Run, RunWriter) {
    try await journaled { () async throws(JournalError) in
      try await journal.see(inputs.history.chain.map(\.commit), in: run)
    }
    let progress = ProgressLine(context.console)
    let executor = Executor(
      writer: GraphWriter(session.connection),
      reader: session.reader,
      journal: journal,
      clock: session.clock,
      randomness: context.randomness,
      redeem: { guest, url in try await handover.deliver(guest, url) },
      progress: { progress.show($0) }
    )
    let recovery: Recovery
    do throws(ExecutionError) { recovery = try await executor.recover(in: run) } catch {
      throw .execution(error)
    }
    let tenant = inputs.desired.tenant
    let record = try await journaled { () async throws(JournalError) in
      try await journal.record(for: tenant.id, ref: tenant.ref)
    }
    let writer = RunWriter(
      journal: journal,
      run: run,
      executor: executor,
      recovery: recovery,
      progress: progress
    )
    // A run that writes has a journal, empty before the first; one without any only looks.
    return (try await Run(inputs, session, record ?? JournalRecord(), context), writer)
  }

  /// Carries a plan out, and records which accounts the declared addresses were seen to have.
  func carryOut(
    _ planned: Run.Planned,
    of inputs: RunInputs
  ) async throws(Failure) -> ExecutionResult {
    defer { progress.clear() }
    do throws(ExecutionError) {
      let declared = inputs.desired.guests.map(\.address)
      try await executor.see(declared, in: planned.observed, run: run)
      return try await executor.carryOut(planned.plan, in: run, after: recovery)
    } catch {
      throw .execution(error)
    }
  }

  /// Carries out the one action of a plan that somebody asked for by hand.
  ///
  /// - Throws: Also where the plan has no action, or it is not done.
  func carryOutByHand(
    _ plan: Plan,
    for occasion: Executor.Occasion
  ) async throws(Failure) -> ExecutionResult {
    try await executor.carryOutByHand(plan, for: occasion, in: run, after: recovery)
  }

  /// When an earlier run carried out a plan whole; `nil` where none did.
  func applied(_ digest: String) async throws(Failure) -> Moment? {
    try await Self.journaled { () async throws(JournalError) in
      try await journal.applied(planWithDigest: digest, in: run.tenant)
    }
  }

  private static func journaled<Value: Sendable>(
    _ body: () async throws(JournalError) -> Value
  ) async throws(Failure) -> Value {
    do throws(JournalError) { return try await body() } catch { throw .journal(error) }
  }
}
