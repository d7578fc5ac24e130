import Access
import Execution
import Journal
import Platform
import TestSupport
import Testing

struct ExecutorTests {
  @Test func `an invited guest's grants go to the account that the invitation made`() async throws {
    let fixture = try await ExecutionFixture()
    let tenant = SimulatedTenant()
    let result = try await fixture.carryOut(
      plan([.invite("ana"), .grant("ana", after: [0]), .join("ana", group(1), after: [0])]),
      in: tenant
    )
    #expect(result.outcomes == [.done, .done, .done])
    #expect(result.runResult == .completed)
    let ana = try #require(tenant.state.accounts.keys.first)
    #expect(tenant.state.assigned == [ana])
    #expect(tenant.state.members[group(1)] == [ana])
    let record = try await fixture.record()
    #expect(record.accounts == [address("ana"): ana])
    #expect(record.unresolved.isEmpty)
    #expect(record.applied == [commit(1)])
  }

  @Test func `a block revokes the sessions after it`() async throws {
    let fixture = try await ExecutionFixture()
    var world = SimulatedTenant.World()
    let ana = world.add("ana")
    let tenant = SimulatedTenant(world)
    let result = try await fixture.carryOut(plan([.simple(.block, "ana", ana)]), in: tenant)
    #expect(result.outcomes == [.done])
    #expect(tenant.state.sent.map(\.change) == [.block(ana), .revokeSessions(ana)])
    #expect(try await fixture.record().blockCauses == [ana: .removal])
  }

  @Test func `the cause of a block is what the plan or the incident says`() async throws {
    let fixture = try await ExecutionFixture()
    var world = SimulatedTenant.World()
    let ana = world.add("ana")
    let bo = world.add("bo")
    let tenant = SimulatedTenant(world)
    _ = try await fixture.carryOut(
      plan([.simple(.block, "ana", ana, reason: .declaredBlocked("lost laptop"))]),
      in: tenant
    )
    _ = try await fixture.carryOut(
      plan([.simple(.block, "bo", bo)], isPartial: true),
      in: tenant,
      for: .incident
    )
    #expect(try await fixture.record().blockCauses == [ana: .declared, bo: .incident])
  }

  @Test func `one refusal stops what needs it and nothing else`() async throws {
    let fixture = try await ExecutionFixture()
    let tenant = SimulatedTenant(fate: { write in
      if case .invite(let address, _, _, _) = write.change, address.hasPrefix("ana") {
        return .refused(.refused)
      }
      return .carriedOut
    })
    let result = try await fixture.carryOut(
      plan([
        .invite("ana"), .invite("bo"), .grant("ana", after: [0]), .grant("bo", after: [1]),
        .join("ana", group(1), after: [2]),
      ]),
      in: tenant
    )
    guard case .failed(let error) = result.outcomes[0] else { return #expect(Bool(false)) }
    #expect(error.kind == .refused)
    #expect(result.outcomes[1] == .done)
    #expect(result.outcomes[2] == .skipped(because: .prerequisite(0)))
    #expect(result.outcomes[3] == .done)
    #expect(result.outcomes[4] == .skipped(because: .prerequisite(2)))
    #expect(result.runResult == .partial)
    #expect(try await fixture.record().unresolved.isEmpty)
  }

  @Test func `what a guard holds back is not sent, nor what needs it`() async throws {
    let fixture = try await ExecutionFixture()
    var world = SimulatedTenant.World()
    let bo = world.add("bo")
    let tenant = SimulatedTenant(world)
    let result = try await fixture.carryOut(
      plan(
        [.invite("ana"), .grant("ana", after: [0]), .grant("bo", bo)],
        guards: [
          GuardVerdict(.invitations, heldBack: [0], numbers: "1 of 0"),
          GuardVerdict(.grants, heldBack: [2], numbers: "1 of 0", isAccepted: true),
        ]
      ),
      in: tenant
    )
    #expect(
      result.outcomes == [
        .skipped(because: .heldBack([.invitations])), .skipped(because: .heldBack([.invitations])),
        .done,
      ]
    )
    #expect(tenant.state.sent.count == 1)
    #expect(result.recordedCommit)
  }

