import Access
import Reconciliation
import Testing

@testable import Worlds

/// The way down and up again of a guest that was ours (DESIGN section 6).
struct StaircaseTests {
  /// Twenty guests beside Ana, so that no guard minds one of them going.
  static func settled() -> World {
    var world = World()
    world.declare("ana", [Names.role(1), .group(Names.group(1))])
    for number in 10..<30 { world.declare("guest\(number)", [Names.role(2)]) }
    world.commit()
    world.run()
    world.pass(.days(2))
    return world
  }

  @Test func `a removed guest is deleted only after the grace, in a later run`() throws {
    var world = Self.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.undeclare("ana")
    world.commit()
    let first = world.run()
    #expect(first.verbs == ["block ana", "revoke ana app1:Reader", "revoke ana group1"])
    #expect(
      first.upcoming.filter { $0.kind == .delete }.map(\.moment) == [first.moment + .days(30)]
    )
    world.pass(.days(29))
    #expect(world.plan().actions.isEmpty)
    world.pass(.days(1))
    let last = world.run()
    #expect(last.verbs == ["delete ana"])
    #expect(last.actions[0].provenance?.commit == Names.commit(2))
    #expect(world.tenant.state.deleted?[id] != nil)
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a guest that comes back within the grace is unblocked, with the same object`() throws
  {
    var world = Self.settled()
    let before = try #require(world.tenant.account("ana"))
    let kept = world.desired
    world.undeclare("ana")
    world.commit()
    world.run()
    world.pass(.days(3))
    world.desired = kept
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["unblock ana", "grant ana app1:Reader", "grant ana group1"])
    #expect(plan.actions.allSatisfy { $0.reason == .declaredAgain })
    #expect(world.tenant.account("ana") == before)
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a guest that comes back while soft-deleted is restored, with the same object`() throws
  {
    var world = Self.settled()
    let id = try #require(world.tenant.account("ana")).id
    let kept = world.desired
    world.undeclare("ana")
    world.commit()
    world.run()
    world.pass(.days(31))
    world.run()
    #expect(world.tenant.account("ana") == nil)
    world.desired = kept
    world.commit()
    let plan = world.run()
    #expect(
      plan.verbs == ["restore ana", "unblock ana", "grant ana app1:Reader", "grant ana group1"]
    )
    #expect(plan.actions.dropFirst().allSatisfy { $0.prerequisites == [0] })
    #expect(world.tenant.account("ana")?.id == id)
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a guest that comes back after the purge is invited again`() throws {
    var world = Self.settled()
    let id = try #require(world.tenant.account("ana")).id
    let kept = world.desired
    world.undeclare("ana")
    world.commit()
    world.run()
    world.pass(.days(31))
    world.run()
    world.tenant.purge(id)
    world.desired = kept
    world.commit()
    let plan = world.run()
    #expect(plan.verbs.first == "invite ana")
    #expect(plan.actions[0].reason == .declaredAgain)
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `an unblock from outside stops the removal`() throws {
    var world = Self.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.undeclare("ana")
    world.commit()
    world.run()
    world.tenant.change(id) { $0.isEnabled = true }
    world.pass(.days(60))
    let plan = world.plan()
    #expect(plan.actions.isEmpty)
    #expect(plan.found(.unblockedElsewhere).map(\.account) == [id])
  }

  @Test func `an account that was blocked outside is never deleted`() throws {
    var world = Self.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.change(id) { $0.isEnabled = false }
    world.undeclare("ana")
    world.commit()
    #expect(world.run().verbs == ["revoke ana app1:Reader", "revoke ana group1"])
    world.pass(.days(90))
    #expect(world.plan().actions.isEmpty)
    #expect(world.plan().found(.blockedElsewhere).map(\.account) == [id])
  }

  @Test func `a back-dated removal shortens no grace`() throws {
    var world = Self.settled()
    world.declare("ana", [Names.role(1)]) { $0.blocked = "lost laptop" }
    world.commit()
    world.run()
    world.pass(.days(50))
    world.undeclare("ana")
    world.commit(dated: world.now - .days(49))
    // The block of the incident was no first step: our own block comes first.
    #expect(world.run().verbs == ["block ana", "revoke ana app1:Reader"])
    #expect(world.plan().actions.isEmpty)
    world.pass(.days(29))
    #expect(world.plan().actions.isEmpty)
    world.pass(.days(1))
    #expect(world.plan().verbs == ["delete ana"])
  }

  @Test func `without a grace nothing is deleted, and without blocks nothing either`() {
    var world = Self.settled()
    world.desired.lifecycle.deleteAfter = nil
    world.undeclare("ana")
    world.commit()
    world.run()
    world.pass(.days(400))
    #expect(world.plan().actions.isEmpty)
    var other = Self.settled()
    other.desired.lifecycle.block = false
    other.undeclare("ana")
    other.commit()
    #expect(other.run().verbs == ["revoke ana app1:Reader", "revoke ana group1"])
    other.pass(.days(400))
    #expect(other.plan().actions.isEmpty)
  }

  @Test(arguments: [true, false])
  func `an account on which others depend is blocked and never deleted`(
    ownsObjects: Bool
  ) throws {
    var world = Self.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.change(id) {
      $0.ties = Account.Ties(ownsObjects: ownsObjects, holdsUnmanagedAccess: !ownsObjects)
    }
    world.undeclare("ana")
    world.commit()
    #expect(world.run().verbs.first == "block ana")
    world.pass(.days(60))
    #expect(world.plan().actions.isEmpty)
    #expect(world.plan().found(.tied).map(\.account) == [id])
  }

  @Test func `access that nobody declared keeps a removed account from being deleted`() throws {
    var world = Self.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.give(id, Names.role(3))
    world.undeclare("ana")
    world.commit()
    world.run()
    world.pass(.days(60))
    #expect(world.plan().actions.isEmpty)
    #expect(world.tenant.holds(id, Names.role(3)))
    #expect(world.plan().found(.tied).map(\.account) == [id])
  }

  @Test func `nothing is deleted while it is unknown what depends on the account`() throws {
    var world = Self.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.change(id) { $0.ties = nil }
    world.undeclare("ana")
    world.commit()
    world.run()
    world.pass(.days(31))
    let plan = world.plan()
    #expect(plan.actions.isEmpty)
    let scope = try #require(ObservationScope(completing: plan, world.input))
    #expect(scope.ties == [id] && !scope.readsGuests)
    world.tenant.change(id) { $0.ties = Account.Ties() }
    #expect(world.plan().verbs == ["delete ana"])
  }

  @Test func `a run that was stopped before it was done still owns what it made`() {
    var world = World()
    for number in 10..<30 { world.declare("guest\(number)", [Names.role(2)]) }
    world.commit()
    world.run()
    world.declare("ana", [Names.role(1), Names.role(2)])
    world.commit()
    world.run { $0 < 2 }
    world.undeclare("ana")
    world.commit()
    #expect(world.run().verbs == ["block ana", "revoke ana app1:Reader"])
  }

  @Test func `somebody who is invited outside after our removal is a stranger`() throws {
    var world = Self.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.undeclare("ana")
    world.commit()
    world.run()
    world.pass(.days(31))
    world.run()
    world.tenant.purge(id)
    world.pass(.days(31))
    let stranger = world.tenant.add("ana", created: world.now)
    world.tenant.give(stranger, Names.role(1))
    let plan = world.plan()
    #expect(plan.actions.isEmpty)
    #expect(plan.found(.unmanagedGuest).map(\.account) == [stranger])
  }

  @Test func `a removal that was back-dated to an earlier one begins its own grace`() {
    var world = Self.settled()
    world.undeclare("ana")
    world.commit()
    let removed = world.now
    world.run()
    world.pass(.days(29))
    // Declared again and removed again between two runs, both dated as the first removal.
    world.declare("ana", [Names.role(1)])
    world.commit(dated: removed)
    world.undeclare("ana")
    world.commit(dated: removed)
    world.run()
    world.pass(.days(2))
    #expect(world.run().actions.isEmpty)
    world.pass(.days(28))
    #expect(world.run().verbs == ["delete ana"])
  }

  @Test func `dynamic groups do not keep an account from being deleted`() throws {
    var world = Self.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.give(id, .group(Names.group(3)))
    world.tenant.state.groups[Names.group(3)]?.obstacle = .dynamicMembership
    world.undeclare("ana")
    world.commit()
    let first = world.run()
    #expect(first.found(.tied).isEmpty && first.upcoming.contains { $0.kind == .delete })
    world.pass(.days(31))
    #expect(world.run().verbs == ["delete ana"])
  }
}
