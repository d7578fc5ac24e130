import Access
import Journal
import Platform
import TestSupport
import Testing

struct RunJournalTests {
  @Test func `a journal is created where there is none, for its owner alone`() async throws {
    let fixture = try await JournalFixture()
    #expect(try mode(of: fixture.path) == 0o600)
    #expect(try mode(of: fixture.folder.path("state")) == 0o700)
    #expect(try await fixture.journal.head() == nil)
  }

  @Test func `until a run has carried out a plan, there is no record`() async throws {
    let fixture = try await JournalFixture()
    #expect(try await fixture.journal.record(for: fixture.tenant, ref: "main") == nil)
    _ = try await fixture.begin()
    #expect(try await fixture.journal.record(for: fixture.tenant, ref: "main") == JournalRecord())
  }

  @Test func `a journal that is only read is never created`() async throws {
    let folder = try TemporaryFolder()
    let error = await #expect(throws: JournalError.self) {
      try await JournalFixture.open(
        folder.path("none.sqlite"),
        ManualClock(),
        SeededRandomness(),
        for: .reading
      )
    }
    #expect(error?.kind == .missing)
  }

  @Test func `a journal that is read takes nothing`() async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    let reader = try await fixture.reopened(for: .reading)
    #expect(try await reader.head() != nil)
    let error = await #expect(throws: JournalError.self) {
      try await reader.applying(commit(1), in: run)
    }
    #expect(error?.kind == .readOnly)
  }

  @Test func `a closed journal says so`() async throws {
    let fixture = try await JournalFixture()
    await fixture.journal.close()
    let error = await #expect(throws: JournalError.self) { try await fixture.journal.head() }
    #expect(error?.kind == .closed)
  }

  @Test func `a damaged journal is an error that names the way out`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("journal.sqlite", String(repeating: "no database at all ", count: 300))
    let error = await #expect(throws: JournalError.self) {
      try await JournalFixture.open(
        folder.path("journal.sqlite"),
        ManualClock(),
        SeededRandomness()
      )
    }
    #expect(error?.kind == .damaged)
    #expect(error?.hint?.contains("move the file aside") == true)
  }

  @Test(arguments: [
    "UPDATE entries SET body = 'no JSON'", "DROP TABLE personal", "DROP TABLE entries",
    "UPDATE personal SET text = '' WHERE kind = 'account'",
    "UPDATE entries SET body = '{\"guest\":{\"a\":[]},\"verb\":7}' WHERE kind = 'intended'",
  ])
  func `a journal whose rows are nonsense is an error or is passed over, and never a crash`(
    _ sql: String
  ) async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    try await fixture.write(address("ana"), .invite, .invite, account: user(1), in: run)
    try await fixture.write(address("bo"), .invite, .invite, outcome: nil, in: run)
    try fixture.tamper(sql)
    do throws(JournalError) {
      _ = try await fixture.journal.record(for: fixture.tenant, ref: "main")
      _ = try await fixture.journal.openIntents(of: fixture.tenant)
      _ = try await fixture.journal.events(of: address("ana"), in: fixture.tenant)
    } catch {
      #expect(error.kind == .damaged)
    }
    do throws(JournalError) {
      #expect(try await fixture.journal.verify() != .intact(try await fixture.journal.head()))
    } catch {
      #expect(error.kind == .damaged)
    }
  }

  @Test func `applied commits are kept by tenant and ref, in order`() async throws {
    let fixture = try await JournalFixture()
    let main = try await fixture.begin()
    let other = try await fixture.begin("develop")
    let elsewhere = try await fixture.begin(tenant: TenantID(GUID(high: 9, low: 9)))
    for number in [1, 2, 3, 1] { try await fixture.journal.applying(commit(number), in: main) }
    try await fixture.journal.applying(commit(4), in: other)
    try await fixture.journal.applying(commit(5), in: elsewhere)
    #expect(try await fixture.record().applied == [commit(2), commit(3), commit(1)])
    #expect(try await fixture.record("develop").applied == [commit(4)])
  }

  @Test func `the baseline and the ref are those of the last commit that was applied`() async throws
  {
    let fixture = try await JournalFixture()
    let main = try await fixture.begin()
    try await fixture.journal.applying(commit(1), in: main)
    #expect(try await fixture.record().baseline == nil)
    try await fixture.journal.appliedWhole(commit(1), in: main)
    try await fixture.journal.applying(commit(2), in: main)
    #expect(try await fixture.record().baseline == commit(1))
    #expect(try await fixture.record().ref == "main")
    let other = try await fixture.begin("develop")
    try await fixture.journal.applying(commit(3), in: other)
    #expect(try await fixture.record().ref == "develop")
    #expect(try await fixture.record("develop").baseline == nil)
  }

  @Test func `what the latest run of a commit left out is known, and forgotten once it is done`()
    async throws
  {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    let grant = GrantKey(guest: address("bo"), resource: .group(GroupID(GUID(high: 5, low: 5))))
    let left: Set<EntryKey> = [.guest(address("ana")), .grant(grant)]
    try await fixture.journal.applying(commit(1), notCarriedOut: left, in: run)
    try await fixture.journal.applying(commit(2), in: run)
    #expect(try await fixture.record().notCarriedOut == [commit(1): left])
    try await fixture.journal.applying(commit(1), in: run)
    #expect(try await fixture.record().notCarriedOut.isEmpty)
  }

  @Test func `a write of ours is recent for fifteen minutes`() async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    try await fixture.write(address("ana"), .block, .block, account: user(1), in: run)
    try await fixture.write(
      address("bo"),
      .block,
      .block,
      account: user(2),
      outcome: .alreadyThere,
      in: run
    )
    let write = JournalRecord.RecentWrite(
      guest: address("ana"),
      account: user(1),
      verb: .block,
      finished: fixture.clock.now()
    )
    fixture.clock.advance(by: .minutes(4))
    #expect(try await fixture.record().recent == [write])
    fixture.clock.advance(by: .minutes(1))
    #expect(try await fixture.record().recent.isEmpty)
  }

  @Test func `a write of ours is recent no longer once the tenant showed the opposite`()
    async throws
  {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    let group = Resource.group(GroupID(GUID(high: 3, low: 1)))
    let ana = address("ana")
    try await fixture.write(ana, .grant, .join, account: user(1), resource: group, in: run)
    try await fixture.write(ana, .block, .block, account: user(1), in: run)
    try await fixture.write(
      ana,
      .revoke,
      .leave,
      account: user(1),
      resource: group,
      outcome: .alreadyGone,
      in: run
    )
    #expect(try await fixture.record().recent.map(\.verb) == [.block])
  }

  @Test func `a record of some guests holds the writes of those alone`() async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    try await fixture.journal.applying(commit(1), in: run)
    for (number, name) in ["ana", "bo"].enumerated() {
      let account = user(UInt64(number))
      try await fixture.write(address(name), .invite, .invite, account: account, in: run)
    }
    let journal = fixture.journal
    let ana = try await journal.record(for: fixture.tenant, ref: "main", of: [address("ana")])
    #expect(ana?.made == [user(0)])
    #expect(ana?.applied == [commit(1)])
    let nobody = try await journal.record(for: fixture.tenant, ref: "main", of: [])
    #expect(nobody == JournalRecord(applied: [commit(1)]).changing { $0.ref = "main" })
  }

  @Test func `a run that was never ended is ended when the journal is closed`() async throws {
    let fixture = try await JournalFixture()
    let first = try await fixture.begin()
    try await fixture.journal.end(first, as: .completed)
    let second = try await fixture.begin()
    let head = await fixture.journal.close()
    let ends = try fixture.rows("run, body->>'result'", of: "ended")
    #expect(ends == ["\(first.id) completed", "\(second.id) stopped"])
    #expect(try await fixture.reopened(for: .reading).head() == head)
    #expect(await fixture.journal.close() == nil)
  }

  @Test func `a commit keeps the moment at which it was first seen`() async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    let start = fixture.clock.now()
    try await fixture.journal.see((0..<1200).map(commit), in: run)
    fixture.clock.advance(by: .hours(1))
    try await fixture.journal.see([commit(5), commit(5000)], in: run)
    let seen = try await fixture.record().firstSeen
    #expect(seen.count == 1201)
    #expect(seen[commit(5)] == start)
    #expect(seen[commit(5000)] == start + .hours(1))
  }

  @Test func `accounts are known by address, the last sight counting`() async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    try await fixture.journal.see(
      accounts: [address("ana"): user(1), address("bo"): user(2)],
      in: run
    )
    let head = try await fixture.journal.head()
    try await fixture.journal.see(accounts: [address("ana"): user(1)], in: run)
    #expect(try await fixture.journal.head() == head)
    try await fixture.journal.see(accounts: [address("ana"): user(3)], in: run)
    #expect(
      try await fixture.record().accounts == [address("ana"): user(3), address("bo"): user(2)]
    )
  }

  @Test func `a later sight of another account counts more than an invitation of ours`()
    async throws
  {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    try await fixture.journal.see(accounts: [address("ana"): user(1)], in: run)
    try await fixture.write(address("ana"), .invite, .invite, account: user(2), in: run)
    #expect(try await fixture.record().accounts == [address("ana"): user(2)])
    try await fixture.journal.see(accounts: [address("ana"): user(3)], in: run)
    #expect(try await fixture.record().accounts == [address("ana"): user(3)])
    #expect(try await fixture.record().made == [user(2)])
  }

  @Test func `losses keep their first moment until the account is back`() async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    let start = fixture.clock.now()
    try await fixture.journal.see(lost: [user(1): address("ana")], regained: [], in: run)
    fixture.clock.advance(by: .hours(1))
    try await fixture.journal.see(
      lost: [user(1): address("ana"), user(2): address("bo")],
      regained: [],
      in: run
    )
    #expect(try await fixture.record().losses == [user(1): start, user(2): start + .hours(1)])
    try await fixture.journal.see(lost: [:], regained: [user(1)], in: run)
    #expect(try await fixture.record().losses == [user(2): start + .hours(1)])
  }

  @Test func `how a journal began is recorded once, and accepted once`() async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.journal.begin(
      RunDescription(
        tenant: fixture.tenant,
        ref: "main",
        commit: nil,
        command: "apply",
        toolVersion: ""
      )
    )
    try await fixture.journal.found(on: .lost, isAccepted: false, in: run)
    #expect(try await fixture.record().beginning == .afterLoss(isAccepted: false))
    try await fixture.journal.found(on: .lost, isAccepted: false, in: run)
    try await fixture.journal.found(on: .lost, isAccepted: true, in: run)
    #expect(try await fixture.record().beginning == .afterLoss(isAccepted: true))
    try await fixture.journal.found(on: .firstRun, isAccepted: false, in: run)
    #expect(try await fixture.record().beginning == .afterLoss(isAccepted: true))
  }
}

extension JournalRecord {
  fileprivate func changing(_ change: (inout JournalRecord) -> Void) -> JournalRecord {
    var record = self
    change(&record)
    return record
  }
}
