import Access
import Journal
import Platform
import SQLite
import TestSupport

/// A journal in a folder of its own, with a clock and randomness of its own.
struct JournalFixture {
  let folder: TemporaryFolder
  let path: String
  let clock = ManualClock()
  let randomness = SeededRandomness()
  let tenant = TenantID(GUID(high: 1, low: 1))
  let journal: RunJournal

  init() async throws {
    folder = try TemporaryFolder()
    path = folder.path("state/journal.sqlite")
    journal = try await Self.open(path, clock, randomness)
  }

  static func open(
    _ path: String,
    _ clock: ManualClock,
    _ randomness: SeededRandomness,
    for use: RunJournal.Use = .adding
  ) async throws(JournalError) -> RunJournal {
    try await RunJournal.open(
      at: path,
      for: use,
      executor: QueueExecutor(label: "journal"),
      clock: clock,
      randomness: randomness
    )
  }

  /// Opens the same file once more, as another process would.
  func reopened(for use: RunJournal.Use = .adding) async throws(JournalError) -> RunJournal {
    try await Self.open(path, clock, randomness, for: use)
  }

  func begin(_ ref: String = "main", tenant: TenantID? = nil) async throws -> JournaledRun {
    let run = try await journal.begin(
      RunDescription(
        tenant: tenant ?? self.tenant,
        ref: ref,
        commit: commit(1),
        command: "apply",
        toolVersion: "test"
      )
    )
    try await journal.found(on: .firstRun, isAccepted: false, in: run)
    return run
  }

  /// Intends one write and settles it.
  @discardableResult
  func write(
    _ guest: EmailAddress,
    _ verb: Action.Verb,
    _ step: Intent.Step,
    account: UserID? = nil,
    resource: Resource? = nil,
    outcome: Settlement.Outcome? = .changed,
    in run: JournaledRun
  ) async throws -> GUID {
    let request = randomness.guid()
    let intent = Intent(
      requestID: request,
      guest: guest,
      verb: verb,
      step: step,
      account: step == .invite ? nil : account,
      resource: resource,
      commit: commit(1)
    )
    try await journal.intend([intent], in: run)
    if let outcome {
      let settlement = Settlement(requestID: request, outcome: outcome, account: account)
      try await journal.settle([.init(settlement, guest: guest)], in: run)
    }
    return request
  }

  func record(_ ref: String = "main") async throws -> JournalRecord {
    try await journal.record(for: tenant, ref: ref) ?? JournalRecord()
  }

  /// Two columns of the entries of one kind, in order.
  func rows(_ columns: String, of kind: String) throws -> [String] {
    let connection = try Connection(.file(path), access: .readOnly)
    return try connection.query(
      "SELECT \(columns) FROM entries WHERE kind = '\(kind)' ORDER BY sequence"
    ) { (row) throws(SQLiteError) in "\(try row.text(0)) \(try row.text(1))" }
  }

  /// Does to the file what only somebody with another tool can do.
  func tamper(_ sql: String) throws {
    try Connection(.file(path)).execute(sql)
  }
}

func commit(_ number: Int) -> CommitID {
  let digits = String(number, radix: 16)
  return CommitID(hex: String(repeating: "0", count: 40 - digits.count) + digits) ?? commit(0)
}

func address(_ name: String) -> EmailAddress {
  EmailAddress(normalised: "\(name)@fabrikam.example") ?? address("x")
}

func user(_ number: UInt64) -> UserID { UserID(GUID(high: 7, low: number)) }
