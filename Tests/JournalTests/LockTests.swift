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

  @Test func `a second run is told who holds the lock`() async throws {
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

  @Test func `whoever adds without the lock is not held up, and the chain holds`() async throws {
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
  func `a lock file that says nothing useful is no obstacle`(_ text: String) async throws {
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
}
