internal import Access
internal import Platform
internal import SQLite

/// The open file of a journal and the lock that goes with it, as one executor owns them.
struct JournalStore: ~Copyable {
  var connection: Connection?
  var lock: FileLock?

  /// Opens the file at a path; for writing, it is created where it is missing.
  mutating func open(
    _ path: String,
    for use: RunJournal.Use,
    journal: GUID
  ) throws(JournalError) {
    let operation = "opening the journal \(path)"
    do throws(PlatformError) {
      switch use {
      case .adding: try PrivateFile.createFolder(Self.folder(of: path))
      case .reading: try Self.probe(path)
      }
    } catch {
      let kind: JournalError.Kind = error.kind == .notFound ? .missing : .unavailable
      throw JournalError(kind, operation: operation, message: error.detail)
    }
    do throws(SQLiteError) {
      let access: Connection.Access = use == .adding ? .readWrite : .readOnly
      let connection = try Connection(.file(path), access: access)
      try connection.migrate(JournalSchema.migrations, application: JournalSchema.application)
      if use == .adding {
        try connection.run(
          "INSERT INTO journal (id) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM journal)",
          [.text(journal.description)]
        )
      }
      self.connection = connection
    } catch {
      throw JournalError(error, operation: operation)
    }
  }

  // SQLite says the same of a missing file and of one that may not be read.
  private static func probe(_ path: String) throws(PlatformError) {
    do throws(PlatformError) { _ = try PrivateFile.read(path, limit: 0) } catch {
      if error.kind != .tooMuchOutput { throw error }
    }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Takes the lock in a file, and says there who holds it.
  mutating func takeLock(
    _ file: String,
    as holder: LockHolder,
    _ operation: String
  ) throws(JournalError) {
    do throws(PlatformError) {
      if let lock = try FileLock(path: file) {
        try lock.describeHolder(holder.text)
        self.lock = consume lock
        return
      }
    } catch {
      throw JournalError(error, operation: operation)
    }
    let other = LockHolder(text: FileLock.holder(of: file))
    throw JournalError(
      .locked(by: other),
      operation: operation,
      message: other.map { "it is held by \($0)" } ?? "another run holds it"
    )
  }
}
