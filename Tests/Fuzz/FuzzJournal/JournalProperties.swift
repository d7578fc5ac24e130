internal import Access
internal import Dispatch
internal import Journal
internal import Platform
internal import SQLite
internal import TestSupport

/// What must be true of reading a journal whose rows anybody may have written: an input is the kind
/// of an entry, a line end, and the entry's body.
///
/// In the body `$A` represents the token of an address that the journal knows, `$U` for that of its
/// account; no input would guess them.
enum JournalProperties {
  private static let world = World.make()

  /// Ends the process where a property does not hold.
  static func hold(for bytes: [UInt8]) {
    let lines = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
    guard lines.count == 2, let world else { return }
    let kind = String(decoding: lines[0], as: UTF8.self)
    let body = String(decoding: lines[1], as: UTF8.self)
      .replacing("$A", with: world.address).replacing("$U", with: world.account)
    let done = DispatchSemaphore(value: 0)
    Task {
      await world.check(kind, body)
      done.signal()
    }
    done.wait()
  }

  private struct World: Sendable {
    let folder: TemporaryFolder
    let journal: RunJournal
    let tenant = TenantID(GUID(high: 1, low: 1))
    let guest: EmailAddress
    let request: GUID
    var address = ""
    var account = ""

    /// A journal of one run that invited one guest.
    static func make() -> World? {
      let done = DispatchSemaphore(value: 0)
      let made = Locked<World?>(nil)
      Task {
        let world = try? await build()
        made.withLock { $0 = world }
        done.signal()
      }
      done.wait()
      guard let world = made.withLock({ $0 }) else {
        preconditionFailure("no journal to begin with")
      }
      return world
    }

    private static func build() async throws -> World? {
      guard let guest = EmailAddress(normalised: "ana@fabrikam.example") else { return nil }
      let folder = try TemporaryFolder()
      let journal = try await RunJournal.open(
        at: folder.path("journal.sqlite"),
        executor: QueueExecutor(label: "journal"),
        clock: ManualClock(),
        randomness: SeededRandomness()
      )
      var world = World(
        folder: folder,
        journal: journal,
        guest: guest,
        request: GUID(high: 9, low: 9)
      )
      let run = try await journal.begin(
        RunDescription(
          tenant: world.tenant,
          ref: "main",
          commit: nil,
          command: "apply",
          toolVersion: ""
        )
      )
      try await journal.found(on: .firstRun, isAccepted: false, in: run)
      try await journal.see(accounts: [guest: UserID(GUID(high: 7, low: 7))], in: run)
      let intent = Intent(requestID: world.request, guest: guest, verb: .invite, step: .invite)
      try await journal.intend([intent], in: run)
      let tokens = try Connection(.file(folder.path("journal.sqlite")), access: .readOnly).query(
        "SELECT token FROM personal ORDER BY kind DESC"
      ) { (row) throws(SQLiteError) in try row.text(0) }
      world.address = tokens[1]
      world.account = tokens[0]
      return world
    }

    /// Adds an entry, reads everything, and takes the entry away again.
    func check(_ kind: String, _ body: String) async {
      do throws(SQLiteError) {
        let connection = try Connection(.file(folder.path("journal.sqlite")))
        try connection.execute("PRAGMA synchronous = OFF")
        let isReply = kind == "settled" || kind == "lookedUp"
        let run = "00000000-0000-4000-8000-000000000001"
        try connection.run(
          "INSERT INTO entries (sequence, run, tenant, moment, kind, request, body, link, guest)"
            + " VALUES (1000000, ?, ?, 0, ?, ?, ?, zeroblob(32), ?)",
          [
            .text(run), .text(tenant.description), .text(kind),
            .text(isReply ? request.description : "00000000-0000-4000-8000-000000000002"),
            .text(body), .text(orNull: kind == "intended" ? address : nil),
          ]
        )
        await readAll()
        try connection.run("DELETE FROM entries WHERE sequence = 1000000")
      } catch {
        preconditionFailure("\(error)")
      }
    }

    private func readAll() async {
      await expectDamage { () async throws(JournalError) in
        _ = try await journal.record(for: tenant, ref: "main")
      }
      await expectDamage { () async throws(JournalError) in
        _ = try await journal.record(for: tenant, ref: "main", of: [guest])
      }
      await expectDamage { () async throws(JournalError) in
        _ = try await journal.events(of: guest, in: tenant)
      }
      await expectDamage { () async throws(JournalError) in
        _ = try await journal.events(in: tenant)
      }
      await expectDamage { () async throws(JournalError) in
        _ = try await journal.openIntents(of: tenant)
      }
      await expectDamage { () async throws(JournalError) in
        _ = try await journal.answers(in: tenant)
      }
      await expectDamage { () async throws(JournalError) in
        guard case .broken = try await journal.verify() else {
          preconditionFailure("an entry that nobody chained went unnoticed")
        }
      }
    }

    /// Reading either works or says that the journal is damaged.
    private func expectDamage(_ read: () async throws(JournalError) -> Void) async {
      do throws(JournalError) { try await read() } catch {
        precondition(error.kind == .damaged || error.kind == .unavailable, "\(error)")
      }
    }
  }
}
