import Access
import Reconciliation
import Testing

/// Whether a saved plan is the one that would be made now.
struct PlanFreshnessTests {
  private var world: World {
    var world = StaircaseTests.settled()
    world.undeclare("ana")
    world.declare("bob", [Names.role(1)])
    world.declare("guest10", [Names.role(2), Names.role(3)])
    world.commit()
    return world
  }

  private func freshness(_ plan: Plan, _ world: World) -> PlanFreshness {
    PlanFreshness(PlanPromise(plan), now: world.plan())
  }

  @Test func `a plan stays fresh while the clock moves and what it does not touch changes`() throws
  {
    var world = world
    let plan = world.plan()
    world.pass(.hours(2))
    world.tenant.add("eve", created: nil)
    let other = try #require(world.tenant.account("guest20")).id
    world.tenant.change(other) { $0.lastSignIn = Names.start }
    let freshness = freshness(plan, world)
    #expect(freshness.isFresh && freshness.differences.isEmpty)
  }

  @Test func `what changed is said action by action`() throws {
    let world = world
    let plan = world.plan()
    let ana = try #require(world.tenant.account("ana")).id
    var blocked = world
    blocked.tenant.change(ana) { $0.isEnabled = false }
    let block = freshness(plan, blocked)
    #expect(!block.isFresh)
    #expect(block.differences.map(\.kind) == [.dropped])
    #expect(block.differences.map(\.verb) == [.block])
    var given = world
    let guest = try #require(world.tenant.account("guest10")).id
    given.tenant.give(guest, Names.role(3))
    #expect(freshness(plan, given).differences.map(\.resource) == [Names.role(3)])
    var replaced = world
    let held = try #require(replaced.tenant.state.apps[Names.app(1)]?.assignments.first).id
    replaced.tenant.state.apps[Names.app(1)]?.assignments[0].id = held + "x"
    #expect(freshness(plan, replaced).differences.map(\.kind) == [.changed])
    var made = world
    made.tenant.add("bob", created: nil)
    #expect(freshness(plan, made).differences.map(\.kind) == [.changed, .dropped])
  }

  @Test func `a plan that was made for a later moment or another commit is not fresh`() {
    var world = world
    let end = world.now + .days(200)
    world.declare("guest11", [Names.role(2)]) { $0.ends = [Ending(rule: .at(end), origin: .guest)] }
    world.commit()
    world.options.at = end
    let plan = world.plan()
    world.options.at = nil
    #expect(freshness(plan, world).differences.contains { $0.guest == Names.address("guest11") })
    let now = world.plan()
    world.commit()
    #expect(!freshness(now, world).isFresh)
  }
}
