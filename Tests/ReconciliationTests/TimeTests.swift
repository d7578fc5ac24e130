import Access
import Reconciliation
import Testing

@testable import Worlds

/// What begins, ends and is due by the passing of time (DESIGN section 4).
struct TimeTests {
  private func world(_ change: (inout GuestEntry, Moment) -> Void) -> World {
    var world = World()
    for number in 10..<14 { world.declare("guest\(number)", [Names.role(2)]) }
    let now = world.now
    world.declare("ana", [Names.role(1), .group(Names.group(1))]) { change(&$0, now) }
    world.commit()
    world.run()
    return world
  }

  @Test func `an expired guest is as if it were not declared, and the cause is the date`() {
    var world = world {
      $0.ends = [Ending(rule: .at($1 + .days(10)), origin: .guest)]
    }
    let end = Names.start + .days(10)
    world.pass(.days(9))
    #expect(world.plan().actions.isEmpty)
    #expect(world.plan().found(.expiring).count == 1)
    world.now = end - Moment.Span(seconds: 1)
    #expect(world.plan().actions.isEmpty)
    world.now = end
    let plan = world.run()
    #expect(plan.verbs == ["block ana", "revoke ana app1:Reader", "revoke ana group1"])
    #expect(plan.actions.allSatisfy { $0.reason == .expired(at: end, .guest) })
    #expect(plan.actions.allSatisfy { $0.provenance?.commit == Names.commit(1) })
    #expect(world.plan().actions.isEmpty)
    world.pass(.days(30))
    #expect(world.run().verbs == ["delete ana"])
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `an expiry that is put off brings the guest back`() {
    var world = world {
      $0.ends = [Ending(rule: .at($1 + .days(10)), origin: .guest)]
    }
    world.pass(.days(10))
    world.run()
    world.declare("ana", [Names.role(1), .group(Names.group(1))])
    world.commit()
    #expect(world.run().verbs == ["unblock ana", "grant ana app1:Reader", "grant ana group1"])
  }

  @Test func `the earliest of several ends wins, at every level`() {
    var world = world { entry, now in
      entry.ends = [
        Ending(rule: .at(now + .days(40)), origin: .guest),
        Ending(rule: .afterIntroduction(.days(30)), origin: .partnerLimit(Names.partner)),
      ]
      entry.grants[0].ends = [
        Ending(rule: .at(now + .days(20)), origin: .grant),
        Ending(rule: .afterIntroduction(.days(10)), origin: .bundle("supplier")),
      ]
    }
    world.now = Names.start + .days(10)
    let first = world.run()
    #expect(first.verbs == ["revoke ana app1:Reader"])
    #expect(first.actions[0].reason == .expired(at: Names.start + .days(10), .bundle("supplier")))
    world.now = Names.start + .days(30)
    let second = world.run()
    #expect(second.verbs == ["block ana", "revoke ana group1"])
    #expect(
      second.actions[0].reason
        == .expired(at: Names.start + .days(30), .partnerLimit(Names.partner))
    )
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `adding again within ninety days keeps the clock, later it starts anew`() {
    for (gap, ends) in [(Int64(80), true), (Int64(91), false)] {
      var world = world { entry, _ in
        entry.ends = [Ending(rule: .afterIntroduction(.days(85)), origin: .guest)]
      }
      let kept = world.desired
      world.undeclare("ana")
      world.commit()
      world.run()
      world.pass(.days(gap))
      world.desired = kept
      world.commit()
      world.pass(.days(6))
      #expect(world.plan().found(.expired).isEmpty != ends)
    }
  }

  @Test func `a guest that starts later is given nothing yet, and an account is left alone`() {
    var world = World()
    let start = world.now + .days(5)
    world.declare("ana", [Names.role(1)]) { $0.starts = start }
    world.commit()
    #expect(world.run().actions.isEmpty)
    #expect(world.plan().upcoming.map(\.kind) == [.start])
    world.now = start
    #expect(world.run().verbs == ["invite ana", "grant ana app1:Reader"])
  }

  @Test func `a guest who starts later is blocked now, whatever address the account has by now`() {
    var world = World()
    world.declare("ana", [Names.role(1)])
    world.commit()
    world.run()
    let account = world.tenant.account("ana")?.id
    if let account { world.tenant.change(account) { $0.addresses = [Names.address("other")] } }
    let start = world.now + .days(5)
    world.declare("ana", [Names.role(1)]) {
      $0.starts = start
      $0.blocked = "INC-7"
    }
    world.commit()
    #expect(world.plan().actions.filter { $0.verb == .block }.map(\.account) == [account])
  }

  @Test func `a block of a guest who starts later says so where the account is unclear`() {
    var world = World()
    world.tenant.add("ana", created: nil)
    world.tenant.add("ana", created: nil)
    let start = world.now + .days(5)
    world.declare("ana") {
      $0.starts = start
      $0.blocked = "INC-7"
    }
    world.commit()
    #expect(!world.plan().found(.unwritable).isEmpty)
    #expect(!world.plan().found(.conflict).isEmpty)
  }

  @Test func `planning for a later moment shows what time alone will bring`() {
    var world = world {
      $0.ends = [Ending(rule: .at($1 + .days(10)), origin: .guest)]
    }
    world.options.at = Names.start + .days(10)
    #expect(world.plan().verbs.first == "block ana")
    #expect(world.plan().moment == Names.start + .days(10))
    world.options.at = nil
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `an invitation that is not redeemed is sent again, up to its limit`() throws {
    var world = world { _, _ in }
    world.desired.lifecycle.resendAfter = .days(7)
    for name in 10..<14 {
      let id = try #require(world.tenant.account("guest\(name)")).id
      world.tenant.change(id) { $0.redemption = .accepted }
    }
    world.pass(.days(6))
    #expect(world.plan().actions.isEmpty)
    #expect(world.plan().found(.pending).count == 1)
    world.pass(.days(1))
    let plan = world.run()
    #expect(plan.verbs == ["resend ana"])
    #expect(world.plan().actions.isEmpty)
    world.pass(.days(7))
    #expect(world.run().verbs == ["resend ana"])
    world.pass(.days(70))
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `an overdue review and a missing sign-in are findings`() throws {
    var world = world { entry, now in entry.reviewed = now - .days(10) }
    world.pass(.days(170))
    let reviewed = world.plan().found(.reviewDue).map(\.guest)
    #expect(reviewed == [Names.address("ana")])
    world.pass(.days(20))
    #expect(world.plan().found(.reviewDue).count == 5)
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.change(id) { $0.lastSignIn = Names.start }
    #expect(world.plan().found(.inactive).map(\.account) == [id])
  }

  @Test func `a guest without access and one without a sponsor are findings`() {
    let world = world { entry, _ in
      entry.sponsors = []
      entry.grants = []
    }
    #expect(world.plan().found(.withoutAccess).map(\.guest) == [Names.address("ana")])
    #expect(world.plan().found(.withoutSponsor).map(\.guest) == [Names.address("ana")])
  }
}
