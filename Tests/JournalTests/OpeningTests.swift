import Access
import FoundationEssentials
import Journal
import SQLite
import TestSupport
import Testing

/// What is refused when a journal is opened, before any run writes to a tenant.
struct OpeningTests {
  private func refusal(
    _ fixture: JournalFixture,
    for use: RunJournal.Use = .adding
  ) async -> JournalError.Kind? {
    await #expect(throws: JournalError.self) { try await fixture.reopened(for: use) }?.kind
  }

  private func filled() async throws -> JournalFixture {
    let fixture = try await JournalFixture()
    let run = try await fixture.begin()
    try await fixture.write(address("ana"), .invite, .invite, account: user(1), in: run)
    await fixture.journal.close()
    return fixture
  }

  @Test(arguments: [RunJournal.Use.adding, .reading])
  func `a journal that others can write is refused`(_ use: RunJournal.Use) async throws {
    let fixture = try await filled()
    try setMode(0o620, of: fixture.path)
    #expect(await refusal(fixture, for: use) == .notPrivate)
    try setMode(0o640, of: fixture.path)
    _ = try await fixture.reopened(for: use)
  }

  @Test(.enabled(if: FileManager.default.isWritableFile(atPath: "/etc"), "only root can give away"))
  func `a journal of another user is refused`() async throws {
    let fixture = try await filled()
    try giveAway(fixture.path)
    #expect(await refusal(fixture) == .notPrivate)
    #expect(await refusal(fixture, for: .reading) == .notPrivate)
  }

  @Test func `a journal that is a link is refused`() async throws {
    let fixture = try await filled()
    let moved = fixture.folder.path("elsewhere.sqlite")
    try FileManager.default.moveItem(atPath: fixture.path, toPath: moved)
    _ = try fixture.folder.makeLink("state/journal.sqlite", to: moved)
    #expect(await refusal(fixture) == .notPrivate)
    #expect(await refusal(fixture, for: .reading) == .notPrivate)
  }

  @Test(.timeLimit(.minutes(10)), arguments: ["", "-wal", "-shm", "-journal"])
  func `a pipe in place of the journal or of a file beside it is refused`(
    _ side: String
  ) async throws {
    let fixture = try await filled()
    try? FileManager.default.removeItem(atPath: fixture.path + side)
    _ = try await fixture.folder.makePipe("state/journal.sqlite\(side)")
    #expect(await refusal(fixture) == .notPrivate)
    #expect(await refusal(fixture, for: .reading) == .notPrivate)
  }

  @Test(arguments: [
    "UPDATE entries SET moment = moment + 1 WHERE sequence = 2",
    "DELETE FROM entries WHERE sequence = 2",
    "DELETE FROM entries WHERE sequence = (SELECT max(sequence) FROM entries)",
    "UPDATE personal SET text = 'eve@fabrikam.example' WHERE text LIKE 'ana%'",
    "DELETE FROM personal",
  ])
  func `an altered journal is refused for every use but verification`(
    _ sql: String
  ) async throws {
    let fixture = try await filled()
    try fixture.tamper(sql)
    #expect(await refusal(fixture) == .altered)
    #expect(await refusal(fixture, for: .reading) == .altered)
    let journal = try await fixture.reopened(for: .verifying)
    guard case .broken = try await journal.verify() else { return #expect(Bool(false)) }
  }

  @Test func `a journal that was moved away is a lost one`() async throws {
    let fixture = try await filled()
    try FileManager.default.removeItem(atPath: fixture.folder.path("state"))
    #expect(await refusal(fixture, for: .reading) == .missing)
    let journal = try await fixture.reopened()
    #expect(try await journal.record(for: fixture.tenant, ref: "main") == nil)
  }

  @Test func `a journal is read while another process adds to it`() async throws {
    let fixture = try await filled()
    let writer = try await fixture.reopened()
    for number in 0..<20 {
      let run = try await writer.begin(
        RunDescription(
          tenant: fixture.tenant,
          ref: "main",
          commit: commit(number),
          command: "apply",
          toolVersion: ""
        )
      )
      let reader = try await fixture.reopened(for: .reading)
      #expect(try await reader.head() == (try await writer.head()))
      try await writer.end(run, as: .completed)
    }
  }

  @Test func `a journal of the first schema is migrated, and one of a later is refused`()
    async throws
  {
    let fixture = try await filled()
    try fixture.tamper(
      """
      DROP INDEX writes_by_guest; DROP INDEX ends_by_run; ALTER TABLE entries DROP COLUMN guest;
      DELETE FROM migrations WHERE number > 1; PRAGMA user_version = 1;
      """
    )
    let journal = try await fixture.reopened()
    #expect(try await journal.events(of: address("ana"), in: fixture.tenant).count == 1)
    #expect(try await journal.verify() == .intact(try await journal.head()))
    try fixture.tamper("INSERT INTO migrations VALUES (3, 'later'); PRAGMA user_version = 3;")
    #expect(await refusal(fixture) == .newer)
    #expect(await refusal(fixture, for: .reading) == .newer)
  }
}
