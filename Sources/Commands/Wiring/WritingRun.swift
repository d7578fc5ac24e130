internal import Access
internal import Execution
internal import Journal
internal import Platform
internal import Reconciliation

/// A run that may write: signed in, with the tenant's lock held and its beginning journaled.
struct WritingRun: Sendable {
  let session: TenantSession
  let situation: Situation
  let journal: RunJournal
  let run: JournaledRun
  let executor: Executor
  let recovery: Recovery

  /// Takes the lock before anything of the tenant is read, so that no two runs plan on one state,
  /// looks up what earlier runs left open, and hands the run to a body; the lock is given back
  /// however that ends.
  static func hold(
    _ source: WriteSource,
    _ arguments: Arguments,
    _ context: Context,
    executor make: (TenantSession, RunJournal) -> Executor,
    _ body: (WritingRun) async throws(Failure) -> Outcomes
  ) async throws(Failure) -> Outcomes {
    let options: PlanningOptions
    do { options = try PlanningOptions(arguments, source.desired) } catch { throw .usage(error) }
    let tenant = source.desired.tenant
    let session = try await TenantSession.open(tenant, arguments, context)
    let place = try JournalPlace(arguments, tenant: tenant.id, environment: context.environment)
    let journal = try await journaled { () async throws(JournalError) in
      try await place.open(for: .adding, clock: session.clock, randomness: context.randomness)
    }
    let result: Result<Outcomes, Failure>
    do throws(Failure) {
      let run = try await begin(journal, source, session)
      let executor = make(session, journal)
      let recovery: Recovery
      do throws(ExecutionError) { recovery = try await executor.recover(in: run) } catch {
        throw Failure.execution(error)
      }
      let record = try await journaled { () async throws(JournalError) in
        try await journal.record(for: tenant.id, ref: tenant.ref)
      }
      let situation = Situation(
        source: source.held,
        journal: record,
        options: options,
        otherRef: source.otherRef,
        noticed: try await source.held.loosened(since: record)
      )
      result = .success(
        try await body(
          WritingRun(
            session: session,
            situation: situation,
            journal: journal,
            run: run,
            executor: executor,
            recovery: recovery
          )
        )
      )
    } catch {
      result = .failure(error)
    }
    await journal.close()
    return try result.get()
  }

  /// Records how the run ended, and publishes the head of the chain.
  func end(as result: RunResult, _ context: Context) async throws(Failure) {
    let journal = journal
    let run = run
    let head = try await Self.journaled { () async throws(JournalError) in
      try await journal.end(run, as: result)
    }
    if let head { context.console.detail("journal head: \(head)") }
  }

  private static func begin(
    _ journal: RunJournal,
    _ source: WriteSource,
    _ session: TenantSession
  ) async throws(Failure) -> JournaledRun {
    let tenant = source.desired.tenant
    let holder = LockHolder(
      host: SystemTime.hostName(),
      processID: SystemTime.processID(),
      since: session.clock.now(),
      command: "guestlist apply"
    )
    let description = RunDescription(
      tenant: tenant.id,
      ref: tenant.ref,
      commit: source.declared.commit,
      command: "apply",
      toolVersion: programVersion
    )
    return try await journaled { () async throws(JournalError) in
      try await journal.acquireLock(on: tenant.id, as: holder)
      let run = try await journal.begin(description)
      try await journal.see(source.held.history.chain.map(\.commit), in: run)
      return run
    }
  }

  private static func journaled<Value: Sendable>(
    _ body: () async throws(JournalError) -> Value
  ) async throws(Failure) -> Value {
    do throws(JournalError) { return try await body() } catch { throw .journal(error) }
  }
}
