import Access
import Reconciliation
import Testing

/// A change of address that keeps the account (DESIGN section 5, `previously`).
struct MoveTests {
  private func moved(_ change: (inout World) -> Void = { _ in }) throws -> (World, UserID) {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    change(&world)
    world.undeclare("ana")
    world.declare("ann", [Names.role(1), Names.role(3)]) { $0.previously = [Names.address("ana")] }
    world.commit()
    return (world, id)
  }

  @Test func `the account keeps its object and its access`() throws {
    var (world, id) = try moved()
    let plan = world.run()
    #expect(plan.verbs == ["resetRedemption ann", "grant ann app3:Reader", "revoke ann group1"])
    #expect(plan.actions.allSatisfy { $0.account == id })
    #expect(plan.actions[0].reason == .addressChanged(from: Names.address("ana")))
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `the guest of a changed address goes like any other`() throws {
    var (world, id) = try moved()
    world.run()
    world.undeclare("ann")
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["block ann", "revoke ann app1:Reader", "revoke ann app3:Reader"])
    #expect(world.plan().actions.isEmpty)
    world.pass(.days(30))
    #expect(world.run().verbs == ["delete ann"])
    #expect(world.tenant.state.deleted?[id] != nil)
  }

  @Test func `an address that did not go in the same commit moves nothing`() throws {
    let (world, _) = try moved {
      $0.undeclare("ana")
      $0.commit()
    }
    let plan = world.plan()
    #expect(plan.actions.isEmpty)
    #expect(plan.withheld.map(\.address) == [Names.address("ann")])
  }

  @Test func `an account that was never ours is not taken over`() {
    var world = World()
    world.tenant.add("eve", created: world.now)
    world.commit()
    world.run()
    world.declare("ann", [Names.role(1)]) { $0.previously = [Names.address("eve")] }
    world.commit()
    #expect(world.plan().actions.isEmpty)
    #expect(world.plan().withheld.count == 1)
  }

  @Test func `a former address that leads nowhere changes nothing`() {
    var world = World()
    world.declare("ann", [Names.role(1)]) { $0.previously = [Names.address("ana")] }
    world.commit()
    #expect(world.plan().verbs == ["invite ann", "grant ann app1:Reader"])
  }
}
