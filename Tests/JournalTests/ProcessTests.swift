import Access
import Glibc
import Journal
import Platform
import SQLite
import TestSupport
import Testing

/// Other processes beside us, and processes that die.
struct ProcessTests {
  @Test func `a process that is killed leaves what it intended and frees the lock`() async throws {
    let fixture = try await JournalFixture()
    let head = try await fixture.journal.head()
    let path = fixture.path
    let isSuccess = await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let clock = ManualClock()
      let journal = try await JournalFixture.open(path, clock, SeededRandomness(seed: 9))
      let tenant = TenantID(GUID(high: 1, low: 1))
      try await journal.acquireLock(
        on: tenant,
        as: LockHolder(host: "h", processID: 1, since: clock.now(), command: "apply")
      )
      let run = try await journal.begin(
        RunDescription(tenant: tenant, ref: "main", commit: nil, command: "apply", toolVersion: "")
      )
      try await journal.intend(
        [
          Intent(
            requestID: GUID(high: 1, low: 2),
            guest: address("ana"),
            verb: .invite,
            step: .invite
          )
        ],
        in: run
      )
      // Killed in the middle of a transaction.
      let connection = try Connection(.file(path))
      try connection.transaction { () throws(SQLiteError) in
        try connection.run("UPDATE entries SET moment = 0")
        kill(getpid(), SIGKILL)
      }
    }
    #expect(isSuccess != nil)
    #expect(head == nil)
    let open = try await fixture.journal.openIntents(of: fixture.tenant)
    #expect(open.map(\.intent.guest) == [address("ana")])
    #expect(try await fixture.journal.verify() == .intact(try await fixture.journal.head()))
    try await fixture.journal.acquireLock(
      on: fixture.tenant,
      as: LockHolder(host: "h", processID: 2, since: fixture.clock.now(), command: "apply")
    )
    // Anyone who has the lock next says how the killed run ended.
    let killed = try fixture.rows("run, kind", of: "begun").map { $0.prefix(36) }
    let next = try await fixture.begin()
    try await fixture.journal.end(next, as: .completed)
    #expect(
      try fixture.rows("run, body->>'result'", of: "ended")
        == killed.map { "\($0) killed" } + ["\(next.id) completed"]
    )
  }

  @Test func `two processes that add at once share one chain`() async throws {
    let fixture = try await JournalFixture()
    let path = fixture.path
    async let other: Void = {
      await #expect(processExitsWith: .success) { [path = path as String] in
        let journal = try await JournalFixture.open(path, ManualClock(), SeededRandomness(seed: 9))
        let tenant = TenantID(GUID(high: 1, low: 1))
        let run = try await journal.begin(
          RunDescription(
            tenant: tenant,
            ref: "main",
            commit: nil,
            command: "block",
            toolVersion: ""
          )
        )
        for number in 0..<50 { try await journal.applying(commit(number), in: run) }
      }
    }()
    let run = try await fixture.begin()
    for number in 0..<50 { try await fixture.journal.applying(commit(number), in: run) }
    await other
    let head = try await fixture.journal.head()
    #expect(head?.sequence == 103)
    #expect(try await fixture.journal.verify() == .intact(head))
  }
}
