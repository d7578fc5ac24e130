import Access
import Reconciliation
import Testing

@testable import Worlds

/// Our own writes of the last minutes, which the tenant may not show yet (FACTS section 9).
struct RecentWriteTests {
  /// A world after its first run, with what that run wrote in its journal.
  private func settled() throws -> (World, ana: UserID, bob: UserID) {
    var world = World()
    world.declare("ana", [Names.role(1), Names.role(2)])
    world.declare("bob", [.group(Names.group(1))])
    world.commit()
    let plan = world.run()
    let (ana, bob) = try (
      #require(world.tenant.account("ana")).id, #require(world.tenant.account("bob")).id
    )
    for (position, action) in plan.actions.enumerated() {
      world.journal?.recent.append(
        JournalRecord.RecentWrite(
          guest: action.guest,
          account: action.guest == Names.address("ana") ? ana : bob,
          verb: action.verb,
          resource: action.resource,
          finished: world.now - .minutes(1) + Moment.Span(seconds: Int64(position))
        )
      )
    }
    return (world, ana, bob)
  }

  @Test func `writes that a tenant does not show yet count as made`() throws {
    var (world, _, _) = try settled()
    let now = world.tenant
    world.tenant = Tenant()
    let plan = world.plan()
    #expect(plan.actions.isEmpty)
    #expect(plan.found(.left).isEmpty && plan.found(.drifted).isEmpty)
    world.tenant = now
    #expect(world.plan().isAsDeclared)
  }

  @Test func `what is missing although a later write shows was taken outside`() throws {
    var (world, ana, _) = try settled()
    world.tenant.take(ana, Names.role(1))
    #expect(world.plan().verbs == ["grant ana app1:Reader"])
  }

  @Test func `the last write of all may still be on its way`() throws {
    var (world, _, bob) = try settled()
    world.tenant.take(bob, .group(Names.group(1)))
    #expect(world.plan().actions.isEmpty)
    world.journal?.recent = []
    #expect(world.plan().verbs == ["grant bob group1"])
  }

  @Test func `an account that was blocked at once is blocked outside`() throws {
    var (world, ana, _) = try settled()
    world.tenant.change(ana) { $0.isEnabled = false }
    #expect(world.plan().found(.blockedElsewhere).map(\.account) == [ana])
  }

  @Test func `two writes to one account prove nothing about those between them`() throws {
    var (world, ana, bob) = try settled()
    let last = world.now
    for (verb, seconds) in [(Action.Verb.block, Int64(1)), (.unblock, 2)] {
      world.journal?.recent.append(
        .init(
          guest: Names.address("bob"),
          account: bob,
          verb: verb,
          finished: last + Moment.Span(seconds: seconds)
        )
      )
    }
    let group = Resource.group(Names.group(1))
    world.journal?.recent.append(
      .init(
        guest: Names.address("ana"),
        account: ana,
        verb: .grant,
        resource: group,
        finished: last
      )
    )
    world.declare("ana", [Names.role(1), Names.role(2), group])
    world.commit()
    #expect(world.plan().actions.isEmpty)
  }
}
