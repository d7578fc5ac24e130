internal import Access
internal import Execution
internal import HTTP
internal import Journal
internal import MicrosoftGraph
internal import Platform
internal import Reconciliation
internal import TestSupport

@testable import Worlds

/// One `guestlist apply` of a world's newest commit, in a process of its own.
struct GuestlistRun: Sendable {
  let world: World
  let process: Process
  let folder: TemporaryFolder
  let transport: ServiceTransport
  let clock: any Clock
  let randomness: any Randomness

  /// What a run came to.
  struct Report: Sendable {
    var plan: Plan?
    /// What the journal told the run when it began.
    var record: JournalRecord?
    var result: ExecutionResult?
    /// Why it stopped, in words.
    var failure: String?
  }

  /// Runs, with everything accepted that can be.
  func apply() async -> Report {
    var report = Report()
    do {
      let connection = try connection()
      guard try await connection.token().tenant == Names.tenant else { return report }
      let journal = try await openJournal()
      do {
        try await apply(connection, journal, &report)
      } catch {
        report.failure = "\(error)"
      }
      await journal.close()
    } catch {
      report.failure = "\(error)"
    }
    return report
  }

  /// What `guestlist block` does to a guest.
  func block(_ person: EmailAddress) async -> Report {
    var report = Report()
    do {
      let connection = try connection()
      let journal = try await openJournal()
      do {
        let run = try await journal.begin(description("block"))
        let scope = ObservationScope(addresses: [person], readsGuests: false)
        let record = try await journal.record(for: Names.tenant, ref: "main", of: [person])
        var input = input(record)
        input.history = DeclarationHistory()
        input.observed = try await reader(connection).observe(scope)
        let plan = Planner.block(person, because: "INC", input)
        report.plan = plan
        let executor = executor(connection, journal)
        let result = try await executor.carryOut(plan, in: run, for: .incident)
        report.result = result
        try await journal.end(run, as: result.runResult)
      } catch {
        report.failure = "\(error)"
      }
      await journal.close()
    } catch {
      report.failure = "\(error)"
    }
    return report
  }

  private func apply(
    _ connection: GraphConnection,
    _ journal: RunJournal,
    _ report: inout Report
  ) async throws {
    let holder = LockHolder(host: "runner", processID: 1, since: clock.now(), command: "apply")
    try await journal.acquireLock(on: Names.tenant, as: holder)
    let run = try await journal.begin(description("apply"))
    try await journal.see(world.history.chain.map(\.commit), in: run)
    let executor = executor(connection, journal)
    let recovery = try await executor.recover(in: run)
    let record = try await journal.record(for: Names.tenant, ref: "main") ?? JournalRecord()
    report.record = record
    let reader = reader(connection)
    var (plan, observed) = try await plan(input(record), reader)
    if plan.guards.contains(where: { $0.digest != nil }) {
      var input = input(record)
      input.options.accepted = plan.acceptances
      (plan, observed) = try await self.plan(input, reader)
    }
    report.plan = plan
    try await executor.see(world.desired.guests.map(\.address), in: observed, run: run)
    let result = try await executor.carryOut(plan, in: run, after: recovery)
    report.result = result
    try await journal.end(run, as: result.runResult)
  }

  private func input(_ record: JournalRecord?) -> PlanningInput {
    var input = PlanningInput(
      desired: world.desired,
      history: world.history,
      journal: record,
      observed: TenantState(tenant: Names.tenant),
      commit: world.head,
      now: clock.now()
    )
    input.applied = record?.applied.last.flatMap { world.declared[$0] }
    input.baseline = record?.baseline.flatMap { world.declared[$0] }
    return input
  }

  private func plan(
    _ input: PlanningInput,
    _ reader: GraphReader
  ) async throws -> (Plan, TenantState) {
    var inquiry = PlanInquiry(input)
    while let question = inquiry.next() {
      switch question {
      case .tenant(let scope): inquiry.answer(try await reader.observe(scope))
      case .declarations(let commits):
        for commit in commits { inquiry.answer(world.declared[commit], of: commit) }
      case .attribution: inquiry.answer(input.history)
      }
    }
    return (inquiry.plan().value, inquiry.observed)
  }

  private func description(_ command: String) -> RunDescription {
    RunDescription(
      tenant: Names.tenant,
      ref: "main",
      commit: world.head,
      command: command,
      toolVersion: "simulated"
    )
  }

  /// Opens the journal on an executor that the simulation owns.
  func openJournal() async throws -> RunJournal {
    let process = process
    return try await RunJournal.open(
      at: folder.path("journal.sqlite"),
      executor: StoreExecutor(transport.service.scheduler) { process.pass() },
      clock: clock,
      randomness: randomness
    )
  }

  func connection() throws -> GraphConnection {
    let secret = GraphIdentity.Proof.secret(client: World.client, Secret(World.secret))
    guard let identity = GraphIdentity(tenant: "\(Names.tenant)", proof: secret) else {
      throw HTTPError(.invalidRequest, delivery: .notSent, server: "")
    }
    return GraphConnection(
      to: try GraphEndpoints(loopback: "http://127.0.0.1:1"),
      as: identity,
      transport: transport,
      clock: clock,
      randomness: randomness
    )
  }

  func reader(_ connection: GraphConnection) -> GraphReader {
    GraphReader(connection) { EmailAddress(normalised: $0.lowercased()) }
  }

  private func executor(_ connection: GraphConnection, _ journal: RunJournal) -> Executor {
    Executor(
      writer: GraphWriter(connection),
      reader: reader(connection),
      journal: journal,
      clock: clock,
      randomness: randomness,
      redeem: { _, _ in }
    )
  }
}

/// A machine's clock, which may be wrong.
struct MachineClock: Clock {
  let scheduler: Scheduler
  var skew = Moment.Span(seconds: 0)

  func now() -> Moment { scheduler.now() + skew }

  func sleep(for duration: Duration) async throws(CancellationError) {
    try await scheduler.sleep(for: duration)
  }
}
