package import Access
internal import Crypto
internal import Platform
internal import SQLite

/// The journal: what runs intended, the outcomes, and when things were first seen.
///
/// Git says what was ever ours and the tenant says what is; the journal makes runs safe to repeat
/// and gives evidence. Nobody outside this module knows where or how it is kept.
package final class RunJournal: Sendable {
  private let path: String
  let clock: any Clock
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
  /// - Throws: `missing` for one that is only read, `notPrivate`, `damaged`, `altered`, `foreign`,
  ///   `newer`, `readOnly`, `unavailable`.
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
    /// Reading, also where the chain is broken: `verify` then says how.
    case verifying
  }

  /// Ends the runs that began and did not end as `stopped`, releases the lock and closes the file;
  /// every later call fails with `closed`.
  ///
  /// Returns the head of the chain where a run had to be ended.
  @discardableResult
  package func close() async -> ChainHead? {
    var head: ChainHead?
    for run in await store.run({ store in store.unended }) {
      // A journal that cannot be written has failed the run already.
      head = try? await end(run, as: .stopped)
    }
    await store.run { store in
      store.releaseLock()
      store.connection = nil
    }
    return head
  }

  /// Takes the tenant's lock, so that no other run works on it; `locked` names the one that does.
  ///
  /// The operating system holds it: it goes with this process, however that ends. Another machine
  /// on a shared disk may not see that; it waits until the holder has written nothing for fifteen
  /// minutes, and a holder that was taken for dead finds out before it writes again. A caller who
  /// only adds to the journal (an incident's block) does not need the lock.
  package func acquireLock(
    on tenant: TenantID,
    as holder: LockHolder
  ) async throws(JournalError) {
    let file = "\(path).\(tenant).lock"
    let now = clock.now()
    try await store.run { (store) throws(JournalError) in
      try store.takeLock(file, as: holder, now: now, "taking the lock of tenant \(tenant)")
    }
  }

  /// Gives the lock back before the journal is closed.
  package func releaseLock() async {
    await store.run { store in store.releaseLock() }
  }

  /// Reads from the store, as it was at one moment.
  func read<Result: Sendable>(
    _ operation: String,
    _ body: @Sendable (Connection) throws(SQLiteError) -> Result
  ) async throws(JournalError) -> Result {
    try await withStore(operation) { (store) throws(SQLiteError) in
      try store.snapshot { () throws(SQLiteError) in try body(store) }
    }
  }

  /// Adds to the store in one transaction.
  ///
  /// Where the tenant's lock was taken, it must still be ours: another machine may have taken a run
  /// for dead that was only silent.
  func write<Result: Sendable>(
    _ operation: String,
    for run: JournaledRun,
    _ body: @Sendable (inout JournalWriter, Connection) throws(SQLiteError) -> Result
  ) async throws(JournalError) -> Result {
    let moment = clock.now()
    let randomness = randomness
    try await store.run { (store) throws(JournalError) in
      try store.keepLock(now: moment, operation)
    }
    return try await withStore(operation) { (connection) throws(SQLiteError) in
      try connection.transaction { () throws(SQLiteError) in
        var writer = try JournalWriter(
          connection,
          run: run,
          moment: moment,
          randomness: randomness
        )
        let result = try body(&writer, connection)
        try writer.nameNewTokens()
        return result
      }
    }
  }

  /// Runs a body on the open store, outside of any transaction.
  func withStore<Result: Sendable>(
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

  /// A new identifier for a run.
  func newRun(for description: RunDescription) -> JournaledRun {
    JournaledRun(id: randomness.guid(), tenant: description.tenant, ref: description.ref)
  }

  /// Changes the list of runs that began and have not ended.
  func note(_ change: @Sendable (inout [JournaledRun]) -> Void) async {
    await store.run { store in change(&store.unended) }
  }

  /// Whether this journal holds the lock of a tenant.
  var isLocked: Bool {
    get async { await store.run { store in store.isLocked } }
  }
}

extension RunJournal {
  /// The last entry of the chain; `nil` while there is none.
  package func head() async throws(JournalError) -> ChainHead? {
    try await read("reading the head of the chain") { (connection) throws(SQLiteError) in
      try connection.first("SELECT sequence, link FROM entries ORDER BY sequence DESC LIMIT 1") {
        (row) throws(SQLiteError) in
        ChainHead(sequence: Int(try row.integer(0)), link: Hexadecimal.text(try row.blob(1)))
      }
    }
  }

  /// Goes through the whole chain and names the first entry that was altered, removed or inserted.
  ///
  /// Opening does the same and refuses a journal that is not intact. Anyone who can write the file
  /// can also compute a whole new chain; only a head that was published before, and is given here,
  /// shows that.
  package func verify(
    against published: ChainHead? = nil
  ) async throws(JournalError) -> ChainVerdict {
    try await read("verifying the journal") { (connection) throws(SQLiteError) in
      var check = ChainCheck(connection)
      return try check.run(published: published, isWhole: true)
    }
  }
}
