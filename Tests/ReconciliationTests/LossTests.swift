import Access
import Reconciliation
import Testing

/// What another hand took from an account, only a commit gives back (DESIGN section 1).
struct LossTests {
  @Test func `a guest that left is not mailed again`() throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.delete(id, at: world.now)
    let plan = world.run()
    #expect(plan.actions.isEmpty)
    #expect(plan.found(.left).map(\.account) == [id])
    world.tenant.purge(id)
    world.pass(.days(40))
    #expect(world.plan().actions.isEmpty)
    #expect(world.plan().found(.left).count == 1)
  }

  @Test func `a newer return restores the same object`() throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    let kept = world.desired
    world.tenant.delete(id, at: world.now)
    world.run()
    let now = world.now
    world.declare("ana", [Names.role(1), .group(Names.group(1))]) {
      $0.returned = now - .days(1)
    }
    world.commit()
    #expect(world.plan().actions.isEmpty)
    world.desired = kept
    let later = world.now
    world.declare("ana", [Names.role(1), .group(Names.group(1))]) {
      $0.returned = later + .hours(1)
    }
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["restore ana"])
    #expect(plan.actions[0].reason == .returned)
    #expect(world.tenant.account("ana")?.id == id)
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a newer return mails a guest that is gone for good, once`() throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.delete(id, at: world.now)
    world.run()
    world.tenant.purge(id)
    world.pass(.days(40))
    let day = world.now
    world.declare("ana") { $0.returned = day }
    world.commit()
    world.pass(.hours(1))
    #expect(world.run().verbs.first == "invite ana")
    #expect(world.plan().actions.isEmpty)
    let again = try #require(world.tenant.account("ana")).id
    world.tenant.delete(again, at: world.now)
    world.tenant.purge(again)
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `an account that another hand blocked stays blocked, and nothing is given to it`()
    throws
  {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.change(id) { $0.isEnabled = false }
    world.tenant.take(id, Names.role(1))
    let plan = world.run()
    #expect(plan.actions.isEmpty)
    #expect(plan.found(.blockedElsewhere).map(\.account) == [id])
    world.pass(.days(1))
    let now = world.now
    world.declare("ana", [Names.role(1), .group(Names.group(1))]) { $0.returned = now }
    world.commit()
    let back = world.run()
    #expect(back.verbs == ["unblock ana", "grant ana app1:Reader"])
    #expect(back.actions.map(\.reason) == [.returned, .drifted])
  }

  @Test func `a return that is older than the run that first saw the loss gives nothing back`()
    throws
  {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    let now = world.now
    world.declare("ana", [Names.role(1), .group(Names.group(1))]) {
      $0.returned = now - .days(1)
    }
    world.commit()
    world.run()
    world.tenant.change(id) { $0.isEnabled = false }
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a return in the far future gives nothing back`() throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    let now = world.now
    world.declare("ana", [Names.role(1)]) { $0.returned = now + .days(900) }
    world.commit()
    world.tenant.change(id) { $0.isEnabled = false }
    #expect(!world.plan().verbs.contains("unblock ana"))
  }

  @Test func `a declared block blocks, keeps access, and taking it out lifts only our own`() throws
  {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    let kept = world.desired
    world.declare("ana", [Names.role(1), .group(Names.group(1))]) { $0.blocked = "INC-77" }
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["block ana"])
    #expect(plan.actions[0].reason == .declaredBlocked("INC-77"))
    #expect(world.plan().actions.isEmpty)
    world.tenant.change(id) { $0.isEnabled = true }
    #expect(world.run().verbs == ["block ana"])
    world.desired = kept
    world.commit()
    let lifted = world.run()
    #expect(lifted.verbs == ["unblock ana"])
    #expect(lifted.actions[0].reason == .blockLifted)
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `taking a declared block out does not lift another hand's`() throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    let kept = world.desired
    world.tenant.change(id) { $0.isEnabled = false }
    world.declare("ana", [Names.role(1), .group(Names.group(1))]) { $0.blocked = "INC-77" }
    world.commit()
    #expect(world.run().actions.isEmpty)
    world.desired = kept
    world.commit()
    #expect(world.run().actions.isEmpty)
  }

  @Test func `an incident block is lifted by a newer return and nothing else`() throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.change(id) { $0.isEnabled = false }
    world.journal?.blocks[id] = world.now
    world.journal?.blockCauses[id] = .incident
    #expect(world.run().actions.isEmpty)
    let now = world.now
    world.declare("ana", [Names.role(1), .group(Names.group(1))]) {
      $0.returned = now + .hours(1)
    }
    world.commit()
    #expect(world.run().verbs == ["unblock ana"])
  }

  @Test func `an incident outlives a removal that is taken back`() throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    let kept = world.desired
    world.blockForIncident(id)
    world.undeclare("ana")
    world.commit()
    #expect(world.run().verbs == ["block ana", "revoke ana app1:Reader", "revoke ana group1"])
    world.desired = kept
    world.commit()
    #expect(world.run().actions.isEmpty)
    #expect(world.plan().found(.blockedElsewhere).map(\.account) == [id])
  }

  @Test func `a blocked guest is never invited`() {
    var world = World()
    world.declare("ana", [Names.role(1)]) { $0.blocked = "not yet" }
    world.commit()
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `an access package that has not begun keeps nothing that is lost`() {
    var world = World()
    world.tenant.state.packages[Names.package(1)]?.resources = [.group(Names.group(1))]
    world.declare("ana", [.group(Names.group(1))])
    world.commit()
    world.run()
    let start = world.now + .days(3)
    world.declare("ana", [.package(Names.package(1))]) { $0.starts = start }
    world.commit()
    #expect(world.run().verbs == ["revoke ana group1"])
    #expect(world.plan().actions.isEmpty)
  }
}
