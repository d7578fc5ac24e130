import Access
import Reconciliation
import Testing

@testable import Worlds

/// Policy counts from its own commit, and the stricter of baseline and commit holds (DESIGN section 4).
struct PolicyTests {
  /// Thirty guests, of whom a commit that loosens every rule removes some.
  private func loosened(_ count: Int, _ change: (inout DesiredState) -> Void) -> World {
    var world = GuardTests.world(30)
    change(&world.desired)
    GuardTests.remove(count, from: &world)
    return world
  }

  @Test func `a limit that one commit raises and uses still holds back`() throws {
    var world = loosened(14) {
      $0.limits.removedGuests = 500
      $0.limits.removedPercent = 100
    }
    let plan = world.run()
    let verdict = try #require(plan.verdict(.removals))
    #expect(verdict.count == 14 && plan.heldBack.count == 28)
    world.options.accepted = [
      .init(.removals, digest: String(try #require(verdict.digest).prefix(16)))
    ]
    world.run()
    #expect(world.plan().guards.isEmpty && world.plan().actions.isEmpty)
    world.options.accepted = [.init(.removals, digest: "")]
    #expect(world.plan().guards.isEmpty)
  }

  @Test func `a digest is accepted by sixteen characters and not by fewer`() throws {
    var world = loosened(14) { $0.limits.removedGuests = 500 }
    let digest = try #require(world.plan().verdict(.removals)?.digest)
    for (length, isAccepted) in [(0, false), (15, false), (16, true), (64, true)] {
      world.options.accepted = [.init(.removals, digest: String(digest.prefix(length)))]
      #expect(world.plan().verdict(.removals)?.isAccepted == isAccepted)
    }
  }

  @Test func `every limit is the lower one, until a run was whole with the new ones`() {
    var world = GuardTests.world(30)
    world.desired.limits.invitedGuests = 3000
    world.desired.limits.grants = 3000
    let head = world.head
    world.journal?.baseline = head
    let before = world.desired
    for number in 1...2001 { world.declare("new\(number)", [Names.role(1)]) }
    world.commit()
    let names = world.plan().guards.map(\.name)
    #expect(names == [.invitations, .grants])
    world.desired = before
    world.commit()
    world.run()
    #expect(world.journal?.baseline == world.head)
    for number in 1...2001 { world.declare("new\(number)", [Names.role(1)]) }
    world.commit()
    #expect(world.plan().guards.isEmpty)
  }

  @Test func `protection by the baseline can be accepted away, that by the commit cannot`() throws {
    var world = GuardTests.world(30)
    world.desired.limits.protected = [Names.address("guest100")]
    world.commit()
    world.run()
    GuardTests.remove(1, from: &world)
    #expect(world.plan().verdict(.protected)?.digest == nil)
    #expect(world.plan().heldBack.count == 2)
    world.desired.limits.protected = []
    world.commit()
    let verdict = try #require(world.plan().verdict(.protected))
    #expect(world.plan().heldBack.count == 2)
    world.options.accepted = [.init(.protected, digest: try #require(verdict.digest))]
    world.run()
    #expect(world.tenant.account("guest100")?.isEnabled == false)
  }

  @Test func `drift is reported and resends are fewer while the baseline says so`() throws {
    var world = StaircaseTests.settled()
    world.desired.lifecycle.drift = .report
    world.commit()
    world.run()
    world.desired.lifecycle.drift = .restore
    world.commit()
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.take(id, Names.role(1))
    #expect(world.plan().actions.isEmpty && world.plan().found(.drifted).count == 1)
    let head = world.head
    world.journal?.baseline = head
    #expect(world.plan().verbs == ["grant ana app1:Reader"])
  }

  @Test func `a removal keeps the longer grace that held when it was blocked`() {
    var world = StaircaseTests.settled()
    world.undeclare("ana")
    world.commit()
    world.run()
    world.pass(.days(1))
    world.desired.lifecycle.deleteAfter = .days(1)
    world.commit()
    world.run()
    world.pass(.days(1))
    // By now a run was whole with the shorter grace, which therefore holds for new removals.
    world.undeclare("guest10")
    world.commit()
    world.run()
    world.pass(.days(2))
    let plan = world.run()
    #expect(plan.verbs == ["delete guest10"])
    #expect(Planner.commitsOfBlocks(plan, world.input).isEmpty)
    var input = world.input
    input.lifecycles = [:]
    #expect(Planner.commitsOfBlocks(Planner.plan(input).value, input) == [Names.commit(2)])
    world.pass(.days(27))
    #expect(world.run().verbs == ["delete ana"])
  }

  @Test func `a removal that was blocked under a shorter grace waits for the longer one`() {
    var world = StaircaseTests.settled()
    world.desired.lifecycle.deleteAfter = .days(1)
    world.undeclare("ana")
    world.commit()
    world.run()
    world.desired.lifecycle.deleteAfter = .days(30)
    world.commit()
    world.pass(.days(2))
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `an entry that only a loosened rule lets pass is named, and held where asked`() throws
  {
    var world = StaircaseTests.settled()
    world.declare("bob", [Names.role(1)])
    world.declare("ana", [Names.role(1), Names.role(3), .group(Names.group(1))])
    world.declare("cleo", [Names.role(1)])
    world.commit()
    let grant = GrantKey(guest: Names.address("ana"), resource: Names.role(3))
    world.loosened = [.guest(Names.address("bob")), .grant(grant)]
    let named = world.plan()
    #expect(
      named.heldBack.isEmpty
        && named.found(.policyLoosened).map(\.resource) == [Names.role(3), nil]
    )
    world.desired.limits.loosened = .hold
    let plan = world.plan()
    let held = plan.heldBack.sorted().map { plan.verbs[$0] }
    #expect(held == ["invite bob", "grant ana app3:Reader", "grant bob app1:Reader"])
    let digest = try #require(plan.verdict(.loosened)?.digest)
    world.options.accepted = [.init(.loosened, digest: digest)]
    #expect(world.plan().heldBack.isEmpty)
  }

  @Test func `a baseline that holds what is loosened goes on doing so`() {
    var world = StaircaseTests.settled()
    world.desired.limits.loosened = .hold
    world.commit()
    world.run()
    world.desired.limits.loosened = .report
    world.declare("bob")
    world.commit()
    world.loosened = [.guest(Names.address("bob"))]
    #expect(world.plan().heldBack.count == 1)
  }

  @Test func `a stay is renewed by the merge of a newer review`() {
    var world = StaircaseTests.settled()
    let stay = Ending(rule: .afterIntroduction(.days(30)), origin: .partnerLimit(Names.partner))
    world.declare("ana", [Names.role(1), .group(Names.group(1))]) { entry in
      entry.ends = [stay]
      entry.grants[1].ends = [stay]
    }
    world.commit()
    world.run()
    world.pass(.days(25))
    let now = world.now
    let kept = world.desired.guests
    world.desired.guests = kept.map { guest in
      var guest = guest
      if guest.address == Names.address("ana") { guest.reviewed = now - .days(3) }
      return guest
    }
    world.commit()
    world.run()
    world.pass(.days(29))
    #expect(world.plan().actions.isEmpty)
    world.pass(.days(1))
    #expect(world.plan().verbs == ["block ana", "revoke ana app1:Reader", "revoke ana group1"])
  }

  @Test func `a review that was excepted is not due`() {
    var world = StaircaseTests.settled()
    world.pass(.days(200))
    #expect(world.plan().found(.reviewDue).contains { $0.guest == Names.address("ana") })
    let until = world.now + .days(1)
    world.desired.exceptions = [
      RuleException(
        guest: Names.address("ana"),
        rule: .review,
        until: until,
        reason: "on leave",
        place: Names.place
      )
    ]
    #expect(!world.plan().found(.reviewDue).contains { $0.guest == Names.address("ana") })
    world.pass(.days(1))
    #expect(world.plan().found(.reviewDue).contains { $0.guest == Names.address("ana") })
  }
}
