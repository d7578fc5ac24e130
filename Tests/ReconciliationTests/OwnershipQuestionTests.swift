import Access
import Reconciliation
import Testing

@testable import Worlds

/// Without a journal the program asks (DESIGN section 5, the guard `ownership`).
struct OwnershipQuestionTests {
  private func lost(_ change: (inout World) -> Void) -> World {
    var world = StaircaseTests.settled()
    change(&world)
    world.journal = JournalRecord()
    return world
  }

  private func answer(_ plan: Plan, accepts: Bool, _ world: inout World) throws {
    let digest = try #require(plan.verdict(.ownership)?.digest)
    let answer = PlanningOptions.Acceptance(.ownership, digest: String(digest.prefix(16)))
    world.options.accepted = accepts ? [answer] : []
    world.options.declined = accepts ? [] : [answer]
  }

  @Test func `where it makes no difference the run just runs`() {
    var world = World()
    world.tenant.add("zoe", created: world.now - .days(400))
    world.declare("ana", [Names.role(1)])
    world.declare("zoe", [Names.role(1)])
    world.commit()
    world.declare("old")
    world.commit()
    world.undeclare("old")
    world.commit(dated: world.now)
    let plan = world.run()
    #expect(plan.guards.isEmpty && plan.basis.hasJournal)
    #expect(plan.verbs == ["invite ana", "grant ana app1:Reader", "grant zoe app1:Reader"])
    #expect(plan.adoptions.map(\.guest) == [Names.address("zoe")])
    #expect(world.plan().actions.isEmpty && world.plan().adoptions.isEmpty)
  }

  @Test func `a lost journal holds the removals until somebody says whose they are`() throws {
    var world = lost {
      $0.undeclare("ana")
      $0.declare("bob", [Names.role(1)])
      $0.commit()
    }
    let plan = world.run()
    #expect(plan.verdict(.ownership)?.heldBack.count == 3)
    #expect(world.tenant.account("ana")?.isEnabled == true && world.tenant.account("bob") != nil)
    // The journal that this run began is no answer.
    let later = world.run()
    #expect(later.verdict(.ownership)?.heldBack.count == 3)
    try answer(later, accepts: true, &world)
    world.run()
    #expect(world.tenant.account("ana")?.isEnabled == false)
    #expect(world.plan().actions.isEmpty && world.plan().guards.isEmpty)
    world.pass(.days(30))
    #expect(world.run().verbs == ["delete ana"])
  }

  @Test func `what is declined is left alone, and reports go on naming it`() throws {
    var world = lost {
      $0.undeclare("ana")
      $0.commit()
    }
    let plan = world.run()
    try answer(plan, accepts: false, &world)
    let declined = world.run()
    #expect(declined.verdict(.ownership)?.isDeclined == true)
    #expect(world.tenant.account("ana")?.isEnabled == true)
    world.options.declined = []
    let later = world.run()
    #expect(later.actions.isEmpty && later.guards.isEmpty)
    #expect(later.found(.unmanagedGuest).map(\.guest) == [Names.address("ana")])
    #expect(later.found(.unmanagedGrant).count == 2)
  }

  @Test func `what an end date takes is never asked about`() {
    var world = lost {
      let end = $0.now + .days(3)
      $0.declare("ana", [Names.role(1), .group(Names.group(1))]) {
        $0.ends = [Ending(rule: .at(end), origin: .guest)]
      }
      $0.commit()
      $0.run()
      $0.pass(.days(3))
    }
    let plan = world.run()
    #expect(plan.guards.isEmpty)
    #expect(plan.verbs == ["block ana", "revoke ana app1:Reader", "revoke ana group1"])
  }

  @Test func `somebody who was declared long ago and is missing among others is asked about`()
    throws
  {
    var world = lost {
      if let id = $0.tenant.account("ana")?.id {
        $0.tenant.delete(id, at: $0.now)
        $0.tenant.purge(id)
      }
      $0.pass(.days(8))
      $0.declare("zoe", [Names.role(1)])
      $0.commit()
    }
    let plan = world.run()
    let held = plan.heldBack.sorted().map { plan.verbs[$0] }
    #expect(held == ["invite ana", "grant ana app1:Reader", "grant ana group1"])
    #expect(world.tenant.account("ana") == nil && world.tenant.account("zoe") != nil)
    try answer(plan, accepts: true, &world)
    world.run()
    #expect(world.tenant.account("ana") != nil)
  }

