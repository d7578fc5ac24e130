import Access
import Reconciliation
import Testing

@testable import Worlds

/// The guards of DESIGN section 7: numbers, edges, and the way to proceed.
struct GuardTests {
  /// A settled world of a number of guests with one grant each.
  static func world(_ count: Int) -> World {
    var world = World()
    world.desired.limits.invitedGuests = 2000
    world.desired.limits.grants = 2000
    for number in 100..<100 + count { world.declare("guest\(number)", [Names.role(2)]) }
    world.commit()
    world.run()
    world.pass(.days(1))
    return world
  }

  static func remove(_ count: Int, from world: inout World, trailer: String? = nil) {
    for number in 100..<100 + count { world.undeclare("guest\(number)") }
    world.commit(
      trailers: trailer.map { [HistoryStep.Trailer(key: "Guestlist-Accept", value: $0)] } ?? []
    )
  }

  @Test(arguments: [(10, false), (11, true)])
  func `removals hold back above ten guests, exactly ten pass`(count: Int, isHeld: Bool) throws {
    var world = Self.world(100)
    Self.remove(count, from: &world)
    let plan = world.plan()
    #expect(plan.actions.count == 2 * count)
    #expect((plan.verdict(.removals) != nil) == isHeld)
    #expect(plan.heldBack.count == (isHeld ? 2 * count : 0))
    if let verdict = plan.verdict(.removals) {
      #expect(verdict.count == count && verdict.numbers.contains("\(count) guests"))
      #expect(verdict.hint.contains("--accept removals:\(verdict.digest?.prefix(16) ?? "?")`"))
      #expect(verdict.hint.contains("Guestlist-Accept: removals=\(count)"))
    }
  }

  @Test(arguments: [(20, 5, false), (20, 6, true), (19, 6, false), (3, 1, false)])
  func `a percentage counts from the floor on`(owned: Int, count: Int, isHeld: Bool) {
    var world = Self.world(owned)
    Self.remove(count, from: &world)
    #expect((world.plan().verdict(.removals) != nil) == isHeld)
  }

  @Test func `a guard holds back its own kind and the rest goes on`() {
    var world = Self.world(100)
    world.declare("ana", [Names.role(1)])
    Self.remove(20, from: &world)
    let plan = world.run()
    #expect(plan.actions.count == 42)
    #expect(world.tenant.account("ana") != nil)
    #expect(world.tenant.account("guest100")?.isEnabled == true)
    #expect(world.plan().actions.count == 40)
  }

  @Test func `accepting the digest releases exactly those actions`() throws {
    var world = Self.world(100)
    Self.remove(20, from: &world)
    let digest = try #require(world.plan().verdict(.removals)?.digest)
    world.options.accepted = [PlanningOptions.Acceptance(.removals, digest: digest)]
    #expect(world.plan().heldBack.isEmpty)
    var other = world
    other.undeclare("guest150")
    other.commit()
    #expect(!other.plan().heldBack.isEmpty)
    world.declare("ana")
    world.commit()
    #expect(world.plan().heldBack.isEmpty)
    world.options.accepted = [PlanningOptions.Acceptance(.removals, digest: digest.uppercased())]
    #expect(!world.plan().heldBack.isEmpty)
    world.options.accepted = [PlanningOptions.Acceptance(.grants, digest: digest)]
    #expect(!world.plan().heldBack.isEmpty)
  }

  @Test func `a trailer releases what its own commit causes, exactly and once`() {
    var world = Self.world(100)
    var wrong = world
    Self.remove(20, from: &world, trailer: "removals=20")
    #expect(world.plan().heldBack.isEmpty)
    Self.remove(20, from: &wrong, trailer: "removals=21")
    #expect(!wrong.plan().heldBack.isEmpty)
    var more = world
    more.undeclare("guest150")
    more.commit()
    #expect(!more.plan().heldBack.isEmpty)
    let before = world.tenant
    world.run()
    world.tenant = before
    #expect(!world.plan().heldBack.isEmpty)
  }

