package import Access
internal import SQLite

extension RunJournal {
  /// Erases a person: the address, every account that was met with it, and the reasons of runs that
  /// name the address or answered for nobody else.
  ///
  /// The entries stay and name nobody; the chain holds. The bytes are overwritten in the file, and
  /// the write-ahead log is emptied. What the journal knew of the person (blocks, deletions,
  /// invitations) is lost to later runs as well. Returns how many identifiers were erased; `busy`
  /// where another process reads the journal, and the call must be repeated for the log's sake.
  @discardableResult
  package func erase(_ person: EmailAddress, in run: JournaledRun) async throws(JournalError) -> Int
  {
    let operation = "erasing a person"
    let count = try await write(operation, for: run) { (writer, connection) throws(SQLiteError) in
      var tokens: [String] = []
      if let subject = try Self.token(of: person, connection) {
        tokens = try Self.reasons(of: subject, connection)
        tokens += try connection.query(
          "SELECT token FROM personal WHERE subject = ? ORDER BY token",
          [.text(subject)]
        ) { (row) throws(SQLiteError) in try row.text(0) }
      }
      tokens += try connection.query(
        "SELECT token FROM personal WHERE kind = 'reason' AND instr(lower(text), ?) > 0",
        [.text(person.normalised)]
      ) { (row) throws(SQLiteError) in try row.text(0) }
      let erased = Set(tokens).sorted()
      for token in erased {
        try connection.run("DELETE FROM personal WHERE token = ?", [.text(token)])
      }
      try writer.append(.erased, list: "tokens", erased.map { .string($0) })
      return erased.count
    }
    let isEmptied = try await withStore(operation) { (connection) throws(SQLiteError) in
      try connection.integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0
    }
    guard isEmptied else {
      throw JournalError(
        .busy,
        operation: operation,
        message: "the entries are erased, but another process still reads the old bytes"
      )
    }
    return count
  }

  /// The reasons of runs whose answers were about one person and nobody else.
  private static func reasons(
    of person: String,
    _ connection: Connection
  ) throws(SQLiteError) -> [String] {
    try connection.query(
      "SELECT b.body->>'reason' FROM entries AS a, json_each(a.body, '$.actions') AS i"
        + " JOIN entries AS b ON b.run = a.run AND b.kind = 'begun' AND b.tenant = a.tenant"
        + " WHERE a.kind = 'answered' AND b.body->>'reason' IS NOT NULL GROUP BY b.sequence"
        + " HAVING min(i.value->>0) = ?1 AND max(i.value->>0) = ?1",
      [.text(person)]
    ) { (row) throws(SQLiteError) in try row.text(0) }
  }
}
