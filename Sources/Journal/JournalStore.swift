internal import Access
internal import Platform
internal import SQLite

/// The open file of a journal and the lock that goes with it, as one executor owns them.
struct JournalStore: ~Copyable {
  var connection: Connection?
  /// Runs that began through this journal and have not ended.
  var unended: [JournaledRun] = []
  private var lock: FileLock?
  private var claim: LockClaim?

  var isLocked: Bool { claim != nil }

  /// Opens the file at a path, and refuses one that is not ours or whose chain is broken; for
  /// adding, it is created where it is missing.
  mutating func open(
    _ path: String,
    for use: RunJournal.Use,
    journal: GUID
  ) throws(JournalError) {
    let operation = "opening the journal \(path)"
    if use == .adding {
      do throws(PlatformError) { try PrivateFile.createFolder(Self.folder(of: path)) } catch {
        throw JournalError(.unavailable, operation: operation, message: "\(error)")
      }
    }
    let verdict: ChainVerdict?
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
      verdict =
        use == .verifying
        ? nil
        : try connection.snapshot { () throws(SQLiteError) in
          var check = ChainCheck(connection)
          return try check.run()
        }
    } catch {
      throw JournalError(error, operation: operation)
    }
    guard case .broken(let fault) = verdict else { return }
    connection = nil
    throw JournalError(.altered, operation: operation, message: fault.detail)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Takes the lock in a file, and says there who holds it.
  mutating func takeLock(
    _ file: String,
    as holder: LockHolder,
    now: Moment,
    _ operation: String
  ) throws(JournalError) {
    let claim = LockClaim(holder: holder, boot: SystemTime.bootID(), lastSign: now)
    let former: LockClaim?
    do throws(PlatformError) {
      if let lock = try FileLock(path: file) {
        former = LockClaim(text: try lock.holder())
        if former?.mayLive(on: claim.boot, now: now) != true {
          try lock.describeHolder(claim.text)
          self.lock = consume lock
          self.claim = claim
          return
        }
      } else {
        former = nil
      }
    } catch {
      throw JournalError(error, operation: operation)
    }
    if let former {
      throw JournalError(
        .locked(by: former.holder),
        operation: operation,
        message: "it is held by \(former.holder), on another machine, which last wrote at "
          + "\(former.lastSign); without another sign it is free from \(former.end) on"
      )
    }
    let other = LockClaim(text: FileLock.holder(of: file))?.holder
    throw JournalError(
      .locked(by: other),
      operation: operation,
      message: other.map { "it is held by \($0)" } ?? "another run holds it"
    )
  }

  /// Makes sure that the lock, if it was taken, is still ours, and shows others a sign of life.
  mutating func keepLock(now: Moment, _ operation: String) throws(JournalError) {
    guard var claim else { return }
    let isInPlace = lock?.isInPlace() ?? false
    let text = lockText()
    guard isInPlace, text == claim.text else {
      let other = text.flatMap { LockClaim(text: $0)?.holder }
      throw JournalError(
        .locked(by: other),
        operation: operation,
        message: "the lock was taken over" + (other.map { " by \($0)" } ?? "")
      )
    }
    guard now - claim.lastSign >= LockClaim.interval else { return }
    claim.lastSign = now
    do throws(PlatformError) { try lock?.describeHolder(claim.text) } catch {
      throw JournalError(error, operation: operation)
    }
    self.claim = claim
  }

  /// Gives the lock back in good order, so that nobody waits for a sign of life.
  mutating func releaseLock() {
    if let claim, lockText() == claim.text { try? lock?.describeHolder("") }
    lock = nil
    claim = nil
  }

  /// What the file of the lock says now; `nil` where it cannot be read.
  private func lockText() -> String? {
    do { return try lock?.holder() } catch { return nil }
  }
}