  @Test func `flags only tighten`() {
    var world = Self.world(100)
    Self.remove(8, from: &world)
    #expect(world.plan().verdict(.removals) == nil)
    for limit in [7, 0, -1] {
      world.options.maxRemovals = limit
      #expect(world.plan().verdict(.removals)?.count == 8)
    }
    var many = Self.world(100)
    Self.remove(12, from: &many)
    many.options.maxRemovals = 50
    #expect(many.plan().verdict(.removals)?.count == 12)
    var other = Self.world(100)
    for number in 1...12 { other.declare("new\(number)") }
    other.commit()
    other.options.maxInvitations = 11
    #expect(other.plan().verdict(.invitations)?.count == 12)
    other.options.maxInvitations = 50
    #expect(other.plan().verdict(.invitations) == nil)
    other.desired.limits.invitedGuests = 11
    #expect(other.plan().verdict(.invitations)?.count == 12)
  }

  @Test func `dates that were merged a week before do not hold up an urgent revocation`() throws {
    var world = World()
    world.desired.limits.invitedGuests = 2000
    world.desired.limits.grants = 2000
    world.desired.limits.expiredGuests = 300
    let end = world.now + .days(60)
    for number in 100..<400 {
      world.declare("guest\(number)", [Names.role(2)]) {
        $0.ends = [Ending(rule: .at(end), origin: .guest)]
      }
    }
    world.declare("ana", [Names.role(1), Names.role(3)])
    for number in 500..<1200 { world.declare("guest\(number)", [Names.role(2)]) }
    world.commit()
    world.run()
    let merged = world.desired
    world.now = end
    world.declare("ana", [Names.role(3)])
    world.commit()
    let fresh = world.plan()
    #expect(fresh.verdict(.removals)?.count == 301)
    #expect(Planner.commitToCompare(fresh, world.input) == Names.commit(1))
    world.earlier = merged
    let plan = world.run()
    #expect(plan.guards.isEmpty)
    #expect(plan.verbs.contains("revoke ana app1:Reader"))
    world.tenant = Tenant()
    var tightened = world.desired
    tightened.limits.expiredGuests = 299
    #expect(plan.actions.filter(\.hadNotice).count == 600)
  }

  @Test func `a date that was merged yesterday is a removal like any other`() {
    var world = Self.world(100)
    let merged = world.desired
    world.pass(.days(30))
    let yesterday = world.now - .days(1)
    for number in 100..<120 {
      world.declare("guest\(number)", [Names.role(2)]) {
        $0.ends = [Ending(rule: .at(yesterday), origin: .guest)]
      }
    }
    world.commit(dated: world.now - .days(20))
    world.earlier = merged
    #expect(world.plan().verdict(.removals)?.count == 20)
    #expect(world.plan().verdict(.expiries) == nil)
  }

  @Test func `a first plan for a large organisation mails nobody unasked`() throws {
    var world = World()
    for number in 1...51 { world.declare("guest\(number)", [Names.role(1)]) }
    world.commit()
    let plan = world.run()
    #expect(plan.verdict(.invitations)?.count == 51)
    #expect(world.tenant.state.accounts.isEmpty)
    let digest = try #require(plan.verdict(.invitations)?.digest)
    world.options.accepted = [PlanningOptions.Acceptance(.invitations, digest: digest)]
    world.run()
    #expect(world.tenant.state.accounts.count == 51)
  }

  @Test func `grants and changes of identity have limits of their own`() {
    var world = Self.world(30)
    world.desired.limits.grants = 29
    for number in 100..<130 { world.declare("guest\(number)", [Names.role(2), Names.role(3)]) }
    world.commit()
    #expect(world.plan().verdict(.grants)?.count == 30)
    world.desired.limits.grants = 30
    #expect(world.plan().verdict(.grants) == nil)
    #expect(GuardVerdict.Guard.identityChanges.canBeAccepted)
  }

