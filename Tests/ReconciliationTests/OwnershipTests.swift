import Access
import Reconciliation
import Testing

@testable import Worlds

/// Whose an entry and an account are (DESIGN section 5).
struct OwnershipTests {
  private let ana = EntryKey.guest(Names.address("ana"))

  private func owns(_ world: World) -> Bool {
    Ownership(history: world.history, journal: world.journal, now: world.now).claim(ana) == .ours
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
    let provenance = Ownership(history: history, journal: world.journal, now: world.now)
      .introduction(of: ana)
    #expect(provenance?.commit == merge.commit)
    #expect(provenance?.inner == inner)
    #expect(provenance?.author == "Bo")
    #expect(provenance?.committed == merge.committed)
  }

  @Test func `an entry from below the boundary of a shallow clone is adopted`() throws {
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
}
