import Access
import Reconciliation
import Testing

@testable import Worlds

/// What is read for a plan, and what a second look adds.
struct ScopeTests {
  @Test func `the first look names what is declared, and what history alone still knows`() {
    var world = World()
    world.desired.catalog.apps["app1"]?.via = [RoleValue("Reader"): Names.group(9)]
    world.declare("ana", [.appRole(Names.app(77), RoleValue("Reader"))]) {
      $0.previously = [Names.address("old")]
      $0.pinned = Names.user(5)
    }
    world.commit()
    world.declare("ana", [Names.role(1)]) {
      $0.previously = [Names.address("old")]
      $0.pinned = Names.user(5)
    }
    world.commit()
    let scope = ObservationScope(planning: world.desired, history: world.history)
    #expect(scope.apps == [Names.app(1), Names.app(2), Names.app(3), Names.app(77)])
    #expect(scope.groups.contains(Names.group(9)) && scope.packages == [Names.package(1)])
    #expect(scope.addresses == [Names.address("ana"), Names.address("old")])
    #expect(scope.accounts == [Names.user(5)] && scope.readsGuests && !scope.readsSponsors)
  }

  @Test func `nothing remains to be read where nothing is to be done`() {
    let world = StaircaseTests.settled()
    #expect(ObservationScope(completing: world.plan(), world.input) == nil)
  }

  @Test func `a second look asks for ties, roles and sponsors of whom the plan touches`() throws {
    var world = StaircaseTests.settled()
    let ana = try #require(world.tenant.account("ana")).id
    let guest = try #require(world.tenant.account("guest10")).id
    for id in [ana, guest] { world.tenant.change(id) { $0.ties = nil } }
    world.undeclare("ana")
    world.declare("guest10", [Names.role(2), Names.role(3)])
    world.declare("bob", [Names.role(1)])
    world.commit()
    let scope = try #require(ObservationScope(completing: world.plan(), world.input))
    #expect(scope.ties == [ana] && scope.directoryRoles == [guest])
    #expect(scope.addresses == [Names.address("lena@contoso.example")])
    #expect(!scope.readsGuests)
  }

  @Test func `a former guest that somebody made a member is looked for by its account`() throws {
    var world = StaircaseTests.settled()
    let ana = try #require(world.tenant.account("ana")).id
    world.undeclare("ana")
    world.commit()
    var input = world.input
    input.observed.accounts[ana] = nil
    let scope = try #require(ObservationScope(completing: Planner.plan(input).value, input))
    #expect(scope.accounts == [ana])
  }

  @Test func `a second look adds to the first and forgets nothing`() {
    let id = Names.user(1)
    var first = TenantState(tenant: Names.tenant, cost: ReadCost(requests: 3, roundTrips: 2))
    first.accounts[id] = Account(
      id: id,
      addresses: [Names.address("ana")],
      sponsors: [Names.user(9)]
    )
    var second = TenantState(tenant: Names.tenant, deleted: [:], cost: ReadCost(requests: 1))
    second.accounts[id] = Account(
      id: id,
      addresses: [Names.address("ana")],
      isEnabled: false,
      ties: Account.Ties(ownsObjects: true)
    )
    second.lookedUp = [Names.address("bob")]
    let merged = first.merging(second)
    #expect(
      merged.accounts[id]?.isEnabled == false && merged.accounts[id]?.ties?.ownsObjects == true
    )
    #expect(merged.accounts[id]?.sponsors == [Names.user(9)])
    #expect(merged.cost.requests == 4 && merged.cost.roundTrips == 2)
    #expect(merged.lookedUp == [Names.address("bob")] && merged.deleted != nil)
  }

  @Test func `sponsors go into the invitation, and are added later where they were read`() throws {
    var world = World()
    let lena = world.tenant.add("lena@contoso.example", created: nil) {
      $0.userType = .member
      $0.isExternal = false
    }
    world.declare("ana", [Names.role(1)])
    world.commit()
    let plan = world.run()
    guard case .invite(_, _, _, let sponsors)? = plan.actions.first?.operation else {
      Issue.record("no invitation")
      return
    }
    #expect(sponsors == [lena])
    let ana = try #require(world.tenant.account("ana")).id
    world.tenant.change(ana) { $0.sponsors = [] }
    let later = world.run()
    #expect(
      later.actions.map(\.operation) == [.addSponsor(lena, Names.address("lena@contoso.example"))]
    )
    #expect(world.plan().actions.isEmpty)
    world.tenant.change(ana) { $0.sponsors = Set((1...5).map { Names.user($0) }) }
    #expect(world.plan().actions.isEmpty)
  }
}
