import Access
import Reconciliation
import Testing

@testable import Worlds

/// Which accounts are written to (DESIGN section 5, the second table).
struct AccountKindTests {
  /// A world in which Ana's account was there before anything was declared.
  private func adopted(_ change: @escaping (inout Account) -> Void = { _ in }) -> (World, UserID) {
    var world = World()
    let id = world.tenant.add("ana", created: world.now - .days(400), change)
    world.declare("ana", [Names.role(1)])
    for number in 10..<14 { world.declare("guest\(number)", [Names.role(2)]) }
    world.commit()
    return (world, id)
  }

  @Test func `an adopted account loses its owned grants and stays`() {
    var (world, id) = adopted()
    world.tenant.give(id, Names.role(3))
    world.run()
    world.undeclare("ana")
    world.commit()
    #expect(world.run().verbs == ["revoke ana app1:Reader"])
    #expect(world.tenant.account("ana")?.isEnabled == true)
    #expect(world.tenant.holds(id, Names.role(3)))
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `an order by name takes an adopted account, and what nobody declared`() {
    var (world, id) = adopted()
    world.tenant.give(id, Names.role(3))
    world.run()
    world.undeclare("ana")
    world.desired.removed = [
      RemovalEntry(
        address: Names.address("ana"),
        reason: "left in 2024",
        removes: .account,
        place: Names.place
      )
    ]
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["block ana", "revoke ana app1:Reader", "revoke ana app3:Reader"])
    #expect(plan.actions.allSatisfy { $0.reason == .ordered("left in 2024") })
    #expect(world.plan().actions.isEmpty)
    world.pass(.days(30))
    #expect(world.run().verbs == ["delete ana"])
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `an order for grants leaves the account`() {
    var world = World()
    let id = world.tenant.add("eve", created: nil)
    world.tenant.give(id, Names.role(3))
    world.desired.removed = [
      RemovalEntry(
        address: Names.address("eve"),
        reason: "CHG-9",
        removes: .grants,
        place: Names.place
      )
    ]
    world.commit()
    #expect(world.run().verbs == ["revoke eve app3:Reader"])
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a member and a contact are conflicts and never touched`() {
    for type in [Account.UserType.member, .contact] {
      let (world, id) = adopted {
        $0.userType = type
        $0.isExternal = false
      }
      let plan = world.plan()
      #expect(!plan.actions.contains { $0.guest == Names.address("ana") })
      #expect(plan.found(.conflict).map(\.account) == [id])
    }
  }

  @Test func `a guest that was made a member keeps what it holds, which is a finding`() throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.change(id) { $0.userType = .member }
    world.undeclare("ana")
    world.commit()
    let plan = world.run()
    #expect(plan.actions.isEmpty)
    #expect(plan.found(.externalMember).map(\.resource) == [Names.role(1), .group(Names.group(1))])
  }

  @Test func `an address that fits two objects is a conflict`() {
    var (world, id) = adopted()
    let other = world.tenant.add("ana", created: nil)
    let plan = world.run()
    #expect(!plan.actions.contains { $0.guest == Names.address("ana") })
    #expect(plan.found(.conflict).count == 1)
    #expect(plan.found(.conflict)[0].detail.contains(id.description))
    #expect(plan.found(.conflict)[0].detail.contains(other.description))
  }

  @Test func `two declared addresses of one account are a conflict for both`() {
    var (world, id) = adopted()
    world.tenant.change(id) { $0.addresses.insert(Names.address("ann")) }
    world.declare("ann", [Names.role(2)])
    world.commit()
    let plan = world.plan()
    #expect(!plan.actions.contains { $0.account == id })
    #expect(plan.found(.conflict).count == 2)
  }

  @Test func `a further address alone is a conflict`() {
    var world = World()
    world.tenant.add("other", created: nil) { $0.otherMails = [Names.address("ana")] }
    world.declare("ana", [Names.role(1)])
    world.commit()
    #expect(world.plan().actions.isEmpty)
    #expect(world.plan().found(.conflict).count == 1)
  }

  @Test func `a local account is given and taken access only`() {
    var (world, _) = adopted { $0.isExternal = false }
    #expect(world.run().verbs.filter { $0.contains(" ana") } == ["grant ana app1:Reader"])
    world.undeclare("ana")
    world.commit()
    #expect(world.run().verbs == ["revoke ana app1:Reader"])
  }

  @Test func `a removed guest of a partner whose accounts are synchronised loses access only`()
    throws
  {
    var world = StaircaseTests.settled()
    world.desired.partners[Names.partner]?.accounts = .sync
    world.undeclare("ana")
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["revoke ana app1:Reader", "revoke ana group1"])
    #expect(world.tenant.account("ana")?.isEnabled == true)
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `somebody without an entry belongs to the partner that has the domain`() throws {
    var world = StaircaseTests.settled()
    let (sub, other) = (PartnerName("sub"), "eve@x.fabrikam.example")
    world.desired.partners[sub] = Partner(
      name: sub,
      domains: ["*.fabrikam.example"],
      place: Names.place
    )
    for name in [other, "eve@elsewhere.example"] { world.tenant.add(name, created: nil) }
    world.undeclare("ana")
    world.desired.removed = [other, "eve@elsewhere.example"].map {
      RemovalEntry(
        address: Names.address($0),
        reason: "CHG-9",
        removes: .account,
        place: Names.place
      )
    }
    world.commit()
    let plan = world.plan()
    #expect(plan.verbs.count == 5)
    for action in plan.actions {
      let expected: PartnerName? =
        switch action.guest.domain {
        case "fabrikam.example": Names.partner
        case "x.fabrikam.example": sub
        default: nil
        }
      #expect(action.partner == expected)
    }
    #expect(plan.upcoming.first { $0.guest == Names.address(other) }?.partner == sub)
  }

  @Test(arguments: [true, false])
  func `synchronised accounts, and accounts owned elsewhere, are given and taken access only`(
    sync: Bool
  ) {
    var world = World()
    if sync {
      world.desired.partners[Names.partner]?.accounts = .sync
    } else {
      world.desired.tenant.ownsAccounts = false
    }
    world.declare("ana", [Names.role(1), Names.role(2)])
    world.commit()
    #expect(world.run().actions.isEmpty)
    world.tenant.add("ana", created: world.now)
    #expect(world.run().verbs == ["grant ana app1:Reader", "grant ana app2:Reader"])
    world.declare("ana", [Names.role(2)]) { $0.blocked = "INC-1" }
    world.commit()
    #expect(world.run().verbs == ["revoke ana app1:Reader"])
    #expect(world.plan().found(.unwritable).count == 1)
  }

  @Test func `the holder of a directory role gets nothing but a declared block`() throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.change(id) { $0.ties = Account.Ties(holdsDirectoryRole: true) }
    world.tenant.take(id, Names.role(1))
    #expect(world.plan().actions.isEmpty)
    #expect(world.plan().found(.directoryRole).map(\.account) == [id])
    world.declare("ana", []) { $0.blocked = "INC-1" }
    world.commit()
    #expect(world.run().verbs == ["block ana"])
    world.undeclare("ana")
    world.commit()
    #expect(world.run().actions.isEmpty)
  }

  @Test func `a pinned account that is gone causes no invitation`() {
    var world = World()
    world.declare("ana", [Names.role(1)]) { $0.pinned = Names.user(7) }
    world.commit()
    #expect(world.plan().actions.isEmpty)
    #expect(world.plan().found(.left).count == 1)
  }

  @Test func `an address that was not looked up is not invited`() {
    var world = World()
    world.declare("ana", [Names.role(1)])
    world.commit()
    var input = world.input
    input.observed.lookedUp = []
    let plan = Planner.plan(input).value
    #expect(plan.actions.isEmpty && plan.withheld.count == 1)
    #expect(ObservationScope(completing: plan, input)?.addresses == [Names.address("ana")])
  }

  @Test func `an address that an invitation refuses is withheld`() {
    var world = World()
    world.declare("a+b", [Names.role(1)]) { $0.isUninvitable = true }
    world.commit()
    #expect(world.plan().actions.isEmpty && world.plan().withheld.count == 1)
    world.tenant.add("a+b", created: nil)
    #expect(world.plan().verbs == ["grant a+b app1:Reader"])
  }

  @Test func `an invitation whose answer was lost is not sent again within the hour`() {
    var world = World()
    world.declare("ana", [Names.role(1)])
    world.commit()
    world.journal?.unresolved = [
      JournalRecord.UnresolvedWrite(
        requestID: GUID(high: 9, low: 9),
        guest: Names.address("ana"),
        verb: .invite,
        intended: world.now
      )
    ]
    world.pass(.minutes(59))
    #expect(world.plan().actions.isEmpty && world.plan().withheld.count == 1)
    world.pass(.minutes(1))
    #expect(world.plan().verbs.first == "invite ana")
  }

  @Test func `a guest that only grants named loses a grant that nothing declares any more`() {
    var world = World()
    world.desired.tenant.ownsAccounts = false
    let ana = world.tenant.add("ana", created: world.now - .days(100))
    world.declare("ana", [Names.role(1), Names.role(2)])
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["grant ana app1:Reader", "grant ana app2:Reader"])
    #expect(plan.adoptions.isEmpty)
    world.undeclare("ana")
    world.commit()
    #expect(world.run().verbs == ["revoke ana app1:Reader", "revoke ana app2:Reader"])
    #expect(world.tenant.state.accounts[ana]?.isEnabled == true)
    #expect(world.plan().isAsDeclared)
  }
}
