import Access
import Execution
import Journal
import Platform
import TestSupport

/// A journal, a clock and an executor over a simulated tenant.
struct ExecutionFixture {
  let folder: TemporaryFolder
  let path: String
  let clock: ManualClock
  let randomness: SeededRandomness
  let journal: RunJournal
  let redeemed = Locked<[EmailAddress: String]>([:])
  let events = Locked<[Progress]>([])

  init(
    path: String? = nil,
    folder: TemporaryFolder? = nil,
    clock: ManualClock = ManualClock(),
    randomness: SeededRandomness = SeededRandomness()
  ) async throws {
    let folder = try folder ?? TemporaryFolder()
    self.folder = folder
    self.path = path ?? folder.path("journal.sqlite")
    self.clock = clock
    self.randomness = randomness
    journal = try await RunJournal.open(
      at: self.path,
      executor: QueueExecutor(label: "journal"),
      clock: clock,
      randomness: randomness
    )
  }

  func begin() async throws(JournalError) -> JournaledRun {
    try await journal.begin(
      RunDescription(
        tenant: SimulatedTenant.id,
        ref: "main",
        commit: commit(1),
        command: "apply",
        toolVersion: "test"
      )
    )
  }

  func executor(
    _ tenant: SimulatedTenant,
    pace: Executor.Pace = Executor.Pace(),
    writer: (any TenantWriter)? = nil
  ) -> Executor {
    let redeemed = redeemed
    let events = events
    return Executor(
      writer: writer ?? tenant,
      reader: tenant,
      journal: journal,
      clock: clock,
      randomness: randomness,
      pace: pace,
      redeem: { guest, url in redeemed.withLock { $0[guest] = url.reveal() } },
      progress: { event in events.withLock { $0.append(event) } }
    )
  }

  /// Begins a run and carries a plan out.
  func carryOut(
    _ plan: Plan,
    in tenant: SimulatedTenant,
    pace: Executor.Pace = Executor.Pace(),
    for occasion: Executor.Occasion = .commit
  ) async throws -> ExecutionResult {
    let run = try await begin()
    return try await executor(tenant, pace: pace).carryOut(plan, in: run, for: occasion)
  }

  func record() async throws(JournalError) -> JournalRecord {
    try await journal.record(for: SimulatedTenant.id, ref: "main") ?? JournalRecord()
  }
}

/// A plan of some actions.
func plan(_ actions: [Action], guards: [GuardVerdict] = [], isPartial: Bool = false) -> Plan {
  Plan(
    tenant: SimulatedTenant.id,
    commit: commit(1),
    moment: Moment(seconds: 0),
    actions: actions,
    guards: guards,
    isPartial: isPartial,
    digest: "digest"
  )
}

extension Action {
  static func invite(_ name: String, send: Bool = true) -> Self {
    Self(
      guest: address(name),
      operation: .invite(
        address: address(name).normalised,
        name: nil,
        InvitationSettings(send: send),
        sponsors: []
      ),
      reason: .declared
    )
  }

  static func grant(_ name: String, _ account: UserID? = nil, after: [Int] = []) -> Self {
    Self(
      guest: address(name),
      account: account,
      operation: .grant(
        .appRole(SimulatedTenant.app, RoleValue("Reader")),
        .role(SimulatedTenant.servicePrincipal, SimulatedTenant.role)
      ),
      reason: .declared,
      prerequisites: after
    )
  }

  static func join(
    _ name: String,
    _ group: GroupID,
    _ account: UserID? = nil,
    after: [Int] = []
  )
    -> Self
  {
    Self(
      guest: address(name),
      account: account,
      operation: .grant(.group(group), .membership(group)),
      reason: .declared,
      prerequisites: after
    )
  }

  static func simple(
    _ operation: Operation,
    _ name: String,
    _ account: UserID,
    reason: Reason = .undeclared
  ) -> Self {
    Self(guest: address(name), account: account, operation: operation, reason: reason)
  }
}
