package import Access
internal import Platform
internal import SQLite

/// The journal: what runs intended, what came of it, and when things were first seen.
///
/// Git says what was ever ours and the tenant says what is; the journal makes runs safe to repeat
/// and gives evidence. Nobody outside this module knows where or how it is kept.
package final class RunJournal: Sendable {
  private let path: String
  private let clock: any Clock
  private let randomness: any Randomness
  private let store: Confined<JournalStore>

  private init(
    path: String,
    executor: any SerialExecutor,
    clock: any Clock,
    randomness: any Randomness
  ) {
    self.path = path
    self.clock = clock
    self.randomness = randomness
    store = Confined(JournalStore(), on: executor)
  }

  /// Opens a journal; for adding, it is created with mode 0600 where it is missing, and its folder
  /// with mode 0700.
  ///
  /// - Parameters:
  ///   - path: Where it is kept.
  ///   - use: Whether it will be added to. A journal that is only read is never created.
  ///   - executor: The serial executor on which the journal blocks; nothing else should run on it.
  ///   - clock: Gives every entry its moment.
  ///   - randomness: Gives the salts and the identifiers of runs.
  /// - Returns: The open journal.
  /// - Throws: `missing` for one that is only read, `damaged`, `foreign`, `newer`, `unavailable`.
  package static func open(
    at path: String,
    for use: Use = .adding,
    executor: any SerialExecutor,
    clock: any Clock,
    randomness: any Randomness
  ) async throws(JournalError) -> RunJournal {
    let journal = RunJournal(
      path: path,
      executor: executor,
      clock: clock,
      randomness: randomness
    )
    let identifier = randomness.guid()
    try await journal.store.run { (store) throws(JournalError) in
      try store.open(path, for: use, journal: identifier)
    }
    return journal
  }

  package enum Use: Hashable, Sendable {
    case adding, reading
  }

  /// Releases the lock and closes the file; every later call fails with `closed`.
  package func close() async {
    await store.run { store in
      store.lock = nil
      store.connection = nil
    }
  }

  /// Takes the tenant's lock, so that no other run works on it; `locked` names the one that does.
  ///
  /// The operating system holds it: it goes with this process, however that ends. Whoever only adds
  /// to the journal (an incident's block) does not need it.
  package func acquireLock(
    on tenant: TenantID,
    as holder: LockHolder
  ) async throws(JournalError) {
    let file = "\(path).\(tenant).lock"
    try await store.run { (store) throws(JournalError) in
      try store.takeLock(file, as: holder, "taking the lock of tenant \(tenant)")
    }
  }

  /// Gives the lock back before the journal is closed.
  package func releaseLock() async {
    await store.run { store in store.lock = nil }
  }

  /// Reads from the store.
  func read<Result: Sendable>(
    _ operation: String,
    _ body: @Sendable (Connection) throws(SQLiteError) -> Result
  ) async throws(JournalError) -> Result {
    try await store.run { (store) throws(JournalError) in
      guard let connection = store.connection else {
        throw JournalError(.closed, operation: operation, message: "the journal is closed")
      }
      do throws(SQLiteError) { return try body(connection) } catch {
        throw JournalError(error, operation: operation)
      }
    }
  }

  /// Adds to the store in one transaction.
  func write<Result: Sendable>(
    _ operation: String,
    for run: JournaledRun,
    _ body: @Sendable (inout JournalWriter, Connection) throws(SQLiteError) -> Result
  ) async throws(JournalError) -> Result {
    let moment = clock.now()
    let randomness = randomness
    return try await read(operation) { (connection) throws(SQLiteError) in
      try connection.transaction { () throws(SQLiteError) in
        var writer = try JournalWriter(connection, moment: moment, randomness: randomness)
        let result = try body(&writer, connection)
        try writer.nameNewTokens(run: run.id.description, tenant: run.tenant.description)
        return result
      }
    }
  }

  /// A new identifier for a run.
  func newRun(for description: RunDescription) -> JournaledRun {
    JournaledRun(id: randomness.guid(), tenant: description.tenant, ref: description.ref)
  }
}
