/// One step of a schema's growth; what was released is never changed, only followed.
package struct Migration: Hashable, Sendable {
  package let name: String
  /// One or more statements, which run in one transaction.
  package let sql: String

  package init(_ name: String, _ sql: String) {
    self.name = name
    self.sql = sql
  }
}

extension Connection {
  /// Brings the schema to the last of the migrations, each in a transaction of its own.
  ///
  /// `application` marks the file as ours (`PRAGMA application_id`) and `user_version` counts the
  /// migrations. A file of another program, or one whose migrations have other names, is
  /// `foreignSchema`; one with more migrations than we know is `newerSchema`; an older one that is
  /// open for reading only is `readOnly`.
  package func migrate(_ migrations: [Migration], application: Int) throws(SQLiteError) {
    var done = try schemaVersion(migrations, application: application)
    while done < migrations.count {
      guard isWritable else {
        throw SQLiteError(
          .readOnly,
          operation: "reading the schema",
          message: "the file has \(done) of \(migrations.count) migrations and cannot be written"
        )
      }
      done = try transaction { () throws(SQLiteError) in
        // Another process may have been faster between the look above and our lock.
        let done = try schemaVersion(migrations, application: application)
        guard done < migrations.count else { return done }
        try advance(to: migrations[done], number: done + 1, application: application)
        return done + 1
      }
    }
  }

  private func advance(
    to migration: Migration,
    number: Int,
    application: Int
  ) throws(SQLiteError) {
    try execute(
      "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT"
    )
    try execute(migration.sql)
    try run(
      "INSERT INTO migrations (number, name) VALUES (?, ?)",
      [.integer(Int64(number)), .text(migration.name)]
    )
    try execute("PRAGMA application_id = \(application)")
    try execute("PRAGMA user_version = \(number)")
  }

  private func schemaVersion(
    _ migrations: [Migration],
    application: Int
  ) throws(SQLiteError) -> Int {
    let found = Int(try integer("PRAGMA application_id"))
    let version = Int(try integer("PRAGMA user_version"))
    if found == 0, version == 0, try integer("SELECT count(*) FROM sqlite_schema") == 0 { return 0 }
    guard found == application else {
      throw SQLiteError(
        .foreignSchema,
        operation: "reading the schema",
        message: "the file belongs to another program"
      )
    }
    let names = try query("SELECT name FROM migrations ORDER BY number") {
      (row) throws(SQLiteError) in try row.text(0)
    }
    let known = migrations.map(\.name)
    guard names.count == version, names.starts(with: known.prefix(version)) else {
      throw SQLiteError(
        .foreignSchema,
        operation: "reading the schema",
        message: "its migrations are not ours"
      )
    }
    guard version <= migrations.count else {
      throw SQLiteError(
        .newerSchema,
        operation: "reading the schema",
        message: "version \(version) is newer than \(migrations.count), the newest known here"
      )
    }
    return version
  }
}
