import Access
import Execution
import Journal
import Platform
import TestSupport
import Testing

struct InterruptionTests {
  /// Cancels the run as soon as some writes were sent.
  private func interrupted(
    after writes: Int,
    _ actions: [Action]
  ) async throws
    -> (ExecutionResult, SimulatedTenant, ExecutionFixture)
  {
    let fixture = try await ExecutionFixture()
    let sent = Locked(0)
    let cancel = Locked<(@Sendable () -> Void)?>(nil)
    let tenant = SimulatedTenant(beforeReply: { chunk in
      let total = sent.withLock { sent in
        sent += chunk.count
        return sent
      }
      if total >= writes { cancel.withLock { $0 }?() }
    })
    let run = try await fixture.begin()
    let executor = fixture.executor(tenant, pace: .init(chunk: 5, chunksInFlight: 2))
    let started = Locked(false)
    let task = Task {
      while !started.withLock({ $0 }) { await Task.yield() }
      return try await executor.carryOut(plan(actions), in: run)
    }
    cancel.withLock { $0 = { task.cancel() } }
    started.withLock { $0 = true }
    return (try await task.value, tenant, fixture)
  }

  @Test func `an interrupted run finishes and records what is in flight, and begins nothing more`()
    async throws
  {
    let (result, tenant, fixture) = try await interrupted(
      after: 20,
      (0..<100).map { .invite("g\($0)") }
    )
    #expect(result.stop == .interrupted)
    #expect(result.runResult == .interrupted)
    let sent = tenant.state.sent.count
    #expect((20...30).contains(sent))
    #expect(result.outcomes.count { $0 == .done } == sent)
    #expect(result.outcomes.count { $0 == .interrupted } == 100 - sent)
    let record = try await fixture.record()
    #expect(record.unresolved.isEmpty)
    #expect(record.invitations.count == sent)
  }

  @Test func `sessions that an interrupted block owed are revoked by the next run`() async throws {
    var world = SimulatedTenant.World()
    let ana = world.add("ana")
    let fixture = try await ExecutionFixture()
    let first = SimulatedTenant(
      world,
      fate: { write in
        if case .revokeSessions = write.change { return .refused(.unavailable) }
        return .carriedOut
      }
    )
    let result = try await fixture.carryOut(plan([.simple(.block, "ana", ana)]), in: first)
    guard case .failed = result.outcomes[0] else { return #expect(Bool(false)) }
    let second = SimulatedTenant(first.state)
    let next = try await fixture.carryOut(plan([]), in: second)
    #expect(next.recovery.owedRevocations.count == 1)
    #expect(second.state.revocations == [ana])
    #expect(try await fixture.record().unresolved.isEmpty)
    #expect(try await fixture.record().blocks.keys.sorted() == [ana])
  }

  @Test func `sessions are not revoked where the block did not come about`() async throws {
    var world = SimulatedTenant.World()
    let ana = world.add("ana")
    let fixture = try await ExecutionFixture()
    let first = SimulatedTenant(world, fate: { _ in .lost(isCarriedOut: false) })
    _ = try await fixture.carryOut(plan([.simple(.block, "ana", ana)]), in: first)
    fixture.clock.advance(by: .hours(1))
    let second = SimulatedTenant(first.state)
    _ = try await fixture.carryOut(plan([]), in: second)
    #expect(second.state.revocations.isEmpty)
    #expect(try await fixture.record().unresolved.isEmpty)
    #expect(try await fixture.record().blocks.isEmpty)
  }

  @Test func `a journal that takes no intent lets nothing be sent`() async throws {
    let fixture = try await ExecutionFixture()
    let tenant = SimulatedTenant(beforeReply: { _ in await fixture.journal.close() })
    let result = try await fixture.carryOut(
      plan((0..<50).map { .invite("g\($0)") }),
      in: tenant,
      pace: .init(chunk: 10, chunksInFlight: 1)
    )
    guard case .journal(let error) = result.stop else { return #expect(Bool(false)) }
    #expect(error.kind == .closed)
    #expect(tenant.state.sent.count == 10)
    #expect(result.runResult == .stopped)
    // What was sent and could not be recorded is still intended, and will be looked up.
    let next = try await ExecutionFixture(path: fixture.path, folder: fixture.folder)
    #expect(try await next.record().unresolved.count == 10)
  }
}
