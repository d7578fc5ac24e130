import Access
import Reconciliation
import Testing

@testable import Worlds

/// The guards that hold back a plan as a whole (DESIGN section 7).
struct WholeGuardTests {
  @Test(arguments: [(20, 9, true), (20, 10, false), (19, 3, false)])
  func `fewer than half of the guests stop everything, where twenty were declared`(
    had: Int,
    left: Int,
    isHeld: Bool
  ) {
    var world = GuardTests.world(had)
    world.desired.limits.removedPercent = 100
    world.desired.limits.removedGuests = 100
    world.journal?.baseline = nil
    for number in 100 + left..<100 + had { world.undeclare("guest\(number)") }
    world.commit()
    let plan = world.plan()
    #expect((plan.verdict(.shrink) != nil) == isHeld)
    #expect(plan.heldBack.count == (isHeld ? plan.actions.count : 0))
  }

  @Test func `grants do not count as guests, and accepting the removals covers the shrinking`()
    throws
  {
    var world = GuardTests.world(20)
    for number in 100..<112 { world.declare("guest\(number)") }
    world.commit()
    #expect(world.plan().verdict(.shrink) == nil && world.plan().verdict(.removals) != nil)
    for number in 100..<112 { world.undeclare("guest\(number)") }
    world.commit()
    let plan = world.plan()
    #expect(plan.verdict(.shrink)?.isAccepted == false)
    let digest = try #require(plan.verdict(.removals)?.digest)
    world.options.accepted = [PlanningOptions.Acceptance(.removals, digest: digest)]
    #expect(world.plan().verdict(.shrink)?.isAccepted == true && world.plan().heldBack.isEmpty)
  }

  @Test(arguments: [(299, false), (300, false), (301, true)])
  func `a clock may be five minutes off and no second more`(seconds: Int64, isHeld: Bool) {
    var world = GuardTests.world(3)
    world.declare("ana")
    world.commit()
    let now = world.now.seconds
    for service in [now - seconds, now + seconds] {
      world.tenant.state.serviceTime = Moment(seconds: service)
      #expect((world.plan().verdict(.clock) != nil) == isHeld)
    }
  }

  @Test func `zero guests of zero is not shrinking`() {
    var world = World()
    world.commit()
    world.run()
    world.commit()
    #expect(world.plan().guards.isEmpty)
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `another tenant, another ref, distrust and a wrong clock stop everything`() {
    var world = GuardTests.world(3)
    world.declare("ana", [Names.role(1)])
    world.commit()
    let expected: [(GuardVerdict.Guard, (inout World) -> Void)] = [
      (.tenant, { $0.tenant.state.tenant = TenantID(GUID(high: 1, low: 2)) }),
      (.ref, { $0.circumstances.otherRef = "the commit is not `refs/heads/main`" }),
      (.trust, { $0.circumstances.distrust = "unsigned" }),
      (.clock, { $0.tenant.state.serviceTime = $0.now + .minutes(6) }),
      (.clock, { $0.tenant.state.serviceTime = $0.now - .minutes(6) }),
      (
        .suspend, { $0.desired.suspension = Suspension(until: $0.now + .days(1), reason: "freeze") }
      ),
    ]
    for (name, change) in expected {
      var changed = world
      change(&changed)
      let plan = changed.plan()
      #expect(plan.guards.map(\.name) == [name])
      #expect(plan.heldBack == [0, 1])
      #expect((plan.verdict(name)?.digest != nil) == (name == .ref))
      #expect(!(plan.verdict(name)?.hint.isEmpty ?? true))
    }
    world.tenant.state.serviceTime = world.now + .minutes(5)
    #expect(world.plan().guards.isEmpty)
  }

  @Test
  func `declared blocks pass every guard but tenant, trust and ref, and never touch the protected`()
  {
    var world = GuardTests.world(30)
    GuardTests.remove(20, from: &world)
    world.declare("guest129", [Names.role(2)]) { $0.blocked = "INC-77" }
    world.desired.suspension = Suspension(until: world.now + .days(1), reason: "freeze")
    world.tenant.state.serviceTime = world.now + .hours(1)
    world.journal?.applied.append(Names.commit(0xBAD))
    world.options.maxRemovals = 0
    world.commit()
    let id = world.tenant.account("guest129")?.id
    let changes: [(GuardVerdict.Guard, (inout World) -> Void)] = [
      (.tenant, { $0.tenant.state.tenant = TenantID(GUID(high: 1, low: 2)) }),
      (.trust, { $0.circumstances.distrust = "unsigned" }),
      (.ref, { $0.circumstances.otherRef = "another ref" }),
      (.protected, { $0.desired.limits.protected = [Names.address("guest129")] }),
    ]
    for (name, change) in changes {
      var held = world
      change(&held)
      let plan = held.run()
      #expect(plan.verdict(name) != nil)
      #expect(id.flatMap { held.tenant.state.accounts[$0] }?.isEnabled == true)
    }
    let plan = world.run()
    #expect(plan.guards.count >= 4)
    #expect(world.tenant.account("guest129")?.isEnabled == false)
    #expect(world.tenant.account("guest100")?.isEnabled == true)
  }

  @Test func `another ref is held until it is accepted`() throws {
    var world = GuardTests.world(3)
    world.declare("ana", [Names.role(1)])
    world.circumstances.otherRef = "the journal knows this tenant from `main`"
    world.commit()
    let plan = world.plan()
    #expect(plan.heldBack.count == plan.actions.count && !plan.actions.isEmpty)
    let digest = try #require(plan.verdict(.ref)?.digest)
    world.options.accepted = [PlanningOptions.Acceptance(.ref, digest: digest)]
    #expect(world.plan().heldBack.isEmpty)
  }

  @Test func `an ancestor that is not on the first-parent chain is a note`() {
    var world = GuardTests.world(3)
    world.journal?.applied.append(Names.commit(0xBAD))
    #expect(world.plan().verdict(.history) != nil)
    world.circumstances.hasAppliedAncestor = true
    #expect(world.plan().guards.isEmpty && world.plan().basis.leftFirstParents)
  }

  @Test func `a change freeze lets blocks through`() {
    var world = GuardTests.world(30)
    GuardTests.remove(1, from: &world)
    world.desired.suspension = Suspension(until: world.now + .days(1), reason: "freeze")
    world.run()
    #expect(world.tenant.account("guest100")?.isEnabled == false)
    #expect(world.plan().verbs == ["revoke guest100 app2:Reader"])
    world.pass(.days(1))
    world.run()
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a rewritten history stops everything until it is accepted`() throws {
    var world = GuardTests.world(5)
    world.declare("ana", [Names.role(1)])
    world.commit()
    world.journal?.applied.append(Names.commit(0xBAD))
    let plan = world.plan()
    #expect(plan.heldBack.count == plan.actions.count && !plan.actions.isEmpty)
    let digest = try #require(plan.verdict(.history)?.digest)
    world.options.accepted = [PlanningOptions.Acceptance(.history, digest: digest)]
    #expect(world.plan().heldBack.isEmpty)
    world.changeHistory { $0.isShallow = true }
    #expect(world.plan().verdict(.history)?.numbers.contains("git fetch --unshallow") == true)
  }
}