  @Test func `what a plan takes from a skipped entry is taken`() async throws {
    let fixture = try await ExecutionFixture()
    var world = SimulatedTenant.World()
    let ana = world.add("ana")
    var skipped = plan([.simple(.block, "ana", ana, reason: .declaredBlocked("lost laptop"))])
    skipped.withheld = [WithheldEntry(address: address("ana"), reason: "twice", places: [])]
    let result = try await fixture.carryOut(skipped, in: SimulatedTenant(world))
    #expect(result.outcomes == [.done])
  }

  @Test(arguments: [GuardVerdict.Guard.tenant, .trust, .ref, .clock, .history, .shrink, .suspend])
  func `a plan that is refused as a whole does not record its commit`(
    _ name: GuardVerdict.Guard
  )
    async throws
  {
    let fixture = try await ExecutionFixture()
    let verdict = GuardVerdict(name, heldBack: [0], numbers: "")
    let tenant = SimulatedTenant()
    let result = try await fixture.carryOut(plan([.invite("ana")], guards: [verdict]), in: tenant)
    #expect(!result.recordedCommit)
    let empty = GuardVerdict(name, heldBack: [], numbers: "")
    #expect(try await !fixture.carryOut(plan([], guards: [empty]), in: tenant).recordedCommit)
    #expect(try await fixture.record().applied.isEmpty)
    #expect(tenant.state.sent.isEmpty)
  }

  @Test func `a partial plan does not record its commit`() async throws {
    let fixture = try await ExecutionFixture()
    let result = try await fixture.carryOut(
      plan([.invite("ana")], isPartial: true),
      in: SimulatedTenant()
    )
    #expect(result.outcomes == [.done])
    #expect(!result.recordedCommit)
    #expect(try await fixture.record().applied.isEmpty)
  }

  @Test func `a partial plan founds the journal, so that the next does not take it for lost`()
    async throws
  {
    let fixture = try await ExecutionFixture()
    let partial = plan([.invite("ana")], isPartial: true)
    _ = try await fixture.carryOut(partial, in: SimulatedTenant())
    let record = try await fixture.journal.record(for: SimulatedTenant.id, ref: "main")
    #expect(record?.beginning == .firstRun)
    #expect(record?.made.count == 1)
  }

  @Test func `an incident founds no journal, because its plan knows nothing of earlier runs`()
    async throws
  {
    let fixture = try await ExecutionFixture()
    var world = SimulatedTenant.World()
    let ana = world.add("ana")
    let incident = plan([.simple(.block, "ana", ana)], isPartial: true)
    _ = try await fixture.carryOut(incident, in: SimulatedTenant(world), for: .incident)
    #expect(try await fixture.journal.record(for: SimulatedTenant.id, ref: "main") == nil)
    _ = try await fixture.carryOut(plan([]), in: SimulatedTenant(world))
    #expect(try await fixture.record().blockCauses == [ana: .incident])
  }

  @Test func `an empty plan records that its commit is applied`() async throws {
    let fixture = try await ExecutionFixture()
    let result = try await fixture.carryOut(plan([]), in: SimulatedTenant())
    #expect(result.runResult == .completed)
    #expect(try await fixture.record().applied == [commit(1)])
  }

  @Test func `the commit is on record before the first write is sent`() async throws {
    let fixture = try await ExecutionFixture()
    let seen = Locked<[CommitID]>([])
    let tenant = SimulatedTenant(beforeReply: { _ in
      let record = try? await fixture.record()
      seen.withLock { $0 = record?.applied ?? [] }
    })
    _ = try await fixture.carryOut(plan([.invite("ana")]), in: tenant)
    #expect(seen.withLock { $0 } == [commit(1)])
  }

  @Test func `another tenant than planned is refused before anything`() async throws {
    let fixture = try await ExecutionFixture()
    var other = plan([.invite("ana")])
    other.tenant = TenantID(GUID(high: 9, low: 9))
    let tenant = SimulatedTenant()
    await #expect(throws: ExecutionError.self) { try await fixture.carryOut(other, in: tenant) }
    #expect(tenant.state.sent.isEmpty)
  }

