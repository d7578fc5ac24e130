import Access
import Reconciliation
import Testing

@testable import Worlds

/// A fault stops giving, never taking, and only what it concerns (DESIGN section 4).
struct FaultTests {
  private let access = [Names.role(1), Resource.group(Names.group(1))]

  private func skipped(
    _ name: String,
    _ resource: Resource?,
    origin: GrantEntry.Origin = .guest,
    spelled: String = "",
    ends: [Ending] = [],
    file: String = Names.place.file,
    isOutsideAuthority: Bool = false
  ) -> SkippedGrant {
    SkippedGrant(
      resource: resource,
      spelled: spelled,
      ends: ends,
      origin: origin,
      reason: "broken",
      place: SourcePlace(file: file, line: 1, column: 1),
      isOutsideAuthority: isOutsideAuthority
    )
  }

  private func end(_ moment: Moment) -> Ending { Ending(rule: .at(moment), origin: .guest) }

  // MARK: Skipped entries

  @Test func `a skipped entry is given nothing new and keeps what it was given`() throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.declare("ana", access + [Names.role(3)])
    world.skip("ana")
    world.commit()
    let plan = world.run()
    #expect(plan.actions.isEmpty && plan.withheld.map(\.address) == [Names.address("ana")])
    #expect(plan.found(.unmanagedGuest).isEmpty && plan.found(.unmanagedGrant).isEmpty)
    world.tenant.take(id, Names.role(1))
    #expect(world.run().actions.isEmpty)
  }

  @Test func `a skipped entry that was never applied is not invited`() {
    var world = StaircaseTests.settled()
    world.declare("bob", [Names.role(1)])
    world.skip("bob")
    world.commit()
    #expect(world.run().actions.isEmpty)
  }

  @Test func `a skipped entry loses what it does not name any more`() {
    var world = StaircaseTests.settled()
    world.declare("ana", [Names.role(1)])
    world.skip("ana")
    world.commit()
    #expect(world.run().verbs == ["revoke ana group1"])
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a declared block of a skipped entry is carried out, and lifting it is not`() throws {
    var world = StaircaseTests.settled()
    world.skip("ana") { $0.blocked = "INC-77" }
    world.commit()
    #expect(world.run().verbs == ["block ana"])
    let readable = try #require(world.desired.withheld[0].readable)
    world.desired.withheld[0].readable?.blocked = nil
    world.commit()
    #expect(world.run().actions.isEmpty)
    world.desired.withheld = []
    world.declare("ana", access)
    world.commit()
    #expect(world.run().verbs == ["unblock ana"])
    #expect(readable.blocked == "INC-77")
  }

  @Test func `of two ends of a skipped entry the earlier counts`() throws {
    for (applied, written) in [(Int64(5), Int64(50)), (50, 5)] {
      var world = StaircaseTests.settled()
      let now = world.now
      world.declare("ana", access) { $0.ends = [self.end(now + .days(applied))] }
      world.commit()
      world.run()
      world.skip("ana") { $0.ends = [self.end(now + .days(written))] }
      world.commit()
      #expect(world.run().actions.isEmpty)
      world.pass(.days(6))
      #expect(world.run().verbs == ["block ana", "revoke ana app1:Reader", "revoke ana group1"])
    }
  }

  @Test func `of two ends of a skipped entry's grant the earlier counts`() throws {
    var world = StaircaseTests.settled()
    let now = world.now
    world.declare("ana", access) { $0.grants[0].ends = [self.end(now + .days(5))] }
    world.commit()
    world.run()
    world.skip("ana") { $0.grants[0].ends = [] }
    world.commit()
    world.run()
    world.pass(.days(6))
    #expect(world.run().verbs == ["revoke ana app1:Reader"])
  }

  @Test func `a review in a skipped entry prolongs nothing`() {
    var world = StaircaseTests.settled()
    let stay = Ending(rule: .afterIntroduction(.days(30)), origin: .partnerLimit(Names.partner))
    world.declare("ana", access) { $0.ends = [stay] }
    world.commit()
    world.run()
    world.pass(.days(20))
    let now = world.now
    world.skip("ana") { $0.reviewed = now }
    world.commit()
    world.changeHistory { history in
      let step = history.chain.count - 1
      history.dates[Names.address("ana")] = [DeclaredDate(.reviewed, now, step: step)]
    }
    world.run { _ in false }
    world.journal?.applied.removeLast()
    world.pass(.days(20))
    #expect(world.plan().verbs == ["block ana", "revoke ana app1:Reader", "revoke ana group1"])
  }

  @Test func `an entry without authority is as if it were not written`() {
    var world = StaircaseTests.settled()
    // Another team's file names Ana; her own entry goes.
    let other = SourcePlace(file: "apps/other.yaml", line: 1, column: 1)
    world.skip("ana") { $0.place = other }
    world.desired.withheld[0].isOutsideAuthority = true
    world.commit()
    #expect(world.run().verbs == ["block ana", "revoke ana app1:Reader", "revoke ana group1"])
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a file without authority takes nothing from a guest that another file declares`() {
    var world = StaircaseTests.settled()
    guard var entry = world.desired.guests.first else { return }
    entry.place = SourcePlace(file: "apps/other.yaml", line: 1, column: 1)
    entry.grants = []
    world.desired.withheld = [
      WithheldEntry(
        address: entry.address,
        reason: "no authority",
        places: [entry.place],
        readable: entry,
        isOutsideAuthority: true
      )
    ]
    world.commit()
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `an entry that had authority in the same file is kept when it loses it`() {
    var world = StaircaseTests.settled()
    world.skip("ana")
    world.desired.withheld[0].isOutsideAuthority = true
    world.commit()
    #expect(world.run().actions.isEmpty)
  }

  // MARK: Skipped grants

  @Test func `a skipped grant is neither given nor, before its end, taken`() throws {
    var world = StaircaseTests.settled()
    let now = world.now
    let ending = end(now + .days(5))
    world.declare("ana", [.group(Names.group(1))]) {
      $0.skippedGrants = [
        self.skipped("ana", Names.role(1), ends: [ending]), self.skipped("ana", Names.role(3)),
      ]
    }
    world.commit()
    #expect(world.run().actions.isEmpty)
    world.pass(.days(6))
    #expect(world.run().verbs == ["revoke ana app1:Reader"])
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a name that resolves to nothing keeps what it gave, also over the next runs`() {
    var world = StaircaseTests.settled()
    world.declare("ana", access + [Names.role(2)]) {
      $0.grants[0].origin = .bundle("supplier")
      $0.grants[2].spelled = "wiki:Reader"
    }
    world.commit()
    world.run()
    let names = [
      skipped("ana", nil, origin: .bundle("supplier")), skipped("ana", nil, spelled: "wiki:Reader"),
    ]
    world.declare("ana", [Names.role(2)]) { $0.skippedGrants = names }
    world.commit()
    #expect(world.run().actions.isEmpty)
    world.commit()
    #expect(world.run().actions.isEmpty)
    // What is dropped meanwhile goes all the same.
    world.declare("ana", []) { $0.skippedGrants = names }
    world.commit()
    #expect(world.run().verbs == ["revoke ana app2:Reader"])
    world.declare("ana", [])
    world.commit()
    #expect(world.run().actions.count == 0 || world.plan().actions.isEmpty)
  }

  @Test func `what a name gave that resolves to nothing ends when it should, run after run`() {
    var world = World()
    let ending = end(world.now + .days(5))
    world.declare("ana", [Names.role(1)]) {
      $0.grants[0].ends = [ending]
      $0.grants[0].spelled = "wiki:Reader"
    }
    world.commit()
    world.run()
    world.declare("ana") { $0.skippedGrants = [self.skipped("ana", nil, spelled: "wiki:Reader")] }
    world.commit()
    #expect(world.run().actions.isEmpty)
    world.pass(.days(6))
    for _ in 0..<2 { #expect(world.run { _ in false }.verbs == ["revoke ana app1:Reader"]) }
  }

  @Test func `a grant that a file without authority names is taken`() throws {
    var world = StaircaseTests.settled()
    world.declare("ana", [.group(Names.group(1))]) {
      $0.skippedGrants = [
        self.skipped("ana", Names.role(1), file: "apps/other.yaml", isOutsideAuthority: true)
      ]
    }
    world.commit()
    #expect(world.run().verbs == ["revoke ana app1:Reader"])
    #expect(world.plan().actions.isEmpty)
  }

  // MARK: Commits that cannot be used

  @Test func `of a commit that cannot be used only blocks and passed ends are carried out`() {
    var world = StaircaseTests.settled()
    let now = world.now
    world.declare("ana", access) { $0.blocked = "INC" }
    world.declare("bob", [Names.role(1)])
    world.declare("guest11", [Names.role(2)]) { $0.ends = [self.end(now)] }
    world.declare("guest12", [Names.role(2), Names.role(3)]) { $0.grants[0].ends = [self.end(now)] }
    world.undeclare("guest10")
    world.desired.isUsable = false
    world.commit()
    let plan = world.run()
    #expect(
      plan.verbs == [
        "block ana", "block guest11", "revoke guest11 app2:Reader", "revoke guest12 app2:Reader",
      ]
    )
    #expect(plan.isPartial && world.journal?.applied.last != world.head)
    world.pass(.days(60))
    #expect(world.plan().actions.isEmpty)
  }

  // MARK: Faults of the catalog

  @Test func `a role that cannot be given keeps the guest's other roles of that app`() {
    var world = StaircaseTests.settled()
    world.declare("ana", [Names.role(1, "Admin"), Names.role(3)])
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["grant ana app3:Reader", "revoke ana group1"])
    #expect(plan.found(.unwritable).map(\.resource) == [Names.role(1, "Admin")])
    world.declare("ana", [Names.role(1, "Editor"), Names.role(3)])
    world.commit()
    #expect(world.run().verbs == ["grant ana app1:Editor", "revoke ana app1:Reader"])
  }

  @Test func `a group that cannot be written stops only itself`() {
    var world = StaircaseTests.settled()
    world.tenant.state.groups[Names.group(2)]?.obstacle = .mailEnabled
    world.declare("ana", [Names.role(1), .group(Names.group(2))])
    world.undeclare("guest10")
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["block guest10", "revoke ana group1", "revoke guest10 app2:Reader"])
    #expect(plan.found(.unwritable).map(\.resource) == [.group(Names.group(2))])
    #expect(plan.found(.conflict).isEmpty)
  }

  @Test func `what an app that is gone gave through a group is taken back`() throws {
    var world = World()
    world.desired.catalog.apps["app1"]?.via = [RoleValue("Reader"): Names.group(3)]
    world.declare("ana", [Names.role(1), Names.role(2)])
    world.commit()
    world.run()
    let id = try #require(world.tenant.account("ana")).id
    #expect(world.tenant.holds(id, .group(Names.group(3))))
    world.tenant.state.apps[Names.app(1)] = nil
    let plan = world.run()
    #expect(plan.verbs == ["revoke ana group3"])
    #expect(plan.actions.map(\.reason) == [.resourceMissing])
    #expect(plan.found(.unwritable).map(\.resource) == [Names.role(1)])
    #expect(world.plan().actions.isEmpty)
  }

  @Test(arguments: [0, 1, 2])
  func `a membership given through via is taken back when via is changed or dropped`(
    way: Int
  ) throws {
    var world = World()
    world.desired.catalog.apps["app1"]?.via = [RoleValue("Reader"): Names.group(3)]
    world.declare("ana", [Names.role(1), Names.role(2)])
    world.commit()
    world.run()
    switch way {
    case 0: world.desired.catalog.apps["app1"]?.via = [:]
    case 1: world.desired.catalog.apps["app1"]?.via = [RoleValue("Reader"): Names.group(2)]
    default:
      world.desired.catalog.apps["app1"] = nil
      world.declare("ana", [Names.role(2)])
    }
    world.commit()
    let plan = world.run()
    #expect(plan.verbs.contains("revoke ana group3"))
    let id = try #require(world.tenant.account("ana")).id
    #expect(!world.tenant.holds(id, .group(Names.group(3))))
    #expect(way == 2 || world.tenant.holds(id, way == 0 ? Names.role(1) : .group(Names.group(2))))
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `exclusive covers roles that are reached through the app's own group`() throws {
    var world = StaircaseTests.settled()
    world.desired.catalog.apps["app3"]?.via = [RoleValue("Reader"): Names.group(3)]
    world.desired.catalog.apps["app3"]?.exclusiveFrom = world.now
    world.commit()
    let ana = try #require(world.tenant.account("ana")).id
    let stranger = world.tenant.add("eve", created: nil)
    for id in [ana, stranger] { world.tenant.give(id, .group(Names.group(3))) }
    var elsewhere = world
    elsewhere.desired.tenant.ownsAccounts = false
    #expect(elsewhere.plan().actions.isEmpty)
    let plan = world.run()
    #expect(plan.verbs == ["revoke ana group3", "revoke eve group3"])
    #expect(plan.actions.allSatisfy { $0.reason == .exclusive })
    #expect(world.plan().actions.isEmpty)
  }

  // MARK: Accounts that changed outside

  @Test func `what a pinned guest was given is taken back`() throws {
    var world = StaircaseTests.settled()
    let id = world.tenant.add("other", created: world.now - .days(400))
    world.declare("ana2", [Names.role(1)]) { $0.pinned = id }
    world.commit()
    world.run()
    #expect(world.tenant.holds(id, Names.role(1)))
    world.journal?.accounts[Names.address("ana2")] = nil
    world.undeclare("ana2")
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["revoke ana2 app1:Reader"] && plan.found(.adoptedStays).count == 1)
    #expect(!world.plan().isAsDeclared)
  }

  @Test func `what is dropped while an administrator changed the mail is taken`() throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.change(id) { $0.addresses = [Names.address("renamed")] }
    world.declare("ana", [Names.role(1), Names.role(3)])
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["revoke ana group1"])
    #expect(plan.found(.conflict).map(\.account) == [id])
    world.undeclare("ana")
    world.commit()
    #expect(world.run().verbs == ["block ana", "revoke ana app1:Reader"])
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a guest who left loses what a grants section still names`() {
    var world = StaircaseTests.settled()
    world.stale = [GrantKey(guest: Names.address("ana"), resource: Names.role(1))]
    world.undeclare("ana")
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["block ana", "revoke ana app1:Reader", "revoke ana group1"])
    #expect(plan.actions.allSatisfy { $0.provenance != nil })
    #expect(plan.found(.tied).isEmpty)
    #expect(world.plan().actions.isEmpty)
  }
}