  @Test func `a block and a deletion that may have been our removal are asked about`() throws {
    for isDeleted in [false, true] {
      var world = lost {
        let kept = $0.desired
        $0.undeclare("ana")
        $0.commit()
        $0.run()
        if isDeleted {
          $0.pass(.days(31))
          $0.run()
          // Without its moment nobody can tell that the commit came after the deletion.
          for id in $0.tenant.state.deleted?.keys ?? [:].keys {
            $0.tenant.state.deleted?[id]?.deleted = nil
          }
        }
        $0.desired = kept
        $0.commit()
      }
      let plan = world.run()
      #expect(plan.verdict(.ownership)?.heldBack.count == (isDeleted ? 2 : 1))
      #expect(plan.verbs.first == (isDeleted ? "restore ana" : "unblock ana"))
      #expect(world.tenant.account("ana")?.isEnabled != true)
      try answer(plan, accepts: true, &world)
      world.run()
      #expect(world.tenant.account("ana")?.isEnabled == true)
    }
  }

  @Test func `a block outside of somebody who was never removed stays`() throws {
    let world = lost { world in
      if let id = world.tenant.account("ana")?.id {
        world.tenant.change(id) { $0.isEnabled = false }
      }
    }
    #expect(world.plan().actions.isEmpty && world.plan().guards.isEmpty)
    #expect(world.plan().found(.blockedElsewhere).count == 1)
  }

  @Test func `a reader without a journal treats everything as ours and says so`() {
    var world = StaircaseTests.settled()
    world.undeclare("ana")
    world.commit()
    world.journal = nil
    let plan = world.plan()
    #expect(plan.verbs == ["block ana", "revoke ana app1:Reader", "revoke ana group1"])
    #expect(plan.guards.isEmpty && !plan.basis.hasJournal && plan.adoptions.isEmpty)
  }

  @Test func `a shallow run forgets nothing that it did not see`() throws {
    var world = StaircaseTests.settled()
    world.undeclare("ana")
    world.commit()
    let whole = world.history
    // The clone begins after Ana went: she is unmanaged for this run.
    world.changeHistory { history in
      history.isShallow = true
      for key in history.intervals.keys where key.guest == Names.address("ana") {
        history.intervals[key] = nil
      }
    }
    #expect(world.run().actions.isEmpty)
    #expect(world.plan().found(.unmanagedGuest).map(\.guest) == [Names.address("ana")])
    world.changeHistory { $0 = whole }
    #expect(world.run().verbs == ["block ana", "revoke ana app1:Reader", "revoke ana group1"])
  }

  @Test func `an entry that no run carried out is not ours`() {
    var world = StaircaseTests.settled()
    let id = world.tenant.add("bob", created: world.now - .days(400))
    world.tenant.give(id, Names.role(1))
    world.declare("bob", [Names.role(1)])
    world.skip("bob")
    world.commit()
    world.run()
    world.desired.withheld = []
    world.commit()
    let plan = world.run()
    #expect(plan.actions.isEmpty)
    #expect(plan.found(.unmanagedGuest).map(\.account) == [id])
  }

  @Test func `an account that is younger than its removal is asked about, where nobody can tell`()
    throws
  {
    var world = World()
    world.declare("ana", [Names.role(1)])
    world.commit(dated: world.now - .days(400))
    world.undeclare("ana")
    world.commit(dated: world.now - .days(300))
    let ana = world.tenant.add("ana", created: world.now)
    world.tenant.give(ana, Names.role(1))
    let plan = world.run()
    #expect(plan.verbs == ["block ana", "revoke ana app1:Reader"])
    try answer(plan, accepts: true, &world)
    // A killed run's answer holds for the next.
    world.run { _ in false }
    world.options.accepted = []
    #expect(world.run().verbs == ["block ana", "revoke ana app1:Reader"])
    #expect(world.tenant.account("ana")?.isEnabled == false)
  }

  @Test func `grants wait for the unblock that somebody has to answer for`() throws {
    var world = lost {
      $0.undeclare("ana")
      $0.commit()
      $0.run()
      $0.declare("ana", [Names.role(1)])
      $0.commit()
    }
    let plan = world.run()
    #expect(plan.verbs == ["unblock ana", "grant ana app1:Reader"])
    #expect(plan.heldBack == [0, 1])
    try answer(plan, accepts: true, &world)
    world.run()
    #expect(world.plan().isAsDeclared)
  }
}