  @Test func `redeem addresses go to the sink and nowhere else`() async throws {
    let fixture = try await ExecutionFixture()
    let result = try await fixture.carryOut(
      plan([.invite("ana", send: false)]),
      in: SimulatedTenant()
    )
    #expect(fixture.redeemed.withLock { $0 }.keys.sorted() == [address("ana")])
    #expect(!"\(result)".contains("redeem?"))
    let file =
      try fixture.folder.bytes("journal.sqlite") + fixture.folder.bytes("journal.sqlite-wal")
    #expect(!String(decoding: file, as: UTF8.self).contains("login.example"))
  }

  @Test func `a redeem address that could not be handed over is reported`() async throws {
    struct Refused: Error {}
    let fixture = try await ExecutionFixture()
    let tenant = SimulatedTenant()
    let executor = Executor(
      writer: tenant,
      reader: tenant,
      journal: fixture.journal,
      clock: fixture.clock,
      randomness: fixture.randomness,
      redeem: { _, _ in throw Refused() }
    )
    let result = try await executor.carryOut(
      plan([.invite("ana", send: false)]),
      in: try await fixture.begin()
    )
    #expect(result.undelivered == [address("ana")])
    #expect(result.outcomes == [.done])
  }

  @Test func `what was so already is success`() async throws {
    let fixture = try await ExecutionFixture()
    var world = SimulatedTenant.World()
    let ana = world.add("ana")
    world.assigned = [ana]
    let result = try await fixture.carryOut(plan([.grant("ana", ana)]), in: SimulatedTenant(world))
    #expect(result.outcomes == [.alreadyDone])
    #expect(result.runResult == .completed)
    #expect(try await fixture.record().grants.isEmpty)
  }

