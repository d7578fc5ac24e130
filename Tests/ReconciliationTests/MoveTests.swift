import Access
import Reconciliation
import Testing

@testable import Worlds

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
    // The new entry is skipped; the old one went before, and goes on going.
    #expect(plan.verbs == ["block ana", "revoke ana app1:Reader", "revoke ana group1"])
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

  @Test func `a second change of address finds the account of the first`() throws {
    var (world, id) = try moved()
    world.run()
    world.undeclare("ann")
    world.declare("anna", [Names.role(1)]) { $0.previously = [Names.address("ann")] }
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["resetRedemption anna", "revoke anna app3:Reader"])
    #expect(plan.actions.allSatisfy { $0.account == id })
    #expect(world.plan().actions.isEmpty)
    #expect(world.tenant.account("ana")?.isEnabled == true)
  }

  @Test func `a run that stopped after the change of address leaves nothing behind`() throws {
    var (world, id) = try moved()
    #expect(world.run { $0 == 0 }.verbs.first == "resetRedemption ann")
    let plan = world.run()
    #expect(plan.verbs == ["grant ann app3:Reader", "revoke ann group1"])
    #expect(plan.actions.allSatisfy { $0.account == id })
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `an entry that ends as its address changes goes with the first plan`() throws {
    var (world, id) = try moved()
    let end = world.now
    world.desired.guests[0].ends = [Ending(rule: .at(end), origin: .guest)]
    let plan = world.run()
    #expect(plan.verbs == ["block ann", "revoke ann app1:Reader", "revoke ann group1"])
    #expect(plan.actions.allSatisfy { $0.account == id })
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a grant that ends as the address changes goes with the first plan`() throws {
    var (world, _) = try moved()
    let end = world.now
    world.desired.guests[0].grants[0].ends = [Ending(rule: .at(end), origin: .grant)]
    let plan = world.run()
    #expect(
      plan.verbs == [
        "resetRedemption ann", "grant ann app3:Reader", "revoke ann app1:Reader",
        "revoke ann group1",
      ]
    )
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `an address of another partner moves nothing`() throws {
    var world = StaircaseTests.settled()
    let other = PartnerName("litware")
    world.desired.partners[other] = Partner(
      name: other,
      domains: ["litware.example"],
      place: Names.place
    )
    world.undeclare("ana")
    world.declare("ana@litware.example", [Names.role(1)]) {
      $0.partner = other
      $0.previously = [Names.address("ana")]
    }
    world.commit()
    let plan = world.plan()
    #expect(plan.verbs == ["block ana", "revoke ana app1:Reader", "revoke ana group1"])
    #expect(plan.withheld.map(\.address) == [Names.address("ana@litware.example")])
    #expect(plan.withheld.first?.reason.contains("not an address of partner `litware`") == true)
  }

  @Test(arguments: [(3, false), (4, true)])
  func `changes of identity hold back above three guests, exactly three pass`(
    count: Int,
    isHeld: Bool
  ) {
    var world = StaircaseTests.settled()
    for number in 10..<10 + count {
      world.undeclare("guest\(number)")
      world.declare("new\(number)", [Names.role(2)]) {
        $0.previously = [Names.address("guest\(number)")]
      }
    }
    world.commit()
    let plan = world.plan()
    #expect(plan.actions.map(\.verb) == [Action.Verb](repeating: .resetRedemption, count: count))
    #expect(plan.verdict(.identityChanges)?.count == (isHeld ? count : nil))
    #expect(plan.heldBack.count == (isHeld ? count : 0))
  }

  @Test func `a former address that leads nowhere changes nothing`() {
    var world = World()
    world.declare("ann", [Names.role(1)]) { $0.previously = [Names.address("ana")] }
    world.commit()
    #expect(world.plan().verbs == ["invite ann", "grant ann app1:Reader"])
  }

  @Test func `an address that was given up and is kept by its account invites nobody`() throws {
    var (world, id) = try moved()
    world.run()
    world.declare("ana", [Names.role(2)])
    world.commit()
    let plan = world.run()
    #expect(plan.actions.isEmpty)
    #expect(plan.found(.conflict).map(\.guest) == [Names.address("ana")])
    world.tenant.change(id) { $0.addresses.remove(Names.address("ana")) }
    #expect(world.run().verbs == ["invite ana", "grant ana app2:Reader"])
    #expect(!world.tenant.holds(id, Names.role(2)))
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a former address that was declared again before the move leads to its new guest`()
    throws
  {
    var world = World()
    world.declare("ana", [Names.role(1)])
    world.commit()
    world.undeclare("ana")
    world.declare("ann", [Names.role(3)]) {
      $0.previously = [Names.address("ana")]
      $0.blocked = "INC"
    }
    world.commit()
    world.declare("ana", [Names.role(2)])
    world.commit()
    #expect(world.run().verbs == ["invite ana", "grant ana app2:Reader"])
    #expect(world.plan().actions.isEmpty)
  }
}
