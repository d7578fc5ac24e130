import Access
import Reconciliation
import Testing

/// Whose an entry and an account are (DESIGN section 5).
struct OwnershipTests {
  private let ana = EntryKey.guest(Names.address("ana"))

  private func owns(_ world: World) -> Bool {
    ownership(
      history: world.history,
      applied: world.journal,
      observed: world.tenant.state,
      now: world.now
    ).owns(ana)
  }

  @Test func `an entry that no run applied is not ours`() {
    var world = World()
    world.commit()
    world.declare("ana")
    world.commit()
    world.undeclare("ana")
    world.commit()
    world.run()
    #expect(!owns(world))
    world.declare("ana")
    world.commit()
    world.run()
    #expect(owns(world))
  }

  @Test func `who wrote a change is named beside the merge that brought it`() throws {
    var world = World()
    world.commit()
    world.declare("ana")
    world.commit(isMerge: true)
    var history = world.history
    let merge = try #require(history.chain.last)
    let inner = try #require(CommitID(hex: String(repeating: "ab", count: 20)))
    let person = HistoryStep.Person(name: "Bo", email: "bo@contoso.example")
    history.merged[inner] = MergedCommit(
      commit: inner,
      author: person,
      committer: person,
      authored: merge.authored,
      committed: merge.committed
    )
    history.intervals[ana]?[0].opened.inner = inner
    let provenance = ownership(
      history: history,
      applied: world.journal,
      observed: world.tenant.state,
      now: world.now
    ).introduction(of: ana)
    #expect(provenance?.commit == merge.commit)
    #expect(provenance?.inner == inner)
    #expect(provenance?.author == "Bo")
    #expect(provenance?.committed == merge.committed)
  }

  @Test func `without a journal an interval counts that holds a merge or lasted a day`() {
    for (isMerge, span, isOurs) in [
      (true, Moment.Span.minutes(1), true), (false, .days(1), true),
      (false, .hours(23), false),
    ] {
      var world = World()
      world.journal = nil
      world.commit()
      world.declare("ana")
      world.commit(isMerge: isMerge)
      world.pass(span)
      world.undeclare("ana")
      world.commit()
      #expect(owns(world) == isOurs)
    }
  }

  @Test func `a lost journal loses no ownership, also once a new one began`() {
    var world = StaircaseTests.settled()
    world.undeclare("ana")
    world.commit()
    world.journal = nil
    #expect(owns(world))
    let plan = world.run()
    #expect(plan.basis.memory == .lost)
    #expect(plan.verbs == ["block ana", "revoke ana app1:Reader", "revoke ana group1"])
    #expect(owns(world))
  }

  @Test func `an entry that only stood below the boundary of a shallow clone is adopted`() throws {
    var world = StaircaseTests.settled()
    world.undeclare("ana")
    world.commit()
    world.journal?.made = []
    world.changeHistory {
      $0.isShallow = true
      for key in $0.intervals.keys { $0.intervals[key]?[0].startsAtBoundary = true }
    }
    let plan = world.plan()
    #expect(plan.verbs == ["revoke ana app1:Reader", "revoke ana group1"])
    #expect(plan.basis.isShallow && plan.basis.commits == 2)
  }

  @Test func `a moment is the earliest of what is claimed and what was seen, and never runs back`()
  {
    let person = HistoryStep.Person(name: "", email: "")
    let steps = [100, 50, 900, 300].enumerated().map { index, second in
      HistoryStep(
        commit: Names.commit(index),
        author: person,
        committer: person,
        authored: Moment(seconds: 0),
        committed: Moment(seconds: Int64(second))
      )
    }
    let clock = ChainClock(
      chain: steps,
      firstSeen: [Names.commit(2): Moment(seconds: 400)],
      now: Moment(seconds: 600)
    )
    #expect((0...4).map { clock.moment(of: $0).seconds } == [100, 100, 400, 400, 600])
    #expect((0...3).map { clock.firstSeen($0).seconds } == [400, 400, 400, 600])
    #expect(clock.lastStep(by: Moment(seconds: 450), trustingDates: false) == 2)
    #expect(clock.lastStep(by: Moment(seconds: 450), trustingDates: true) == 3)
  }

  @Test func `a first run without a journal just runs`() {
    var world = World()
    world.journal = nil
    world.declare("ana", [Names.role(1)])
    world.commit(dated: world.now - .days(200))
    let plan = world.run()
    #expect(plan.basis.memory == .firstRun && plan.guards.isEmpty)
    #expect(plan.verbs == ["invite ana", "grant ana app1:Reader"])
    #expect(world.plan().actions.isEmpty)
  }

  @Test func `without a journal nobody is mailed late until the state is accepted`() throws {
    var world = StaircaseTests.settled()
    let id = try #require(world.tenant.account("ana")).id
    world.tenant.delete(id, at: world.now)
    world.tenant.purge(id)
    world.pass(.days(40))
    world.declare("zoe", [Names.role(1)])
    world.commit()
    world.journal = nil
    let plan = world.run()
    #expect(plan.verdict(.baseline)?.heldBack.count == 1)
    #expect(world.tenant.account("ana") == nil && world.tenant.account("zoe") != nil)
    // The journal that this run began does not open the way by itself.
    let later = world.run()
    #expect(later.verdict(.baseline)?.heldBack.count == 1)
    #expect(world.tenant.account("ana") == nil)
    let digest = try #require(later.verdict(.baseline)?.digest)
    world.options.accepted = [PlanningOptions.Acceptance(.baseline, digest: digest)]
    world.run()
    #expect(world.tenant.account("ana") != nil)
  }

  @Test func `without a journal nothing is deleted and nothing sent again`() throws {
    var world = StaircaseTests.settled()
    world.desired.lifecycle.resendAfter = .days(1)
    world.undeclare("ana")
    world.commit()
    world.run()
    world.pass(.days(40))
    world.journal = nil
    let id = try #require(world.tenant.account("guest10")).id
    world.tenant.change(id) { $0.redemption = .pendingAcceptance }
    let plan = world.plan()
    #expect(!plan.verbs.contains("delete ana"))
    #expect(
      plan.heldBack.isSuperset(of: plan.actions.indices.filter { plan.actions[$0].verb == .resend })
    )
  }
}
