import Access
import Execution
import FoundationEssentials
import Journal
import Platform
import TestSupport
import Testing

/// Runs that are killed: the process is gone at some point, and a later one starts from what was
/// on the disk and in the tenant at that point.
struct CutOffTests {
  @Test func `a run cut off anywhere is continued by the next to the same end`() async throws {
    var point = 0
    while true {
      let story = Story(seed: 1, guests: 2, faults: 0)
      let wasCut = try await story.tell(cuts: [point])
      story.check("cut at point \(point)")
      guard wasCut else { break }
      point += 1
    }
    // Intents, each write, each outcome and what lies between them: fewer would not be all.
    #expect(point >= 20)
  }

  @Test(arguments: 1...40)
  func `whatever is lost and however often it is killed, it ends the same and mails nobody twice`(
    _ seed: UInt64
  ) async throws {
    let random = SeededRandomness(seed: seed &* 77)
    let story = Story(seed: seed, guests: 2 + random.number(in: 0..<5), faults: 4)
    let cuts = (0..<random.number(in: 1..<5)).map { _ in random.number(in: 0..<40) }
    _ = try await story.tell(cuts: cuts)
    story.check("seed \(seed)")
  }
}

/// A tenant that is to become what is wanted of it, over as many runs as that takes.
private final class Story {
  private let random: SeededRandomness
  private let clock = ManualClock()
  private let faultyRuns: Int
  private let invited: [String]
  private let leavers: [String]
  private var world = SimulatedTenant.World()
  private var runs = 0

  init(seed: UInt64, guests: Int, faults: Int) {
    random = SeededRandomness(seed: seed)
    faultyRuns = faults
    invited = (0..<guests).map { "new\($0)" }
    leavers = (0..<2).map { "old\($0)" }
    for name in leavers {
      let user = world.add(name)
      world.assigned.insert(user)
      world.members[group(1), default: []].insert(user)
    }
  }

  /// Runs until the tenant is as wanted and nothing is open, and returns whether any run was cut.
  ///
  /// The first runs are cut at the given points, one each, where they get that far.
  func tell(cuts: [Int]) async throws -> Bool {
    var folder = try TemporaryFolder()
    var cuts = cuts[...]
    var wasCut = false
    while runs < 60 {
      runs += 1
      clock.advance(by: .minutes(Int64(random.number(in: 5..<45))))
      let fixture = try await ExecutionFixture(folder: folder, clock: clock, randomness: random)
      let tenant = tenant()
      let cut = Cut(at: cuts.popFirst(), of: fixture, tenant, into: try TemporaryFolder())
      let isConverged = try await run(fixture, tenant, cut)
      await fixture.journal.close()
      if let left = cut.left.withLock({ $0 }) {
        wasCut = true
        world = left.world
        folder = left.folder
      } else {
        world = tenant.state
        if isConverged { return wasCut }
      }
    }
    Issue.record("no end after \(runs) runs")
    return wasCut
  }

  private func tenant() -> SimulatedTenant {
    let random = random
    let isFaulty = runs <= faultyRuns
    return SimulatedTenant(
      world,
      clock: clock,
      lag: .minutes(10),
      fate: { _ in
        guard isFaulty else { return .carriedOut }
        switch random.number(in: 0..<10) {
        case 0: return .lost(isCarriedOut: true)
        case 1: return .lost(isCarriedOut: false)
        case 2: return .refused(.unavailable)
        case 3: return .refused(.throttled)
        default: return .carriedOut
        }
      }
    )
  }

  private func run(
    _ fixture: ExecutionFixture,
    _ tenant: SimulatedTenant,
    _ cut: Cut
  ) async throws -> Bool {
    let run = try await fixture.begin()
    let observed = try await tenant.observe(ObservationScope(groups: [group(1)]))
    let wanted = plan(actions(observed))
    let executor = Executor(
      writer: cut,
      reader: tenant,
      journal: fixture.journal,
      clock: clock,
      randomness: random,
      pace: .init(chunk: 2, chunksInFlight: 1),
      redeem: { _, _ in },
      progress: { event in
        if case .settled = event { cut.pass() }
      }
    )
    _ = try await executor.carryOut(wanted, in: run)
    let open = try await fixture.journal.openIntents(of: SimulatedTenant.id)
    return wanted.actions.isEmpty && open.isEmpty
  }