  @Test(arguments: [[5], [-1], [0]])
  func `a plan that contradicts itself does not hang`(_ prerequisites: [Int]) async throws {
    let fixture = try await ExecutionFixture()
    var broken = Action.invite("ana")
    broken.prerequisites = prerequisites
    let result = try await fixture.carryOut(
      plan([broken, .grant("ana", after: [0])]),
      in: SimulatedTenant()
    )
    #expect(
      result.outcomes == [.skipped(because: .malformed), .skipped(because: .prerequisite(0))]
    )
  }

  @Test(arguments: [TenantError.Kind.authentication, .budgetExhausted, .unreachable])
  func `where nothing can succeed any more, the rest is not tried`(
    _ kind: TenantError.Kind
  )
    async throws
  {
    let fixture = try await ExecutionFixture()
    let tenant = SimulatedTenant(fate: { _ in .refused(kind) })
    let actions = (0..<100).map { Action.invite("g\($0)") }
    let result = try await fixture.carryOut(
      plan(actions),
      in: tenant,
      pace: .init(chunk: 10, chunksInFlight: 1)
    )
    #expect(tenant.state.sent.count == 10)
    #expect(result.outcomes.last == .skipped(because: .stopped))
    #expect(result.runResult == .stopped)
    #expect(try await fixture.record().unresolved.isEmpty)
  }

  @Test func `the accounts of declared addresses are remembered, where they are clear`()
    async throws
  {
    let fixture = try await ExecutionFixture()
    var world = SimulatedTenant.World()
    let ana = world.add("ana")
    _ = world.add("bo")
    _ = world.add("bo")
    _ = world.add("cy")
    let tenant = SimulatedTenant(world)
    let state = try await tenant.observe(ObservationScope())
    let run = try await fixture.begin()
    try await fixture.executor(tenant)
      .see([address("ana"), address("bo"), address("dee")], in: state, run: run)
    _ = try await fixture.executor(tenant).carryOut(plan([]), in: run)
    #expect(try await fixture.record().accounts == [address("ana"): ana])
  }

  @Test func `accounts that were lost outside are remembered, and forgotten when they are back`()
    async throws
  {
    let fixture = try await ExecutionFixture()
    var world = SimulatedTenant.World()
    let ana = world.add("ana", isEnabled: false)
    let tenant = SimulatedTenant(world, fate: { _ in .refused(.refused) })
    var lost = plan([])
    lost.lost = [ana: address("ana")]
    _ = try await fixture.carryOut(lost, in: tenant)
    let first = fixture.clock.now()
    fixture.clock.advance(by: .days(1))
    let back = plan([.simple(.unblock, "ana", ana, reason: .returned)])
    _ = try await fixture.carryOut(back, in: tenant)
    #expect(try await fixture.record().losses == [ana: first])
    _ = try await fixture.carryOut(back, in: SimulatedTenant(world))
    #expect(try await fixture.record().losses.isEmpty)
  }

  @Test func `what was accepted is journaled before the first write, and holds until all is done`()
    async throws
  {
    let fixture = try await ExecutionFixture()
    var world = SimulatedTenant.World()
    let guests = ["ana", "bo"].map { ($0, world.add($0)) }
    let actions = guests.map { Action.simple(.block, $0.0, $0.1) }
    let verdict = GuardVerdict(
      .removals,
      heldBack: [0, 1],
      numbers: "",
      digest: "0123456789abcdef",
      isAccepted: true
    )
    let wanted = plan(actions, guards: [verdict])
    // The journal closes under the run, as if it were killed.
    let killed = SimulatedTenant(world, beforeReply: { _ in await fixture.journal.close() })
    _ = try await fixture.carryOut(wanted, in: killed, pace: .init(chunk: 1, chunksInFlight: 1))
    let next = try await ExecutionFixture(path: fixture.path, folder: fixture.folder)
    let accepted = JournalRecord.AcceptedPlan(
      commit: commit(1),
      name: .removals,
      actions: Set(actions.map { .init($0) })
    )
    #expect(try await next.record().accepted == [accepted])
    _ = try await next.carryOut(wanted, in: SimulatedTenant(killed.state))
    #expect(try await next.record().accepted.isEmpty)
  }

  @Test func `what was declined is journaled with its entries, left alone, and asked no more`()
    async throws
  {
    let fixture = try await ExecutionFixture()
    var world = SimulatedTenant.World()
    let ana = world.add("ana")
    var verdict = GuardVerdict(
      .ownership,
      heldBack: [0],
      numbers: "",
      digest: "0123456789abcdef"
    )
    verdict.entries = [.guest(address("ana"))]
    verdict.isDeclined = true
    let tenant = SimulatedTenant(world)
    let wanted = plan([.simple(.block, "ana", ana)], guards: [verdict])
    let result = try await fixture.carryOut(wanted, in: tenant)
    #expect(result.outcomes == [.skipped(because: .heldBack([.ownership]))])
    let record = try await fixture.record()
    #expect(record.ownershipAnswers.declined == [.guest(address("ana"))])
    #expect(record.accepted.isEmpty)
    #expect(record.baseline == commit(1))
  }

  @Test func `an entry that is skipped or held back does not become ours`() async throws {
    let fixture = try await ExecutionFixture()
    var wanted = plan(
      [.invite("ana"), .grant("ana", after: [0]), .invite("bo")],
      guards: [GuardVerdict(.invitations, heldBack: [0], numbers: "")]
    )
    wanted.withheld = [WithheldEntry(address: address("cy"), reason: "", places: [])]
    _ = try await fixture.carryOut(wanted, in: SimulatedTenant())
    let grant = GrantKey(
      guest: address("ana"),
      resource: .appRole(SimulatedTenant.app, RoleValue("Reader"))
    )
    let record = try await fixture.record()
    let left: Set<EntryKey> = [.guest(address("ana")), .grant(grant), .guest(address("cy"))]
    #expect(record.notCarriedOut == [commit(1): left])
    #expect(record.baseline == nil)
    _ = try await fixture.carryOut(plan([.invite("ana")]), in: SimulatedTenant())
    #expect(try await fixture.record().notCarriedOut.isEmpty)
    #expect(try await fixture.record().baseline == commit(1))
  }
}
