import Access
import Execution
import Journal
import TestSupport
import Testing

struct RecoveryTests {
  @Test func `an invitation that was made though its reply was lost is not made again`()
    async throws
  {
    let fixture = try await ExecutionFixture()
    let first = SimulatedTenant(fate: { _ in .lost(isCarriedOut: true) })
    let wanted = plan([.invite("ana"), .grant("ana", after: [0])])
    let lost = try await fixture.carryOut(wanted, in: first)
    guard case .failed(let error) = lost.outcomes[0] else { return #expect(Bool(false)) }
    #expect(error.kind == .unknownOutcome)
    #expect(lost.outcomes[1] == .skipped(because: .prerequisite(0)))
    let second = SimulatedTenant(first.state)
    let result = try await fixture.carryOut(wanted, in: second)
    #expect(result.outcomes == [.alreadyDone, .done])
    #expect(second.state.outbox == [address("ana")])
    let record = try await fixture.record()
    #expect(record.made.count == 1)
    #expect(record.unresolved.isEmpty)
  }

  @Test func `an invitation without a trace is made again after an hour and two look-ups`()
    async throws
  {
    let fixture = try await ExecutionFixture()
    let wanted = plan([.invite("ana")])
    let lost = SimulatedTenant(fate: { _ in .lost(isCarriedOut: false) })
    _ = try await fixture.carryOut(wanted, in: lost)
    let intended = fixture.clock.now()
    let tenant = SimulatedTenant(lost.state)
    for minutes in [10, 20, 29] as [Int64] {
      fixture.clock.advance(by: .minutes(minutes))
      let result = try await fixture.carryOut(wanted, in: tenant)
      #expect(
        result.outcomes == [.skipped(because: .mailUnresolved(until: intended + .hours(1)))]
      )
    }
    fixture.clock.advance(by: .minutes(1))
    let result = try await fixture.carryOut(wanted, in: tenant)
    #expect(result.outcomes == [.done])
    #expect(tenant.state.outbox == [address("ana")])
  }

  @Test func `one look-up is not enough, however late`() async throws {
    let fixture = try await ExecutionFixture()
    let wanted = plan([.invite("ana")])
    let lost = SimulatedTenant(fate: { _ in .lost(isCarriedOut: false) })
    _ = try await fixture.carryOut(wanted, in: lost)
    let tenant = SimulatedTenant(lost.state)
    fixture.clock.advance(by: .days(3))
    let run = try await fixture.begin()
    let executor = fixture.executor(tenant)
    for _ in 0..<3 {
      // The same run looking three times is one look-up.
      let result = try await executor.carryOut(wanted, in: run)
      guard case .skipped(because: .mailUnresolved) = result.outcomes[0] else {
        return #expect(Bool(false))
      }
    }
    let result = try await fixture.carryOut(wanted, in: tenant)
    #expect(result.outcomes == [.done])
  }

  @Test(arguments: [TenantError.Kind.unavailable, .malformedReply])
  func `a gateway's failure says nothing about the invitation behind it`(
    _ kind: TenantError.Kind
  ) async throws {
    let fixture = try await ExecutionFixture()
    let tenant = SimulatedTenant(fate: { _ in .refused(kind) })
    _ = try await fixture.carryOut(plan([.invite("ana")]), in: tenant)
    #expect(try await fixture.record().unresolved.count == 1)
  }

  @Test func `a request for a package without a trace is made again as late as an invitation`()
    async throws
  {
    let fixture = try await ExecutionFixture()
    var world = SimulatedTenant.World()
    let ana = world.add("ana")
    let package = AccessPackageID(GUID(high: 6, low: 1))
    let policy = AssignmentPolicyID(GUID(high: 6, low: 2))
    let request = Action.simple(
      .grant(.package(package), .package(package, policy)),
      "ana",
      ana,
      reason: .declared
    )
    let lost = SimulatedTenant(world, fate: { _ in .lost(isCarriedOut: false) })
    _ = try await fixture.carryOut(plan([request]), in: lost)
    let tenant = SimulatedTenant(lost.state)
    fixture.clock.advance(by: .minutes(30))
    let waiting = try await fixture.carryOut(plan([request]), in: tenant)
    guard case .skipped(because: .mailUnresolved) = waiting.outcomes[0] else {
      return #expect(Bool(false))
    }
    fixture.clock.advance(by: .minutes(30))
    #expect(try await fixture.carryOut(plan([request]), in: tenant).outcomes == [.done])
  }