  /// What a planner that knows nothing but what it sees would do.
  private func actions(_ state: TenantState) -> [Action] {
    var actions: [Action] = []
    let assigned = Set(state.apps.values.flatMap(\.assignments).map(\.principal))
    let members = state.groups[group(1)]?.members ?? []
    func account(_ name: String) -> Account? {
      state.accounts.values.first { $0.addresses.contains(address(name)) }
    }
    for name in leavers {
      guard let user = account(name), user.isEnabled else { continue }
      actions.append(.simple(.block, name, user.id))
    }
    for name in invited where account(name) == nil { actions.append(.invite(name)) }
    for name in invited {
      let user = account(name)?.id
      let invitation = actions.firstIndex { $0.verb == .invite && $0.guest == address(name) }
      let after = invitation.map { [$0] } ?? []
      if user.map({ assigned.contains(.user($0)) }) != true {
        actions.append(.grant(name, user, after: after))
      }
      if user.map({ members.contains($0) }) != true {
        actions.append(.join(name, group(1), user, after: after))
      }
    }
    for name in leavers {
      guard let user = account(name)?.id else { continue }
      if assigned.contains(.user(user)) {
        let target = Action.RevocationTarget.assignment(
          SimulatedTenant.servicePrincipal,
          id: user.description
        )
        let resource = Resource.appRole(SimulatedTenant.app, RoleValue("Reader"))
        actions.append(.simple(.revoke(resource, target), name, user))
      }
      if members.contains(user) {
        actions.append(.simple(.revoke(.group(group(1)), .membership(group(1))), name, user))
      }
    }
    return actions
  }

  /// Asserts that the tenant is as wanted, and that nobody was mailed twice.
  func check(_ comment: Comment) {
    #expect(world.outbox.sorted() == invited.map(address).sorted(), comment)
    let users = Set(
      world.accounts.values.filter { !$0.addresses.isDisjoint(with: invited.map(address)) }
        .map(\.id)
    )
    #expect(users.count == invited.count, comment)
    #expect(world.assigned == users, comment)
    #expect(world.members[group(1)] == users, comment)
    for account in world.accounts.values where !users.contains(account.id) {
      #expect(!account.isEnabled, comment)
      #expect(world.revocations.contains(account.id), comment)
    }
  }
}

/// A writer whose process dies at one point: what was on the disk and in the tenant then is kept,
/// and whatever the dead one seems to do afterwards is not.
private final class Cut: TenantWriter {
  struct Left: Sendable {
    let world: SimulatedTenant.World
    let folder: TemporaryFolder
  }

  let left = Locked<Left?>(nil)
  private let passed = Locked(0)
  private let point: Int?
  private let source: TemporaryFolder
  private let target: TemporaryFolder
  private let tenant: SimulatedTenant

  init(
    at point: Int?,
    of fixture: ExecutionFixture,
    _ tenant: SimulatedTenant,
    into target: TemporaryFolder
  ) {
    self.point = point
    self.source = fixture.folder
    self.target = target
    self.tenant = tenant
  }

  /// Between two writes, between intent and sending, between sending and outcome, and after it.
  func pass() {
    let number = passed.withLock { passed in
      defer { passed += 1 }
      return passed
    }
    guard number == point else { return }
    // The journal does nothing while a write is under way: one chunk is in flight at a time.
    for name in ["journal.sqlite", "journal.sqlite-wal"] {
      do { try target.write(name, try source.bytes(name)) } catch { Issue.record(error) }
    }
    let kept = Left(world: tenant.state, folder: target)
    left.withLock { $0 = kept }
  }

  func perform(_ writes: [TenantWrite]) async -> [Result<WriteReceipt, TenantError>] {
    var replies: [Result<WriteReceipt, TenantError>] = []
    for write in writes {
      pass()
      replies += await tenant.perform([write])
    }
    pass()
    return replies
  }
}
