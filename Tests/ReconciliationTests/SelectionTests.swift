import Access
import Reconciliation
import Testing

@testable import Worlds

/// `--target` and `--only`.
struct SelectionTests {
  private var world: World {
    var world = StaircaseTests.settled()
    world.undeclare("ana")
    world.declare("bob", [Names.role(1), .group(Names.group(2))])
    world.declare("guest10", [Names.role(2), Names.role(3)])
    world.commit()
    return world
  }

  @Test func `a target leaves everybody else out`() {
    var world = world
    world.options.targets = [.guest(Names.address("bob"))]
    let plan = world.run()
    #expect(plan.verbs == ["invite bob", "grant bob app1:Reader", "grant bob group2"])
    #expect(plan.isPartial)
    #expect(world.journal?.applied.count == 1)
  }

  @Test func `an app as target takes only what needs nothing else`() {
    var world = world
    world.options.targets = [.app(Names.app(1)), .app(Names.app(3))]
    #expect(world.plan().verbs == ["grant guest10 app3:Reader", "revoke ana app1:Reader"])
  }

  @Test func `a partner as target means its guests, also those that have to go`() {
    var world = world
    world.options.targets = [.partner(Names.partner)]
    #expect(world.plan().actions.allSatisfy { $0.partner == Names.partner })
    #expect(world.plan().actions.count == 7)
  }

  @Test func `kinds can be chosen`() {
    var world = world
    world.options.only = [.people]
    #expect(world.plan().verbs == ["block ana", "invite bob"])
    world.options.only = [.grants]
    #expect(world.plan().verbs == ["grant guest10 app3:Reader"])
    world.options.only = [.removals]
    #expect(world.plan().verbs == ["block ana", "revoke ana app1:Reader", "revoke ana group1"])
  }

  @Test func `what a run for a target gave is taken back like anything else`() {
    var world = world
    world.options.targets = [.guest(Names.address("bob"))]
    world.run()
    world.options.targets = []
    world.undeclare("bob")
    world.commit()
    let verbs = world.run().verbs.filter { $0.contains("bob") }
    #expect(verbs == ["block bob", "revoke bob app1:Reader", "revoke bob group2"])
  }
}
