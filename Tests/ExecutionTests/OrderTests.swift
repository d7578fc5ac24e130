import Access
import Execution
import Platform
import TestSupport
import Testing

/// What is in flight at one time, seen from the tenant's side.
struct OrderTests {
  /// A writer that watches what is in flight and gives others the chance to get in its way.
  fileprivate final class Watch: TenantWriter {
    struct Seen: Sendable {
      var users: Set<UserID> = []
      var addresses: Set<String> = []
      var groups: Set<GroupID> = []
      var chunks = 0
      var most = 0
      var mostWrites = 0
      var collisions = 0
    }

    let seen = Locked(Seen())
    let tenant: SimulatedTenant

    init(_ tenant: SimulatedTenant) { self.tenant = tenant }

    func perform(_ writes: [TenantWrite]) async -> [Result<WriteReceipt, TenantError>] {
      seen.withLock { seen in
        seen.chunks += 1
        seen.most = max(seen.most, seen.chunks)
        seen.mostWrites = max(seen.mostWrites, writes.count)
        for write in writes where !seen.enter(write.change) { seen.collisions += 1 }
      }
      // The next chunk begins once the journal has its intents, however slow the disk is.
      for turn in 0..<200_000 where turn < 20 || seen.withLock({ $0.most == 1 }) {
        await Task.yield()
      }
      let replies = await tenant.perform(writes)
      seen.withLock { seen in
        seen.chunks -= 1
        for write in writes { seen.leave(write.change) }
      }
      return replies
    }
  }

  @Test(arguments: 1...8)
  func `never two writes at once for one user or one group`(_ seed: UInt64) async throws {
    let random = SeededRandomness(seed: seed)
    var world = SimulatedTenant.World()
    var actions: [Action] = []
    for number in 0..<60 {
      let name = "g\(number)"
      let user: UserID? = random.chance(1, in: 2) ? world.add(name) : nil
      let base = actions.count
      if user == nil { actions.append(.invite(name)) }
      let after = user == nil ? [base] : []
      for group in 0..<random.number(in: 0..<4) {
        actions.append(.join(name, ExecutionTests.group(UInt64(group)), user, after: after))
      }
      actions.append(.grant(name, user, after: after))
    }
    let fixture = try await ExecutionFixture()
    let tenant = SimulatedTenant(world)
    let watch = Watch(tenant)
    let result = try await fixture.executor(
      tenant,
      pace: .init(chunk: 7, chunksInFlight: 3),
      writer: watch
    ).carryOut(plan(actions), in: try await fixture.begin())
    #expect(result.outcomes.count { $0 == .done } == actions.count)
    let seen = watch.seen.withLock { $0 }
    #expect(seen.collisions == 0)
    #expect(seen.most <= 3)
    #expect(seen.mostWrites <= 7)
    #expect(seen.most > 1)
  }

  @Test func `a wave is over before the next begins`() async throws {
    var world = SimulatedTenant.World()
    let users = (0..<30).map { world.add("g\($0)") }
    world.assigned = Set(users)
    var actions: [Action] = []
    for (number, user) in users.enumerated() {
      actions.append(.simple(.block, "g\(number)", user))
    }
    for number in 0..<30 { actions.append(.invite("n\(number)")) }
    for number in 0..<30 { actions.append(.grant("n\(number)", after: [30 + number])) }
    for (number, user) in users.enumerated() {
      actions.append(
        .simple(
          .revoke(
            .appRole(SimulatedTenant.app, RoleValue("Reader")),
            .assignment(SimulatedTenant.servicePrincipal, id: user.description)
          ),
          "g\(number)",
          user
        )
      )
    }
    for (number, user) in users.enumerated() {
      actions.append(.simple(.delete, "g\(number)", user))
    }
    let fixture = try await ExecutionFixture()
    let tenant = SimulatedTenant(world)
    _ = try await fixture.carryOut(plan(actions), in: tenant, pace: .init(chunk: 4))
    let waves: [Wave] = tenant.state.sent.map { write in
      switch write.change {
      case .block, .revokeSessions: .contain
      case .invite: .identity
      case .assign: .grant
      case .unassign: .revoke
      default: .delete
      }
    }
    #expect(waves.count == 180)
    #expect(waves == waves.sorted())
  }

  @Test func `a grant that waits for a revocation comes after it`() async throws {
    var world = SimulatedTenant.World()
    let ana = world.add("ana")
    world.members[group(1)] = [ana]
    var grant = Action.grant("ana", ana, after: [0])
    grant.wave = .revoke
    let leave = Action.simple(.revoke(.group(group(1)), .membership(group(1))), "ana", ana)
    let fixture = try await ExecutionFixture()
    let tenant = SimulatedTenant(world)
    let result = try await fixture.carryOut(plan([leave, grant]), in: tenant)
    #expect(result.outcomes == [.done, .done])
    #expect(tenant.state.sent.first?.change == .leave(ana, group(1)))
  }

  @Test func `full chunks are sent where nothing prevents it`() async throws {
    let fixture = try await ExecutionFixture()
    let tenant = SimulatedTenant()
    _ = try await fixture.carryOut(plan((0..<50).map { .invite("g\($0)") }), in: tenant)
    #expect(tenant.state.chunks.sorted() == [10, 20, 20])
  }

  @Test func `progress reports every action once`() async throws {
    let fixture = try await ExecutionFixture()
    _ = try await fixture.carryOut(
      plan([.invite("ana"), .grant("ana", after: [0])]),
      in: SimulatedTenant()
    )
    #expect(
      fixture.events.withLock { $0 } == [
        .began(2), .wave(.identity, actions: 1), .sent(1), .settled(0, .done, settled: 1),
        .wave(.grant, actions: 1), .sent(1), .settled(1, .done, settled: 2),
      ]
    )
  }
}

extension OrderTests.Watch.Seen {
  fileprivate mutating func enter(_ change: TenantWrite.Change) -> Bool {
    switch change {
    case .invite(let address, _, _, _): return addresses.insert(address).inserted
    case .join(let user, let group), .leave(let user, let group):
      let isFirst = groups.insert(group).inserted
      return users.insert(user).inserted && isFirst
    case .assign(let user, _, _): return users.insert(user).inserted
    default: return true
    }
  }

  fileprivate mutating func leave(_ change: TenantWrite.Change) {
    switch change {
    case .invite(let address, _, _, _): addresses.remove(address)
    case .join(let user, let group), .leave(let user, let group):
      groups.remove(group)
      users.remove(user)
    case .assign(let user, _, _): users.remove(user)
    default: break
    }
  }
}