  @Test(arguments: [(5, false), (6, true)])
  func `expiries hold back above their limit, exactly as many pass`(count: Int, isHeld: Bool) {
    var world = Self.world(30)
    world.desired.limits.expiredGuests = 5
    let end = world.now + .days(20)
    for number in 100..<100 + count {
      world.declare("guest\(number)", [Names.role(2)]) {
        $0.ends = [Ending(rule: .at(end), origin: .guest)]
      }
    }
    world.commit()
    world.earlier = world.desired
    world.now = end
    let plan = world.plan()
    #expect(plan.actions.count == 2 * count)
    #expect(plan.guards.map(\.name) == (isHeld ? [.expiries] : []))
    #expect(plan.heldBack.count == (isHeld ? 2 * count : 0))
    world.options.maxRemovals = count
    #expect((world.plan().verdict(.expiries) != nil) == isHeld)
    world.options.maxRemovals = count - 1
    #expect(world.plan().verdict(.expiries)?.count == count)
  }

  @Test(arguments: [(50, false), (51, true)])
  func `invitations hold back above fifty guests, exactly fifty pass`(count: Int, isHeld: Bool) {
    var world = World()
    for number in 1...count { world.declare("guest\(number)") }
    world.commit()
    let plan = world.plan()
    #expect(plan.actions.count == count)
    #expect(plan.verdict(.invitations)?.count == (isHeld ? count : nil))
  }

  @Test func `a percentage of nothing, and of next to nothing, holds nothing back`() {
    var world = World()
    world.desired.limits.removedFloor = 0
    world.desired.limits.removedPercent = 0
    world.desired.limits.removedGuests = 0
    world.commit()
    world.run()
    #expect(world.plan().guards.isEmpty)
    world.declare("ana", [Names.role(1)])
    world.commit()
    world.run()
    #expect(world.plan().guards.isEmpty)
    world.undeclare("ana")
    world.commit()
    #expect(world.plan().verdict(.removals)?.count == 1)
    world.desired.limits.removedPercent = 100
    world.desired.limits.removedGuests = 1
    // The baseline still holds.
    #expect(world.plan().verdict(.removals)?.count == 1)
    world.journal?.baseline = nil
    #expect(world.plan().verdict(.removals) == nil)
  }

  @Test func `the owned are counted whether they are declared, skipped or losing something`() {
    var world = Self.world(20)
    for number in 100..<106 { world.undeclare("guest\(number)") }
    for number in 110..<115 { world.skip("guest\(number)") }
    world.commit()
    let verdict = world.plan().verdict(.removals)
    #expect(
      verdict?.numbers == "6 of 20 managed guests would lose access; the limit is 25 percent"
    )
  }

  @Test func `nothing is taken from a protected address, whichever of its addresses is named`()
    throws
  {
    var world = Self.world(30)
    let id = try #require(world.tenant.account("guest100")).id
    world.tenant.change(id) { $0.addresses.insert(Names.address("ceo")) }
    world.desired.limits.protected = [Names.address("ceo")]
    Self.remove(2, from: &world)
    let plan = world.run()
    #expect(plan.verdict(.protected)?.count == 1)
    #expect(world.tenant.account("ceo")?.isEnabled == true)
    #expect(world.tenant.account("guest101")?.isEnabled == false)
  }

  @Test func `a protected address protects its account, whatever address that has now`() throws {
    var world = StaircaseTests.settled()
    world.desired.limits.protected = [Names.address("ana")]
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.change(id) { $0.addresses = [Names.address("ana.new")] }
    world.undeclare("ana")
    world.commit()
    let plan = world.plan()
    #expect(!plan.actions.isEmpty && plan.heldBack.count == plan.actions.count)
    #expect(plan.verdict(.protected)?.digest == nil)
  }
}
