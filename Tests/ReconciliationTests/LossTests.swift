import Access
import Reconciliation
import Testing

@testable import Worlds

/// What was taken outside comes back only by a commit made afterwards (DESIGN section 1).
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

  @Test func `a return that was merged after the loss restores the same object`() throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    let (access, day) = ([Names.role(1), .group(Names.group(1))], world.now)
    world.declare("ana", access) { $0.returned = day }
    world.commit()
    world.run()
    world.tenant.delete(id, at: world.now)
    // It was merged before the loss, whatever date it has.
    #expect(world.run().actions.isEmpty)
    // The date need not be after the loss, only later than any before; the merge has to be.
    world.declare("ana", access) { $0.returned = day + .minutes(1) }
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["restore ana"])
    #expect(plan.actions[0].reason == .returned)
    #expect(world.tenant.account("ana")?.id == id)
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a return counts once`() throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.change(id) { $0.isEnabled = false }
    world.run()
    let far = world.now + .days(400)
    world.declare("ana", [Names.role(1), .group(Names.group(1))]) { $0.returned = far }
    world.commit()
    #expect(world.run().verbs == ["unblock ana"])
    #expect(world.run().actions.isEmpty)
    // The security team blocks her again: a date in the future lifts nothing.
    world.tenant.change(id) { $0.isEnabled = false }
    #expect(world.run().actions.isEmpty)
    world.pass(.days(500))
    #expect(world.run().actions.isEmpty)
    #expect(world.plan().found(.blockedElsewhere).map(\.account) == [id])
  }

  @Test(arguments: [false, true])
  func `introducing the entry again after the loss gives it back`(isPurged: Bool) throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    let kept = world.desired
    world.tenant.delete(id, at: world.now)
    if isPurged { world.tenant.purge(id) }
    world.run()
    world.pass(.hours(1))
    world.undeclare("ana")
    world.commit()
    world.run()
    world.pass(.hours(1))
    world.desired = kept
    world.commit()
    let plan = world.run()
    #expect(plan.verbs.first == (isPurged ? "invite ana" : "restore ana"))
    #expect(plan.actions[0].reason == .returned)
    #expect(world.account(Names.address("ana"))?.isEnabled == true)
    #expect(world.run().actions.isEmpty || isPurged)
    #expect(world.plan().actions.isEmpty)
  }

  @Test(arguments: [false, true])
  func `re-hiring somebody whose blocked account IT deleted works`(isPurged: Bool) throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    let kept = world.desired
    world.undeclare("ana")
    world.commit()
    world.run()
    world.pass(.days(3))
    world.tenant.delete(id, at: world.now)
    if isPurged { world.tenant.purge(id) }
    world.run()
    world.pass(.days(3))
    world.desired = kept
    world.commit()
    let plan = world.run()
    #expect(
      plan.verbs.prefix(2)
        == (isPurged ? ["invite ana", "grant ana app1:Reader"] : ["restore ana", "unblock ana"])
    )
    #expect(world.account(Names.address("ana"))?.isEnabled == true)
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `an administrator's restore of an account that we deleted stops the steps`() throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    let kept = world.desired
    world.undeclare("ana")
    world.commit()
    world.run()
    world.pass(.days(31))
    #expect(world.run().verbs == ["delete ana"])
    world.pass(.days(1))
    world.tenant.restore(id)
    let plan = world.run()
    #expect(plan.actions.isEmpty && !plan.isAsDeclared)
    #expect(plan.found(.unblockedElsewhere).map(\.account) == [id])
    world.desired = kept
    world.commit()
    #expect(world.run().verbs.first == "unblock ana")
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

  @Test func `an account that was blocked outside stays blocked, and nothing is given to it`()
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

  @Test func `taking a declared block out does not lift one from outside`() throws {
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
