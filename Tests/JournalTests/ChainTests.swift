import Access
import Journal
import SQLite
import TestSupport
import Testing

struct ChainTests {
  private func filled() async throws -> JournalFixture {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    try await fixture.journal.applying(commit(1), in: run)
    for (number, name) in ["ana", "bo", "cy"].enumerated() {
      let account = user(UInt64(number))
      try await fixture.write(address(name), .invite, .invite, account: account, in: run)
    }
    try await fixture.journal.end(run, as: .completed)
    return fixture
  }

  private func fault(_ verdict: ChainVerdict) -> ChainVerdict.Break? {
    if case .broken(let fault) = verdict { fault } else { nil }
  }

  @Test func `a journal that nobody touched is intact, and says where it ends`() async throws {
    let fixture = try await filled()
    let head = try await fixture.journal.head()
    #expect(try await fixture.journal.verify() == .intact(head))
    #expect(try await fixture.journal.verify(against: head) == .intact(head))
    #expect(head.flatMap { ChainHead($0.description) } == head)
  }

  @Test func `a ref of any characters leaves the chain intact`() async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin("\"main\"\\n\n\u{1}\u{7f}/'é\u{2028}\u{1F600}")
    try await fixture.journal.end(run, as: .completed)
    #expect(try await fixture.journal.verify() == .intact(try await fixture.journal.head()))
  }

  @Test func `an empty journal is intact`() async throws {
    #expect(try await JournalFixture().journal.verify() == .intact(nil))
  }

  @Test(arguments: [
    "UPDATE entries SET moment = moment + 1 WHERE sequence = 4",
    "UPDATE entries SET kind = 'planned' WHERE sequence = 4",
    "UPDATE entries SET body = replace(body, '{', '{ ') WHERE sequence = 4",
    "UPDATE entries SET tenant = 'other' WHERE sequence = 4",
    "UPDATE entries SET run = 'other' WHERE sequence = 4",
    "UPDATE entries SET request = 'other' WHERE sequence = 4",
    "UPDATE entries SET link = zeroblob(32) WHERE sequence = 4",
    "UPDATE entries SET guest = NULL WHERE sequence = 4",
  ])
  func `an entry that was altered is named`(_ sql: String) async throws {
    let fixture = try await filled()
    try fixture.tamper(sql)
    let found = fault(try await fixture.journal.verify())
    #expect(found?.sequence == 4)
    #expect(found?.fault == .altered)
  }

  @Test(arguments: [1, 999, 1000, 1001, 1002, 2000, 2001, 2302])
  func `an entry of a long journal that was altered or removed is named`(
    _ sequence: Int
  ) async throws {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    let intents = (0..<2300).map { number in
      Intent(
        requestID: GUID(high: 9, low: UInt64(number)),
        guest: address("ana"),
        verb: .invite,
        step: .invite
      )
    }
    try await fixture.journal.intend(intents, in: run)
    let head = try await fixture.journal.head()
    #expect(try await fixture.journal.verify(against: head) == .intact(head))
    #expect(head?.sequence == 2303)
    for sql in [
      "UPDATE entries SET moment = moment + 1 WHERE sequence IN (\(sequence), 2302)",
      "DELETE FROM entries WHERE sequence = \(sequence)",
    ] {
      try fixture.tamper(sql)
      #expect(fault(try await fixture.journal.verify())?.sequence == sequence)
    }
  }

  @Test(arguments: [1, 4, 6])
  func `an entry that was removed is named`(_ sequence: Int) async throws {
    let fixture = try await filled()
    try fixture.tamper("DELETE FROM entries WHERE sequence = \(sequence)")
    let found = fault(try await fixture.journal.verify())
    #expect(found?.sequence == sequence)
    #expect(found?.fault == .removed)
  }

  @Test func `entries that were taken from the end are missed`() async throws {
    let fixture = try await filled()
    let head = try #require(try await fixture.journal.head())
    try fixture.tamper("DELETE FROM entries WHERE sequence > \(head.sequence - 2)")
    let found = fault(try await fixture.journal.verify())
    #expect(found?.sequence == head.sequence - 1)
    #expect(found?.fault == .removed)
    _ = try await fixture.begin()
    #expect(fault(try await fixture.journal.verify())?.sequence == head.sequence - 1)
  }

  @Test func `an entry that was removed and the rest numbered anew is named`() async throws {
    let fixture = try await filled()
    try fixture.tamper(
      """
      DELETE FROM entries WHERE sequence = 4;
      UPDATE entries SET sequence = -sequence WHERE sequence > 4;
      UPDATE entries SET sequence = -sequence - 1 WHERE sequence < 0;
      """
    )
    let found = fault(try await fixture.journal.verify())
    #expect(found?.sequence == 4)
    #expect(found?.fault == .removed)
  }

  @Test func `an entry that was put in and the rest numbered anew is named`() async throws {
    let fixture = try await filled()
    try fixture.tamper(
      """
      UPDATE entries SET sequence = -sequence WHERE sequence > 4;
      UPDATE entries SET sequence = 1 - sequence WHERE sequence < 0;
      INSERT INTO entries SELECT 5, run, tenant, moment, kind, 'new', body, link, guest
        FROM entries WHERE sequence = 4;
      """
    )
    let found = fault(try await fixture.journal.verify())
    #expect(found?.sequence == 5)
    #expect(found?.fault == .inserted)
  }

  @Test func `an entry before the first is named`() async throws {
    let fixture = try await filled()
    try fixture.tamper(
      "INSERT INTO entries SELECT -1, run, tenant, moment, kind, 'new', body, link, guest FROM entries"
        + " WHERE sequence = 4"
    )
    #expect(fault(try await fixture.journal.verify())?.fault == .inserted)
  }

  @Test func `another chain than the published one is named, however sound it is`() async throws {
    let fixture = try await filled()
    let published = try await filled().journal.head()
    let longer = try await fixture.journal.head().flatMap {
      ChainHead("\($0.sequence + 5):\($0.link)")
    }
    // The salts are equal and the moments are; the journals are one as far as the chain goes.
    #expect(fault(try await fixture.journal.verify(against: published)) == nil)
    #expect(fault(try await fixture.journal.verify(against: longer))?.fault == .removed)
    let other = ChainHead("4:" + String(repeating: "0", count: 64))
    #expect(fault(try await fixture.journal.verify(against: other))?.fault == .otherThanPublished)
  }

  @Test(arguments: [
    ("UPDATE personal SET text = 'eve@fabrikam.example' WHERE text LIKE 'ana%'", "altered"),
    ("DELETE FROM personal WHERE text LIKE 'ana%'", "removed"),
    ("INSERT INTO personal VALUES ('x', 'address', x'00', 'eve@x.example', 'x')", "inserted"),
  ])
  func `a person who was altered, removed or put in is named`(
    _ sql: String,
    _ word: String
  )
    async throws
  {
    let fixture = try await filled()
    try fixture.tamper(sql)
    #expect(fault(try await fixture.journal.verify())?.fault.rawValue == word)
  }

  @Test func `an erased person is gone from every file, and the chain holds`() async throws {
    let fixture = try await filled()
    let run = try await fixture.begin()
    #expect(try await fixture.journal.erase(address("ana"), in: run) == 2)
    let head = try await fixture.journal.head()
    #expect(try await fixture.journal.verify() == .intact(head))
    let record = try await fixture.record()
    #expect(record.accounts == [address("bo"): user(1), address("cy"): user(2)])
    #expect(record.made == [user(1), user(2)])
    for name in ["journal.sqlite", "journal.sqlite-wal"] {
      let text = String(decoding: try fixture.folder.bytes("state/\(name)"), as: UTF8.self)
      #expect(!text.contains("ana@"))
      #expect(!text.contains(user(0).description))
    }
    #expect(try await fixture.journal.erase(address("nobody"), in: run) == 0)
  }

  @Test func `an erasure that a reader holds up says so, and can be repeated`() async throws {
    let fixture = try await filled()
    let run = try await fixture.begin()
    let reader = try Connection(.file(fixture.path), access: .readOnly)
    try reader.execute("BEGIN")
    _ = try reader.integer("SELECT count(*) FROM entries")
    try await fixture.journal.applying(commit(2), in: run)
    let error = await #expect(throws: JournalError.self) {
      try await fixture.journal.erase(address("ana"), in: run)
    }
    #expect(error?.kind == .busy)
    try reader.execute("COMMIT")
    #expect(try await fixture.journal.erase(address("ana"), in: run) == 0)
    let log = try fixture.folder.bytes("state/journal.sqlite-wal")
    #expect(!String(decoding: log, as: UTF8.self).contains("ana@"))
  }

  @Test func `no address and no account is in the entries`() async throws {
    let fixture = try await filled()
    let connection = try Connection(.file(fixture.path))
    let text = try connection.query("SELECT body FROM entries") {
      (row) throws(SQLiteError) in try row.text(0)
    }.joined()
    #expect(!text.contains("@"))
    #expect(!text.contains(user(1).description))
  }
}
