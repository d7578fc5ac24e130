import Access
import Journal
import TestSupport
import Testing

struct AnswerTests {
  private func answer(
    _ actions: [JournalRecord.AcceptedAction],
    of number: Int = 1,
    accepted: Bool = true
  ) -> GuardAnswer {
    GuardAnswer(
      .removals,
      digest: "0123456789abcdef",
      commit: commit(number),
      isAccepted: accepted,
      actions: actions
    )
  }

  private func action(
    _ name: String,
    _ verb: Action.Verb = .block,
    _ resource: Resource? = nil
  ) -> JournalRecord.AcceptedAction {
    .init(guest: address(name), verb: verb, resource: resource)
  }

  private func begin(
    _ fixture: JournalFixture,
    reason: String? = nil
  ) async throws -> JournaledRun {
    let run = try await fixture.journal.begin(
      RunDescription(
        tenant: fixture.tenant,
        ref: "main",
        commit: commit(1),
        command: "apply",
        toolVersion: "test",
        runner: "lena",
        reason: reason
      )
    )
    try await fixture.journal.found(on: .firstRun, isAccepted: false, in: run)
    return run
  }

  @Test func `what was accepted holds until the commit was applied whole`() async throws {
    let fixture = try await JournalFixture()
    let run = try await begin(fixture)
    let group = Resource.group(GroupID(GUID(high: 5, low: 5)))
    let actions = [action("ana"), action("ana", .revoke, group), action("bo")]
    try await fixture.journal.answer([answer(actions)], in: run)
    // The run is killed; the next reads what was accepted.
    let accepted = try await fixture.record().accepted
    #expect(accepted == [.init(commit: commit(1), name: .removals, actions: Set(actions))])
    try await fixture.journal.appliedWhole(commit(2), in: run)
    #expect(try await fixture.record().accepted == accepted)
    try await fixture.journal.appliedWhole(commit(1), in: run)
    #expect(try await fixture.record().accepted.isEmpty)
  }

  @Test func `what was declined is not accepted`() async throws {
    let fixture = try await JournalFixture()
    let run = try await begin(fixture)
    try await fixture.journal.answer([answer([action("ana")], accepted: false)], in: run)
    #expect(try await fixture.record().accepted.isEmpty)
    #expect(
      try await fixture.journal.answers(in: fixture.tenant).map(\.answer.isAccepted) == [false]
    )
  }

  @Test func `of what is ours the last answer counts`() async throws {
    let fixture = try await JournalFixture()
    let run = try await begin(fixture)
    let ana = EntryKey.guest(address("ana"))
    let group = Resource.group(GroupID(GUID(high: 5, low: 5)))
    let bo = EntryKey.grant(GrantKey(guest: address("bo"), resource: group))
    for (isAccepted, entries) in [(true, [ana, bo]), (false, [ana])] {
      let answer = GuardAnswer(
        .history,
        digest: "0123456789abcdef",
        commit: commit(1),
        isAccepted: isAccepted,
        entries: entries
      )
      try await fixture.journal.answer([answer], in: run)
    }
    let answers = try await fixture.record().ownershipAnswers
    #expect(answers.accepted == [bo])
    #expect(answers.declined == [ana])
    #expect(try await fixture.journal.answers(about: address("bo"), in: fixture.tenant).count == 1)
  }

  @Test func `an answer says who gave it, when and why, however long it is`()
    async throws
  {
    let fixture = try await JournalFixture()
    let run = try await begin(fixture, reason: "spring clean, CHG-7")
    let actions = (0..<1200).map { action("g\($0)") }
    try await fixture.journal.answer([answer(actions)], in: run)
    let answers = try await fixture.journal.answers(in: fixture.tenant)
    #expect(answers.map(\.answer) == [answer(actions)])
    #expect(answers.first?.runner == "lena")
    #expect(answers.first?.reason == "spring clean, CHG-7")
    #expect(answers.first?.run == run.id)
    #expect(answers.first?.moment == fixture.clock.now())
    let about = fixture.journal
    #expect(try await about.answers(about: address("g7"), in: fixture.tenant).count == 1)
    #expect(try await about.answers(about: address("x"), in: fixture.tenant).isEmpty)
  }

  @Test func `the history of a guest says who accepted what was held back, and why`() async throws {
    let fixture = try await JournalFixture()
    let run = try await begin(fixture, reason: "spring clean, CHG-7")
    try await fixture.write(address("g7"), .revoke, .leave, account: user(7), in: run)
    try await fixture.journal.answer([answer([action("g7"), action("g8")])], in: run)
    let events = try await fixture.journal.events(of: address("g7"), in: fixture.tenant)
    let decision = JournalEvent.Decision(
      .accepted(.removals),
      runner: "lena",
      reason: "spring clean, CHG-7"
    )
    #expect(events.map(\.kind).contains(.decided(decision)))
  }

  @Test func `erasing a person erases the reasons that are about nobody else, or name them`()
    async throws
  {
    let fixture = try await JournalFixture()
    let alone = try await begin(fixture, reason: "Ana Horvat was let go")
    try await fixture.journal.answer([answer([action("ana")])], in: alone)
    let both = try await begin(fixture, reason: "contract ended")
    try await fixture.journal.answer([answer([action("ana"), action("bo")], of: 2)], in: both)
    let named = try await begin(fixture, reason: "as Ana@Fabrikam.example asked")
    try await fixture.journal.answer([answer([action("bo")], of: 3)], in: named)
    try await fixture.journal.erase(address("ana"), in: named)
    let answers = try await fixture.journal.answers(in: fixture.tenant)
    #expect(answers.map(\.reason) == ["contract ended", nil])
    #expect(answers.map(\.answer.actions) == [[action("bo")], [action("bo")]])
    let bytes = String(decoding: try fixture.folder.bytes("state/journal.sqlite"), as: UTF8.self)
    #expect(!bytes.contains("Horvat"))
    #expect(try await fixture.journal.verify() == .intact(try await fixture.journal.head()))
  }
}
