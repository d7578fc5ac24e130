package import Access
internal import SQLite

extension RunJournal {
  /// Erases a person: the address, and every account that was met with it.
  ///
  /// The entries stay, and speak of nobody; the chain holds. The bytes are overwritten in the file,
  /// and the write-ahead log is emptied. What the journal knew of the person (blocks, deletions,
  /// invitations) is lost to later runs as well. Returns how many identifiers were erased.
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
    try await read("erasing a person") { (connection) throws(SQLiteError) in
      _ = try connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
    }
    return count
  }
}
