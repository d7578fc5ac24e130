import Access
import Reconciliation
import Testing

@testable import Worlds

/// Grants that somebody else took, or that come from elsewhere.
struct DriftTests {
  @Test func `a grant that was removed outside is given again, at most three times`() throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    for _ in 1...3 {
      world.tenant.take(id, Names.role(1))
      let plan = world.run()
      #expect(plan.verbs == ["grant ana app1:Reader"])
      #expect(plan.actions[0].reason == .drifted)
    }
    world.tenant.take(id, Names.role(1))
    let plan = world.plan()
    #expect(plan.actions.isEmpty)
    #expect(plan.found(.drifted).map(\.resource) == [Names.role(1)])
  }

  @Test func `drift is only reported where the declarations say so`() throws {
    var world = StaircaseTests.settled()
    world.desired.lifecycle.drift = .report
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.take(id, Names.role(1))
    #expect(world.plan().actions.isEmpty)
    #expect(world.plan().found(.drifted).count == 1)
    world.declare("ana", [Names.role(1), Names.role(3), .group(Names.group(1))])
    world.commit()
    #expect(world.plan().verbs == ["grant ana app3:Reader"])
  }

  @Test func `a role that a group gives after the plan is inherited, not missing`() throws {
    var world = World()
    world.tenant.state.apps[Names.app(1)]?.assignments.append(
      ObservedApp.RoleAssignment(
        id: "group",
        role: AppRoleID(GUID(high: 1, low: 1)),
        principal: .group(Names.group(1))
      )
    )
    world.declare("ana", [Names.role(1), .group(Names.group(1))])
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["invite ana", "grant ana group1"])
    #expect(plan.found(.inherited).map(\.resource) == [Names.role(1)])
    #expect(world.plan().actions.isEmpty)
    world.declare("ana", [Names.role(1)])
    world.commit()
    #expect(world.run().verbs == ["grant ana app1:Reader", "revoke ana group1"])
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a resource of a package that stays is not revoked`() throws {
    var world = World()
    world.tenant.state.packages[Names.package(1)]?.resources = [.group(Names.group(1))]
    let others = [Names.role(1), Names.role(2), Names.role(3)]
    world.declare("ana", others + [.group(Names.group(1)), .package(Names.package(1))])
    world.commit()
    #expect(!world.run().verbs.contains("grant ana group1"))
    #expect(world.plan().actions.isEmpty)
    world.declare("ana", others + [.package(Names.package(1))])
    world.commit()
    let plan = world.plan()
    #expect(plan.actions.isEmpty)
    #expect(plan.found(.unmanagedGrant).isEmpty)
    world.declare("ana", others)
    world.commit()
    let last = world.run()
    #expect(last.verbs.contains("revoke ana package1"))
    #expect(world.run().actions.isEmpty || world.plan().actions.isEmpty)
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a role given through a group is membership of the group`() throws {
    var world = World()
    world.desired.catalog.apps["app1"]?.via = [RoleValue("Reader"): Names.group(3)]
    world.tenant.state.apps[Names.app(1)]?.assignments.append(
      ObservedApp.RoleAssignment(
        id: "group",
        role: AppRoleID(GUID(high: 1, low: 1)),
        principal: .group(Names.group(3))
      )
    )
    world.declare("ana", [Names.role(1), Names.role(2), Names.role(3)])
    world.commit()
    let plan = world.run()
    #expect(
      plan.actions[1].operation == .grant(Names.role(1), .membership(Names.group(3)))
    )
    #expect(world.plan().actions.isEmpty)
    world.declare("ana", [Names.role(2), Names.role(3)])
    world.commit()
    let last = world.run()
    #expect(
      last.actions.map(\.operation) == [
        .revoke(.group(Names.group(3)), .membership(Names.group(3)))
      ]
    )
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a membership that two grants need goes only with the last of them`() {
    var world = World()
    world.desired.catalog.apps["app1"]?.via = [RoleValue("Reader"): Names.group(3)]
    world.tenant.state.apps[Names.app(1)]?.assignments.append(
      ObservedApp.RoleAssignment(
        id: "group",
        role: AppRoleID(GUID(high: 1, low: 1)),
        principal: .group(Names.group(3))
      )
    )
    world.declare("ana", [Names.role(1), Names.role(2), .group(Names.group(3))])
    world.commit()
    world.run()
    #expect(world.plan().actions.isEmpty)
    world.declare("ana", [Names.role(2), .group(Names.group(3))])
    world.commit()
    #expect(world.run().actions.isEmpty)
    world.declare("ana", [Names.role(2)])
    world.commit()
    #expect(world.run().actions.count == 1)
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a role that separation forbids beside the old one waits for its revocation`() throws {
    var world = World()
    world.desired.separation = [[Names.role(1, "Editor"), Names.role(1, "Approver")]]
    world.declare("ana", [Names.role(1, "Editor"), Names.role(2)])
    world.commit()
    world.run()
    world.declare("ana", [Names.role(1, "Approver"), Names.role(2)])
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["revoke ana app1:Editor", "grant ana app1:Approver"])
    #expect(plan.actions.map(\.wave) == [.revoke, .revoke])
    #expect(plan.actions[1].prerequisites == [0])
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a role that separation forbids beside one that was given outside is not given`()
    throws
  {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.desired.separation = [[Names.role(3, "Editor"), Names.role(3, "Approver")]]
    world.tenant.give(id, Names.role(3, "Editor"))
    world.declare("ana", [Names.role(1), Names.role(3, "Approver"), .group(Names.group(1))])
    world.commit()
    #expect(world.plan().actions.isEmpty)
    #expect(world.plan().found(.conflict).count == 1)
  }

  @Test func `an exclusive app loses what nobody declared, from its day on and not before`() throws
  {
    var world = StaircaseTests.settled()
    let stranger = world.tenant.add("eve", created: world.now - .days(5))
    let member = world.tenant.add("max@contoso.example", created: nil) {
      $0.userType = .member
      $0.isExternal = false
    }
    let ana = try #require(world.tenant.account("ana")).id
    for id in [stranger, member, ana] { world.tenant.give(id, Names.role(3)) }
    world.desired.catalog.apps["app3"]?.exclusiveFrom = world.now + .days(1)
    #expect(world.plan().actions.isEmpty)
    world.pass(.days(1))
    let plan = world.run()
    #expect(plan.verbs == ["revoke ana app3:Reader", "revoke eve app3:Reader"])
    #expect(plan.actions.allSatisfy { $0.reason == .exclusive })
    #expect(world.tenant.holds(member, Names.role(3)))
    #expect(world.plan().actions.isEmpty)
  }
}
