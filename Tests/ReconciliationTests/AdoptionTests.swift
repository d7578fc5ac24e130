import Access
import Reconciliation
import Testing

/// A plan says which accounts it is the first to count as declared.
struct AdoptionTests {
  @Test func `an account that was there before it was declared is adopted, once`() {
    var world = World()
    let account = world.tenant.add("ana", created: world.now - .days(3))
    world.declare("ana", [Names.role(1)])
    world.declare("bob", [])
    world.commit()
    let plan = world.plan()
    #expect(plan.adoptions.map(\.account) == [account])
    #expect(plan.adoptions.map(\.guest) == [Names.address("ana")])
    world.journal?.accounts[Names.address("ana")] = account
    #expect(world.plan().adoptions.isEmpty)
  }

  @Test func `an account that an invitation of ours made is not adopted`() {
    var world = World()
    world.declare("ana", [])
    world.commit()
    world.run()
    #expect(world.plan().adoptions.isEmpty)
  }
}
