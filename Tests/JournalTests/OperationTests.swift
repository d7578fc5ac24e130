import Access
import Journal
import TestSupport
import Testing

struct OperationTests {
  private let role = Resource.appRole(AppID(GUID(high: 3, low: 3)), RoleValue("a:b"))

  @Test func `an intent without an outcome is open until it is settled`() async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    let request = try await fixture.write(
      address("ana"),
      .grant,
      .assign,
      account: user(1),
      resource: role,
      outcome: nil,
      in: run
    )
    let open = try await fixture.journal.openIntents(of: fixture.tenant)
    #expect(open.map(\.intent.requestID) == [request])
    #expect(open.first?.intent.resource == role)
    #expect(open.first?.intended == fixture.clock.now())
    #expect(try await fixture.record().unresolved.map(\.guest) == [address("ana")])
    #expect(try await fixture.record().grants.isEmpty)
    let settlement = Settlement(requestID: request, outcome: .foundDone)
    try await fixture.journal.settle([.init(settlement, guest: address("ana"))], in: run)
    #expect(try await fixture.journal.openIntents(of: fixture.tenant).isEmpty)
    #expect(
      try await fixture.record().grants == [GrantKey(guest: address("ana"), resource: role): 1]
    )
  }

  @Test func `look-ups that found nothing are remembered with their runs`() async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    let request = try await fixture.write(address("ana"), .invite, .invite, outcome: nil, in: run)
    fixture.clock.advance(by: .minutes(30))
    let later = try await fixture.begin()
    try await fixture.journal.lookedUp([request], in: later)
    let open = try await fixture.journal.openIntents(of: fixture.tenant)
    #expect(open.first?.run == run.id)
    #expect(open.first?.lookUps.map(\.run) == [later.id])
  }

  @Test func `what an invitation made is ours, known by its address, and counted as a mail`()
    async throws
  {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    try await fixture.write(address("ana"), .invite, .invite, account: user(1), in: run)
    try await fixture.write(
      address("bo"),
      .invite,
      .invite,
      account: user(2),
      outcome: .alreadyThere,
      in: run
    )
    let refused = Settlement.Outcome.failed(.refused, status: 400, code: "Request_BadRequest")
    try await fixture.write(address("cy"), .invite, .invite, outcome: refused, in: run)
    let record = try await fixture.record()
    #expect(record.made == [user(1)])
    #expect(record.accounts == [address("ana"): user(1), address("bo"): user(2)])
    #expect(Set(record.invitations.keys) == [address("ana"), address("bo")])
  }

  @Test func `a resend whose reply was lost counts as mailed when it was sent`() async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    let sent = fixture.clock.now()
    let request = try await fixture.write(
      address("ana"),
      .resend,
      .resend,
      account: user(1),
      outcome: nil,
      in: run
    )
    fixture.clock.advance(by: .days(2))
    let settlement = Settlement(requestID: request, outcome: .assumedDone)
    try await fixture.journal.settle([.init(settlement, guest: address("ana"))], in: run)
    #expect(try await fixture.record().invitations == [address("ana"): [sent]])
  }

  @Test func `only a block that changed something is ours, until we lift it`() async throws {
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
    #expect(try await fixture.record().blocks == [user(1): fixture.clock.now()])
    try await fixture.write(address("ana"), .unblock, .unblock, account: user(1), in: run)
    #expect(try await fixture.record().blocks.isEmpty)
  }

  @Test func `a deletion is ours until we restore`() async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    try await fixture.write(address("ana"), .delete, .delete, account: user(1), in: run)
    #expect(try await fixture.record().deletions == [user(1): fixture.clock.now()])
    try await fixture.write(address("ana"), .restore, .restore, account: user(1), in: run)
    #expect(try await fixture.record().deletions.isEmpty)
  }

  @Test func `grants are counted since we last took them ourselves`() async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    let ana = address("ana")
    for _ in 0..<3 {
      try await fixture.write(ana, .grant, .assign, account: user(1), resource: role, in: run)
    }
    let key = GrantKey(guest: ana, resource: role)
    #expect(try await fixture.record().grants == [key: 3])
    try await fixture.write(ana, .revoke, .unassign, account: user(1), resource: role, in: run)
    #expect(try await fixture.record().grants.isEmpty)
    try await fixture.write(ana, .grant, .assign, account: user(1), resource: role, in: run)
    #expect(try await fixture.record().grants == [key: 1])
  }

  @Test func `a change of address is unfinished until the redemption was reset to it`() async throws
  {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    let ana = address("ana.h")
    try await fixture.write(ana, .resetRedemption, .changeMail, account: user(1), in: run)
    // The word of journals from before the property changed.
    #expect(try fixture.rows("kind, body->>'step'", of: "intended") == ["intended addOtherMail"])
    let refused = Settlement.Outcome.failed(.unavailable, status: 503, code: nil)
    try await fixture.write(
      ana,
      .resetRedemption,
      .resetRedemption,
      account: user(1),
      outcome: refused,
      in: run
    )
    #expect(
      try await fixture.record().addressChanges == [user(1): .init(to: ana, isFinished: false)]
    )
    try await fixture.write(ana, .resetRedemption, .resetRedemption, account: user(1), in: run)
    #expect(
      try await fixture.record().addressChanges == [user(1): .init(to: ana, isFinished: true)]
    )
  }
}
