package import Access
internal import SQLite

extension RunJournal {
  /// When a run last carried out a plan whole; `nil` where none did.
  package func applied(
    planWithDigest digest: String,
    in tenant: TenantID
  ) async throws(JournalError) -> Moment? {
    try await read("looking for an earlier run of the plan") { (connection) throws(SQLiteError) in
      try connection.first(
        "SELECT ended.moment FROM entries AS planned JOIN entries AS ended"
          + " ON ended.run = planned.run AND ended.kind = 'ended' AND ended.tenant = planned.tenant"
          + " WHERE planned.tenant = ? AND planned.kind = 'planned'"
          + " AND planned.body->>'digest' = ? AND ended.body->>'result' = 'completed'"
          + " ORDER BY ended.sequence DESC LIMIT 1",
        [.text(tenant.description), .text(digest)]
      ) { (row) throws(SQLiteError) in Moment(seconds: try row.integer(0)) }
    }
  }
}