  @Test func `a resend whose reply was lost counts as mailed`() async throws {
    let fixture = try await ExecutionFixture()
    var world = SimulatedTenant.World()
    let ana = world.add("ana")
    let resend = Action.simple(
      .resend(address: address("ana").normalised, InvitationSettings()),
      "ana",
      ana,
      reason: .notRedeemed(since: Moment(seconds: 0))
    )
    let lost = SimulatedTenant(world, fate: { _ in .lost(isCarriedOut: true) })
    _ = try await fixture.carryOut(plan([resend]), in: lost)
    let sent = fixture.clock.now()
    fixture.clock.advance(by: .days(2))
    let tenant = SimulatedTenant(lost.state)
    let result = try await fixture.carryOut(plan([resend]), in: tenant)
    #expect(result.outcomes == [.skipped(because: .mailedAlready(at: sent))])
    #expect(tenant.state.outbox == [address("ana")])
    #expect(try await fixture.record().invitations == [address("ana"): [sent]])
  }

  @Test func `a guest who was mailed within the hour is not mailed again`() async throws {
    let fixture = try await ExecutionFixture()
    let tenant = SimulatedTenant()
    _ = try await fixture.carryOut(plan([.invite("ana")]), in: tenant)
    fixture.clock.advance(by: .minutes(59))
    // As if the tenant did not show the guest yet.
    let result = try await fixture.carryOut(plan([.invite("ana")]), in: SimulatedTenant())
    guard case .skipped(because: .mailedAlready) = result.outcomes[0] else {
      return #expect(Bool(false))
    }
  }

  @Test(arguments: [true, false])
  func `writes whose replies were lost are found done, or undone in time`(
    _ isDone: Bool
  )
    async throws
  {
    let fixture = try await ExecutionFixture()
    var world = SimulatedTenant.World()
    let ana = world.add("ana")
    let bo = world.add("bo")
    let cy = world.add("cy")
    world.members[group(1)] = [bo]
    let lost = SimulatedTenant(world, fate: { _ in .lost(isCarriedOut: isDone) })
    let actions: [Action] = [
      .grant("ana", ana), .simple(.revoke(.group(group(1)), .membership(group(1))), "bo", bo),
      .simple(.delete, "cy", cy),
    ]
    _ = try await fixture.carryOut(plan(actions), in: lost)
    fixture.clock.advance(by: .minutes(16))
    let result = try await fixture.carryOut(plan([]), in: SimulatedTenant(lost.state))
    #expect(Set(result.recovery.verdicts.values) == [isDone ? .done : .undone])
    let record = try await fixture.record()
    #expect(record.unresolved.isEmpty)
    #expect(record.deletions.isEmpty != isDone)
    #expect(record.grants.isEmpty != isDone)
  }

  @Test func `an incident waits for no look-up, and leaves what is open to the next run`()
    async throws
  {
    let fixture = try await ExecutionFixture()
    var world = SimulatedTenant.World()
    let bo = world.add("bo")
    let lost = SimulatedTenant(world, fate: { _ in .lost(isCarriedOut: true) })
    _ = try await fixture.carryOut(plan([.invite("ana")]), in: lost)
    let tenant = SimulatedTenant(lost.state)
    let incident = plan([.simple(.block, "bo", bo)], isPartial: true)
    let result = try await fixture.carryOut(incident, in: tenant, for: .incident)
    #expect(result.outcomes == [.done])
    #expect(tenant.state.reads == 0)
    #expect(try await fixture.record().unresolved.map(\.guest) == [address("ana")])
  }

  @Test func `where nothing is open, nothing is read`() async throws {
    let fixture = try await ExecutionFixture()
    let tenant = SimulatedTenant()
    _ = try await fixture.carryOut(plan([.invite("ana")]), in: tenant)
    _ = try await fixture.carryOut(plan([]), in: tenant)
    #expect(tenant.state.reads == 0)
  }
}
