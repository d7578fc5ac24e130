internal import Access
internal import FoundationEssentials
internal import Journal
internal import Platform
internal import SQLite
internal import TestSupport

extension Benchmark {
  /// What the journal adds to SQLite, and what a run pays for the journal of a hundred thousand entries.
  static let journal = Benchmark(name: "journal") {
    let folder = try TemporaryFolder()
    var (ours, raw): ([Double], [Double]) = ([], [])
    for round in 0..<5 {
      let path = folder.path("\(round).sqlite")
      ours.append(try await Timing.seconds { try await record(writes: 5_000, in: path) })
      let rows = try Rows(of: path)
      raw.append(
        try await Timing.seconds { try rows.write(to: folder.path("\(round)-raw.sqlite")) }
      )
    }
    // Besides what each write adds, its account and its address are named.
    let long = folder.path("long.sqlite")
    try await record(writes: 49_500, in: long)
    let entries = try Connection(.file(long), access: .readOnly)
      .integer("SELECT count(*) FROM entries")
    guard entries > 100_000 else { throw Failure(description: "\(entries) entries") }
    var opening: [Double] = []
    var reading: [Double] = []
    for _ in 0..<9 {
      var journal: RunJournal?
      opening.append(try await Timing.seconds { journal = try await open(long, for: .reading) })
      reading.append(
        try await Timing.seconds {
          _ = try await journal?.record(for: tenant, ref: "main", of: [])
          let events = try await journal?.events(of: address(77), in: tenant).count ?? 0
          guard events > 0 else { throw Failure(description: "no events") }
        }
      )
      await journal?.close()
    }
    return [
      .rate(
        "journal intents and outcomes",
        figure: 5_000 / Timing.median(ours),
        unit: "pairs/s",
        to: 5_000 / Timing.median(raw),
        of: "the same rows and transactions in SQLite",
        atLeast: 0.4
      ),
      .absolute(
        "journal opening, 100,000 entries",
        figure: Timing.median(opening),
        unit: "s",
        atMost: 0.3
      ),
      .absolute(
        "journal one person of 100,000 entries",
        figure: Timing.median(reading),
        unit: "s",
        atMost: 0.05
      ),
    ]
  }

  private static let tenant = TenantID(GUID(high: 1, low: 1))
  /// As many writes as go into a batch.
  fileprivate static let batch = 20

  private static func open(
    _ path: String,
    for use: RunJournal.Use
  ) async throws -> RunJournal {
    try await RunJournal.open(
      at: path,
      for: use,
      executor: QueueExecutor(label: "journal"),
      clock: ManualClock(),
      randomness: SeededRandomness()
    )
  }

  private static func address(_ number: Int) throws -> EmailAddress {
    guard let address = EmailAddress(normalised: "guest\(number)@fabrikam.example") else {
      throw Failure(description: "not an address")
    }
    return address
  }

  /// Grants to people who have ten each, in batches: the intents in one transaction, then the
  /// outcomes in another.
  private static func record(writes: Int, in path: String) async throws {
    let journal = try await open(path, for: .adding)
    let commit = CommitID(hex: String(repeating: "a", count: 40))
    let run = try await journal.begin(
      RunDescription(
        tenant: tenant,
        ref: "main",
        commit: commit,
        command: "apply",
        toolVersion: "bench"
      )
    )
    try await journal.found(on: .firstRun, isAccepted: false, in: run)
    let randomness = SeededRandomness(seed: 2)
    for start in stride(from: 0, to: writes, by: batch) {
      let intents = try (start..<start + batch).map { number in
        Intent(
          requestID: randomness.guid(),
          guest: try address(number / 10),
          verb: .grant,
          step: .assign,
          account: UserID(GUID(high: 7, low: UInt64(number / 10))),
          resource: .appRole(AppID(GUID(high: 2, low: UInt64(number % 10))), RoleValue("User")),
          commit: commit
        )
      }
      try await journal.intend(intents, in: run)
      let outcomes = intents.map { intent in
        let service = randomness.guid().description
        return Settlement.Of(
          Settlement(requestID: intent.requestID, outcome: .changed, serviceRequestID: service),
          guest: intent.guest
        )
      }
      try await journal.settle(outcomes, in: run)
    }
    try await journal.end(run, as: .completed)
    await journal.close()
  }
}

/// Everything that a journal holds.
private struct Rows {
  private let schema: [String]
  private let entries: [[SQLValue]]
  private let people: [[SQLValue]]

  init(of path: String) throws(SQLiteError) {
    let journal = try Connection(.file(path), access: .readOnly)
    schema = try journal.query(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    ) { (row) throws(SQLiteError) in try row.text(0) }
    entries = try journal.query(
      "SELECT sequence, run, tenant, moment, kind, request, body, link, guest FROM entries"
        + " ORDER BY sequence"
    ) { (row) throws(SQLiteError) in
      [
        .integer(try row.integer(0)), .text(try row.text(1)), .text(try row.text(2)),
        .integer(try row.integer(3)), .text(try row.text(4)),
        .text(orNull: try row.optionalText(5)),
        .text(try row.text(6)), .blob(try row.blob(7)), .text(orNull: try row.optionalText(8)),
      ]
    }
    people = try journal.query("SELECT token, kind, salt, text, subject FROM personal") {
      (row) throws(SQLiteError) in
      [
        .text(try row.text(0)), .text(try row.text(1)), .blob(try row.blob(2)),
        .text(try row.text(3)), .text(try row.text(4)),
      ]
    }
  }

  /// Writes them into tables like the journal's own, in as many transactions as it took.
  func write(to path: String) throws(SQLiteError) {
    let raw = try Connection(.file(path))
    for statement in schema { try raw.execute(statement) }
    let transactions = entries.count / Benchmark.batch + 1
    for number in 0..<transactions {
      try raw.transaction { () throws(SQLiteError) in
        for entry in Self.part(entries, number, of: transactions) {
          try raw.run("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", entry)
        }
        for person in Self.part(people, number, of: transactions) {
          try raw.run("INSERT INTO personal VALUES (?, ?, ?, ?, ?)", person)
        }
      }
    }
  }

  private static func part(
    _ rows: [[SQLValue]],
    _ number: Int,
    of count: Int
  ) -> ArraySlice<[SQLValue]> {
    rows[rows.count * number / count..<rows.count * (number + 1) / count]
  }
}
