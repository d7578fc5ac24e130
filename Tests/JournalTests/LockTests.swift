import Access
import Journal
import TestSupport
import Testing

struct LockTests {
  private func holder(_ fixture: JournalFixture, _ command: String = "apply") -> LockHolder {
    LockHolder(
      host: "runner-1",
      processID: 4711,
      since: fixture.clock.now(),
      command: "guestlist \(command)"
    )
  }

  @Test func `a second run says who holds the lock`() async throws {
    let fixture = try await JournalFixture()
    let second = try await fixture.reopened()
    try await fixture.journal.acquireLock(on: fixture.tenant, as: holder(fixture))
    let error = await #expect(throws: JournalError.self) {
      try await second.acquireLock(on: fixture.tenant, as: holder(fixture, "reconcile"))
    }
    #expect(error?.kind == .locked(by: holder(fixture)))
    #expect(
      error?.message
        == "it is held by `guestlist apply`, process 4711 on runner-1, since 2027-01-15T08:00:00Z"
    )
    await fixture.journal.releaseLock()
    try await second.acquireLock(on: fixture.tenant, as: holder(fixture, "reconcile"))
  }

  @Test func `closing gives the lock back`() async throws {
    let fixture = try await JournalFixture()
    let second = try await fixture.reopened()
    try await fixture.journal.acquireLock(on: fixture.tenant, as: holder(fixture))
    await fixture.journal.close()
    try await second.acquireLock(on: fixture.tenant, as: holder(fixture))
  }

  @Test func `tenants do not hold up one another`() async throws {
    let fixture = try await JournalFixture()
    let second = try await fixture.reopened()
    try await fixture.journal.acquireLock(on: fixture.tenant, as: holder(fixture))
    try await second.acquireLock(on: TenantID(GUID(high: 2, low: 2)), as: holder(fixture))
  }

  @Test func `a writer without the lock is not delayed, and the chain holds`() async throws {
    let fixture = try await JournalFixture()
    let second = try await fixture.reopened()
    try await fixture.journal.acquireLock(on: fixture.tenant, as: holder(fixture))
    let run = try await fixture.begin()
    for number in 0..<20 {
      try await fixture.journal.applying(commit(number), in: run)
      try await second.applying(commit(number + 100), in: run)
    }
    #expect(try await second.verify() == .intact(try await fixture.journal.head()))
  }

  @Test(arguments: ["", "nonsense", "a\nb\nc\nd\n", "\u{1B}[31m\n1\n2\nx\n"])
  func `a lock file without useful contents is not an obstacle`(_ text: String) async throws {
    let fixture = try await JournalFixture()
    let second = try await fixture.reopened()
    try await fixture.journal.acquireLock(on: fixture.tenant, as: holder(fixture))
    try fixture.folder.write("state/journal.sqlite.\(fixture.tenant).lock", text)
    let error = await #expect(throws: JournalError.self) {
      try await second.acquireLock(on: fixture.tenant, as: holder(fixture))
    }
    guard case .locked(let other) = error?.kind else { return #expect(Bool(false)) }
    #expect(other?.host.contains("\u{1B}") != true)
  }

  private func lockFile(_ fixture: JournalFixture) -> String {
    "state/journal.sqlite.\(fixture.tenant).lock"
  }

  /// What a holder on another machine writes.
  private func claim(lastSign: Moment) -> String {
    "runner-2\n17\n1800000000\nguestlist apply\nanother-boot\n\(lastSign.seconds)\n"
  }

  @Test func `a lock that is a link is refused, and its target stays as it is`() async throws {
    let fixture = try await JournalFixture()
    let target = try fixture.folder.write("precious", "precious")
    _ = try fixture.folder.makeLink(lockFile(fixture), to: target)
    let error = await #expect(throws: JournalError.self) {
      try await fixture.journal.acquireLock(on: fixture.tenant, as: holder(fixture))
    }
    #expect(error?.kind == .notPrivate)
    #expect(try fixture.folder.read("precious") == "precious")
  }

  @Test(.timeLimit(.minutes(10)))
  func `a lock that is a pipe, or that others can write, is refused`() async throws {
    let fixture = try await JournalFixture()
    let piped = try await fixture.folder.makePipe(lockFile(fixture))
    let error = await #expect(throws: JournalError.self) {
      try await fixture.journal.acquireLock(on: fixture.tenant, as: holder(fixture))
    }
    #expect(error?.kind == .notPrivate, "\(piped)")
    let other = try await JournalFixture()
    try setMode(0o666, of: other.folder.write(lockFile(other), ""))
    let open = await #expect(throws: JournalError.self) {
      try await other.journal.acquireLock(on: other.tenant, as: holder(other))
    }
    #expect(open?.kind == .notPrivate)
  }

  @Test func `a run on another machine keeps its lock until it was silent for long`() async throws {
    let fixture = try await JournalFixture()
    let text = claim(lastSign: fixture.clock.now())
    try setMode(0o600, of: fixture.folder.write(lockFile(fixture), text))
    fixture.clock.advance(by: .minutes(14))
    let error = await #expect(throws: JournalError.self) {
      try await fixture.journal.acquireLock(on: fixture.tenant, as: holder(fixture))
    }
    guard case .locked(let other) = error?.kind else { return #expect(Bool(false)) }
    #expect(other?.host == "runner-2")
    #expect(error?.message.contains("on another machine") == true)
    fixture.clock.advance(by: .minutes(1))
    try await fixture.journal.acquireLock(on: fixture.tenant, as: holder(fixture))
  }

  @Test func `a run whose lock was taken over writes nothing more`() async throws {
    let fixture = try await JournalFixture()
    try await fixture.journal.acquireLock(on: fixture.tenant, as: holder(fixture))
    let run = try await fixture.begin()
    try fixture.folder.write(lockFile(fixture), claim(lastSign: fixture.clock.now()))
    let head = try await fixture.journal.head()
    let error = await #expect(throws: JournalError.self) {
      try await fixture.journal.applying(commit(1), in: run)
    }
    guard case .locked(let other) = error?.kind else { return #expect(Bool(false)) }
    #expect(other?.host == "runner-2")
    #expect(try await fixture.journal.head() == head)
    // Nor does it clear what the new holder wrote.
    await fixture.journal.close()
    #expect(try fixture.folder.read(lockFile(fixture)).hasPrefix("runner-2"))
  }

  @Test func `a run that writes shows that it is alive, and clears the lock at its end`()
    async throws
  {
    let fixture = try await JournalFixture()
    try await fixture.journal.acquireLock(on: fixture.tenant, as: holder(fixture))
    let run = try await fixture.begin()
    fixture.clock.advance(by: .minutes(2))
    try await fixture.journal.applying(commit(1), in: run)
    let text = try fixture.folder.read(lockFile(fixture))
    #expect(text.hasSuffix("\n\(fixture.clock.now().seconds)\n"))
    await fixture.journal.close()
    #expect(try fixture.folder.read(lockFile(fixture)) == "")
  }
}
