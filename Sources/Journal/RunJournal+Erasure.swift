package import Access
internal import SQLite

extension RunJournal {
  /// Erases a person: the address, and every account that was met with it.
  ///
  /// The entries stay, and speak of nobody; the chain holds. The bytes are overwritten in the file,
  /// and the write-ahead log is emptied. What the journal knew of the person (blocks, deletions,
  /// invitations) is lost to later runs as well. Returns how many identifiers were erased; `busy`
  /// where another process reads the journal, and the call must be repeated for the log's sake.
  @discardableResult
  package func erase(_ person: EmailAddress, in run: JournaledRun) async throws(JournalError) -> Int
  {
    let count = try await write("erasing a person", for: run) {
      (writer, connection) throws(SQLiteError) in
      let address: [SQLValue] = [.text(person.normalised)]
      let subject = "(SELECT token FROM personal WHERE kind = 'address' AND text = ?)"
      let tokens = try connection.query(
        "SELECT token FROM personal WHERE subject = \(subject) ORDER BY token",
        address
      ) { (row) throws(SQLiteError) in try row.text(0) }
      guard !tokens.isEmpty else { return 0 }
      try connection.run("DELETE FROM personal WHERE subject = \(subject)", address)
      try writer.append(
        .erased,
        run: run.id.description,
        tenant: run.tenant.description,
        ["tokens": .array(tokens.map { .string($0) })]
      )
      return tokens.count
    }
    let isEmptied = try await read("erasing a person") { (connection) throws(SQLiteError) in
      try connection.integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0
    }
    guard isEmptied else {
      throw JournalError(
        .busy,
        operation: "erasing a person",
        message: "the entries are erased, but another process still reads the old bytes"
      )
    }
    return count
  }
}
