internal import CSQLite
internal import Platform

/// An open SQLite database, confined to the actor that opened it.
///
/// It waits for nothing but the disk and other processes' locks, and those waits block: the actor
/// brings an executor of its own.
package final class Connection {
  /// Whether the database may be written through this connection.
  package let isWritable: Bool
  private let database: DatabaseHandle
  private var idle: [String: Statement] = [:]

  /// Opens a database, and creates the file with mode 0600 where it is missing and may be written.
  ///
  /// A file is kept in write-ahead mode: readers never hold up the one who writes, and a commit
  /// costs one flush of the disk; where the file system cannot share memory (a network mount)
  /// SQLite stays with its rollback journal. Every commit reaches the disk before it returns
  /// (`synchronous = FULL`), and what is deleted is overwritten (`secure_delete`).
  ///
  /// - Parameters:
  ///   - location: A file or memory.
  ///   - access: What may be done with it.
  ///   - patience: For how many milliseconds another process's lock is waited for.
  /// - Throws: `cannotOpen`; `missing` for a file that is only read; `notPrivate` for one that another
  ///   user owns or can write; `notADatabase` where the file is something else.
  package init(
    _ location: Location,
    access: Access = .readWrite,
    patience: Int = 5000
  ) throws(SQLiteError) {
    isWritable = access == .readWrite
    switch location {
    case .memory: database = try DatabaseHandle(path: nil, isWritable: isWritable)
    case .file(let path):
      try Self.prepareFile(path, isWritable: isWritable)
      database = try DatabaseHandle(path: path, isWritable: isWritable)
    }
    try prepare(patience: patience)
  }

  package enum Location: Hashable, Sendable {
    case memory
    /// A path; the folder must exist.
    case file(String)
  }

  package enum Access: Hashable, Sendable {
    case readWrite, readOnly
  }

  /// Creates the file where it is missing and may be written, and refuses it where others could have
  /// written it or the files that SQLite keeps beside it.
  private static func prepareFile(_ path: String, isWritable: Bool) throws(SQLiteError) {
    do throws(PlatformError) {
      // SQLite gives its side files the mode of the main one.
      if isWritable { try PrivateFile.create(path) } else { try PrivateFile.check(path) }
    } catch {
      throw refusal(error, path, isMissing: !isWritable)
    }
    for side in ["-wal", "-shm", "-journal"] {
      do throws(PlatformError) { try PrivateFile.check(path + side) } catch {
        if error.kind != .notFound { throw refusal(error, path + side) }
      }
    }
  }

  private static func refusal(
    _ error: PlatformError,
    _ path: String,
    isMissing: Bool = false
  ) -> SQLiteError {
    let kind: SQLiteError.Kind =
      switch error.kind {
      case .notFound where isMissing: .missing
      case .notPrivate, .notRegular: .notPrivate
      default: .cannotOpen
      }
    return SQLiteError(kind, operation: "opening \(path)", message: error.detail)
  }

  private func prepare(patience: Int) throws(SQLiteError) {
    try database.check(
      unsafe sqlite3_busy_timeout(database.pointer, Int32(clamping: patience)),
      "setting the time-out"
    )
    // A file may come from anybody: nothing that it defines runs, and no statement can break it.
    let switches: [(Int32, Int32)] = [
      (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
      (SQLITE_DBCONFIG_ENABLE_TRIGGER, 0), (SQLITE_DBCONFIG_ENABLE_VIEW, 0),
      (SQLITE_DBCONFIG_ENABLE_FKEY, 1), (SQLITE_DBCONFIG_DQS_DML, 0),
      (SQLITE_DBCONFIG_DQS_DDL, 0),
    ]
    for (option, value) in switches {
      try database.check(
        unsafe shim_sqlite_switch(database.pointer, option, value),
        "hardening the connection"
      )
    }
    _ = unsafe sqlite3_limit(database.pointer, SQLITE_LIMIT_LENGTH, 64 << 20)
    try execute("PRAGMA cell_size_check = ON")
    guard isWritable else { return }
    try execute("PRAGMA journal_mode = WAL")
    try execute("PRAGMA synchronous = FULL")
    try execute("PRAGMA secure_delete = ON")
  }

  /// Runs every statement of a text; rows are passed over.
  package func execute(_ sql: String) throws(SQLiteError) {
    try database.check(
      unsafe sqlite3_exec(database.pointer, sql, nil, nil, nil),
      "running `\(sql)`"
    )
  }

  /// Runs one statement and returns how many rows it changed.
  @discardableResult
  package func run(_ sql: String, _ values: [SQLValue] = []) throws(SQLiteError) -> Int {
    try withStatement(sql, values) { (statement) throws(SQLiteError) in
      while try statement.step() {}
    }
    return unsafe Int(sqlite3_changes64(database.pointer))
  }

  /// Runs one statement and maps its rows in order.
  package func query<Element>(
    _ sql: String,
    _ values: [SQLValue] = [],
    _ element: (Statement) throws(SQLiteError) -> Element
  ) throws(SQLiteError) -> [Element] {
    var elements: [Element] = []
    try forEach(sql, values) { (row) throws(SQLiteError) in elements.append(try element(row)) }
    return elements
  }

  /// Runs one statement and hands over its rows one by one, for results that memory should not hold.
  package func forEach(
    _ sql: String,
    _ values: [SQLValue] = [],
    _ body: (Statement) throws(SQLiteError) -> Void
  ) throws(SQLiteError) {
    try withStatement(sql, values) { (statement) throws(SQLiteError) in
      while try statement.step() { try body(statement) }
    }
  }

  /// Runs one statement and maps its first row; `nil` where it has none.
  package func first<Element>(
    _ sql: String,
    _ values: [SQLValue] = [],
    _ element: (Statement) throws(SQLiteError) -> Element
  ) throws(SQLiteError) -> Element? {
    var found: Element?
    try withStatement(sql, values) { (statement) throws(SQLiteError) in
      if try statement.step() { found = try element(statement) }
    }
    return found
  }

  /// The number in the first column of the first row; zero where there is no row.
  package func integer(_ sql: String, _ values: [SQLValue] = []) throws(SQLiteError) -> Int64 {
    try first(sql, values) { (row) throws(SQLiteError) in try row.integer(0) } ?? 0
  }

  /// Runs a body in one transaction, which is rolled back where the body throws.
  ///
  /// The write lock is taken at once, so that the body sees no older state than it changes.
  /// Transactions do not nest.
  @discardableResult
  package func transaction<Result>(
    _ body: () throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    try run("BEGIN IMMEDIATE")
    do throws(SQLiteError) {
      let result = try body()
      try run("COMMIT")
      return result
    } catch {
      // SQLite has rolled back by itself after a full disk and the like.
      if unsafe sqlite3_get_autocommit(database.pointer) == 0 { try? execute("ROLLBACK") }
      throw error
    }
  }

  /// Runs a body whose statements all see the database as it was at the first of them, whatever
  /// others add meanwhile.
  package func snapshot<Result>(
    _ body: () throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    try run("BEGIN")
    // Nothing was written, so there is nothing that could fail to be undone.
    defer { try? execute("ROLLBACK") }
    return try body()
  }

  private func withStatement(
    _ sql: String,
    _ values: [SQLValue],
    _ body: (Statement) throws(SQLiteError) -> Void
  ) throws(SQLiteError) {
    // Taken out while in use, so that a statement inside its own rows gets one of its own.
    let statement: Statement
    if let kept = idle.removeValue(forKey: sql) {
      statement = kept
    } else {
      statement = try Statement(sql, in: database)
    }
    defer {
      statement.reset()
      idle[sql] = statement
    }
    try statement.bind(values)
    try body(statement)
  }
}
