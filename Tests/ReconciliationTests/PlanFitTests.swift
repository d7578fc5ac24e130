import Access
import Reconciliation
import Testing

/// Whether a plan that was made earlier still fits.
struct PlanFitTests {
  private var world: World {
    var world = StaircaseTests.settled()
    world.undeclare("ana")
    world.declare("bob", [Names.role(1)])
    world.declare("guest10", [Names.role(2), Names.role(3)])
    world.commit()
    return world
  }

  private func changes(_ plan: Plan, _ world: World) -> [PlanFit.Change] {
    PlanFit.compare(plan, with: world.tenant.state, catalog: world.desired.catalog)
  }

  @Test func `a plan fits the tenant that it was made for, and what else changes does not matter`()
    throws
  {
    var world = world
    let plan = world.plan()
    #expect(changes(plan, world).isEmpty)
    let other = try #require(world.tenant.account("guest20")).id
    world.tenant.change(other) { $0.isEnabled = false }
    world.tenant.take(other, Names.role(2))
    world.tenant.add("eve", created: nil)
    #expect(changes(plan, world).isEmpty)
  }

  @Test func `what changed is said object by object`() throws {
    let world = world
    let plan = world.plan()
    let ana = try #require(world.tenant.account("ana")).id
    let guest = try #require(world.tenant.account("guest10")).id
    var blocked = world
    blocked.tenant.change(ana) { $0.isEnabled = false }
    let block = changes(plan, blocked)
    #expect(block.map(\.subject) == [.account(ana)])
    #expect(block.map { [$0.fact, $0.before, $0.after] } == [["enabled", "yes", "no"]])
    var gone = world
    gone.tenant.delete(ana, at: gone.now)
    #expect(changes(plan, gone).contains { $0.fact == "presence" && $0.after == "deleted" })
    var given = world
    given.tenant.give(guest, Names.role(3))
    #expect(changes(plan, given).map(\.subject) == [.grant(guest, Names.role(3))])
    var made = world
    let bob = made.tenant.add("bob", created: nil)
    #expect(changes(plan, made).map(\.after) == [bob.description])
    var roleless = world
    roleless.tenant.state.apps[Names.app(3)]?.roles = []
    #expect(changes(plan, roleless).map(\.subject) == [.resource(Names.role(3))])
  }

  @Test func `what a plan touches is what has to be read again`() throws {
    let world = world
    let scope = PlanFit.scope(of: world.plan())
    let ana = try #require(world.tenant.account("ana")).id
    let guest = try #require(world.tenant.account("guest10")).id
    #expect(scope.addresses == [Names.address("bob")])
    #expect(scope.accounts == [ana, guest])
    #expect(scope.apps == [Names.app(1), Names.app(3)] && scope.groups == [Names.group(1)])
    #expect(!scope.readsGuests && scope.readsDeleted)
  }
}
