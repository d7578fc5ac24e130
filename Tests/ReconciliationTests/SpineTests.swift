import Access
import Reconciliation
import Testing

@testable import Worlds

/// From a commit to a converged tenant and back, row by row of DESIGN section 6.
struct SpineTests {
  @Test func `a declared guest is invited and gets its grants, and the second plan is empty`() {
    var world = World()
    world.declare("ana", [Names.role(1), .group(Names.group(2))])
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["invite ana", "grant ana app1:Reader", "grant ana group2"])
    #expect(plan.actions.map(\.prerequisites) == [[], [0], [0]])
    #expect(plan.actions.allSatisfy { $0.reason == .declared })
    #expect(plan.actions.allSatisfy { $0.provenance?.commit == Names.commit(1) })
    #expect(world.plan().actions.isEmpty)
    #expect(world.plan().unchanged == 3)
  }

  @Test func `a removed guest is blocked and loses its grants, and the second plan is empty`() {
    var world = World()
    world.declare("ana", [Names.role(1), .group(Names.group(2))])
    world.declare("bob", [Names.role(1), Names.role(2)])
    world.commit()
    world.run()
    world.undeclare("ana")
    world.commit()
    let plan = world.run()
    #expect(plan.verbs == ["block ana", "revoke ana app1:Reader", "revoke ana group2"])
    #expect(plan.actions.allSatisfy { $0.provenance?.commit == Names.commit(2) })
    #expect(world.plan().actions.isEmpty)
    #expect(world.plan().unchanged == 3)
  }

  @Test func `a changed role is granted before the old one is revoked`() {
    var world = World()
    world.declare("ana", [Names.role(1, "Reader")])
    world.commit()
    world.run()
    world.declare("ana", [Names.role(1, "Editor")])
    world.commit()
    #expect(world.run().verbs == ["grant ana app1:Editor", "revoke ana app1:Reader"])
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `a guest and a grant that nobody declared are reported and left alone`() {
    var world = World()
    let stranger = world.tenant.add("eve", created: world.now - .days(3))
    world.tenant.give(stranger, Names.role(2))
    world.declare("ana", [])
    world.commit()
    world.run()
    let plan = world.plan()
    #expect(plan.actions.isEmpty)
    #expect(plan.unmanaged == 2)
    #expect(plan.found(.unmanagedGuest).map(\.account) == [stranger])
    #expect(plan.found(.unmanagedGrant).map(\.resource) == [Names.role(2)])
  }

  @Test func `an assignment of a role that its app no longer has is left alone`() throws {
    var world = World()
    world.declare("ana", [Names.role(1)])
    world.commit()
    world.run()
    let ana = try #require(world.tenant.account("ana")).id
    let before = world.plan()
    for principal in [ObservedApp.Principal.user(ana), .group(Names.group(1))] {
      world.tenant.state.apps[Names.app(2)]?.assignments.append(
        ObservedApp.RoleAssignment(
          id: "\(principal)",
          role: AppRoleID(GUID(high: 99, low: 99)),
          principal: principal
        )
      )
    }
    #expect(world.plan() == before)
  }

  @Test func `an order of removed that is skipped takes nothing and keeps nobody`() {
    var world = World()
    world.declare("ana", [Names.role(1)])
    world.commit()
    world.run()
    world.undeclare("ana")
    world.desired.withheld = ["ana", "eve"].map {
      WithheldEntry(address: Names.address($0), reason: "declared twice", places: [Names.place])
    }
    let stranger = world.tenant.add("eve", created: nil)
    world.tenant.give(stranger, Names.role(2))
    world.commit()
    #expect(world.run().verbs == ["block ana", "revoke ana app1:Reader"])
  }

  @Test
  func
    `an unknown app, a wrong name and an unknown role are said with their places, and stop nothing else`()
  {
    var world = World()
    world.declare("ana", [Names.role(1, "Admin"), Names.role(2)])
    world.desired.catalog.apps["app2"]?.name = "Wiki"
    world.desired.catalog.apps["gone"] = Catalog.App(id: Names.app(99), place: Names.place)
    world.commit()
    let checked = Planner.plan(world.input)
    #expect(checked.value.verbs == ["invite ana", "grant ana app2:Reader"])
    #expect(checked.value.found(.unwritable).map(\.resource) == [Names.role(1, "Admin")])
    #expect(!checked.value.isAsDeclared)
    #expect(checked.findings.map(\.code.number).sorted() == [201, 202, 207])
    #expect(checked.findings.allSatisfy { $0.place == Names.place && $0.scope == .repository })
  }

  @Test func `the digest follows the actions and not the moment`() {
    var world = World()
    world.declare("ana", [Names.role(1)])
    world.commit()
    let first = world.plan()
    world.pass(.hours(1))
    let later = world.plan()
    #expect(first.digest == later.digest && first.digest.count == 64)
    world.declare("bob")
    world.commit()
    #expect(world.plan().digest != first.digest)
  }
}
