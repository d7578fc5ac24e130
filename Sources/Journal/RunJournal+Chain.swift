internal import Access
internal import SQLite

extension RunJournal {
  /// The last entry of the chain; `nil` while there is none.
  package func head() async throws(JournalError) -> ChainHead? {
    try await read("reading the head of the chain") { (connection) throws(SQLiteError) in
      try connection.first("SELECT sequence, link FROM entries ORDER BY sequence DESC LIMIT 1") {
        (row) throws(SQLiteError) in
        ChainHead(sequence: Int(try row.integer(0)), link: hex(try row.blob(1)))
      }
    }
  }

  /// Goes through the whole chain and names the first entry that was altered, removed or inserted.
  ///
  /// Whoever can write the file can also compute a whole new chain; only a head that was published
  /// before, and is given here, shows that.
  package func verify(
    against published: ChainHead? = nil
  ) async throws(JournalError) -> ChainVerdict {
    try await read("verifying the journal") { (connection) throws(SQLiteError) in
      var check = ChainCheck(connection)
      return try check.run(published: published)
    }
  }
}
