internal import Access
internal import Journal
internal import Platform

extension JournalPlace {
  /// Opens the journal, records that a run begins, hands both to a body, and records how it ended.
  ///
  /// However the body ends, so does the run, and the head of the chain is published. The tenant's lock is
  /// taken first, unless a run must not wait for another (`guestlist block`).
  func withRun<Value: Sendable>(
    _ description: RunDescription,
    locks: Bool = true,
    clock: any Clock,
    _ context: Context,
    _ body: (RunJournal, JournaledRun) async throws(Failure) -> (RunResult, Value)
  ) async throws(Failure) -> Value {
    let journal: RunJournal
    do throws(JournalError) {
      journal = try await open(for: .adding, clock: clock, randomness: context.randomness)
    } catch {
      throw .journal(error)
    }
    var head: ChainHead?
    let value: Result<Value, Failure>
    do throws(Failure) {
      let run = try await Self.begin(description, locks, journal, clock)
      let (result, done) = try await body(journal, run)
      do throws(JournalError) { head = try await journal.end(run, as: result) } catch {
        throw .journal(error)
      }
      value = .success(done)
    } catch {
      value = .failure(error)
    }
    // A run that has not ended here failed, and the journal says so as it closes.
    head = await journal.close() ?? head
    if let head { context.console.detail("journal head: \(head)") }
    return try value.get()
  }

  private static func begin(
    _ description: RunDescription,
    _ locks: Bool,
    _ journal: RunJournal,
    _ clock: any Clock
  ) async throws(Failure) -> JournaledRun {
    do throws(JournalError) {
      if locks {
        let holder = LockHolder(
          host: SystemTime.hostName(),
          processID: SystemTime.processID(),
          since: clock.now(),
          command: "guestlist \(description.command)"
        )
        try await journal.acquireLock(on: description.tenant, as: holder)
      }
      return try await journal.begin(description)
    } catch {
      throw .journal(error)
    }
  }
}

extension RunDescription {
  /// Describes the run of a command by what the call and its environment say.
  init(
    _ command: String,
    _ tenant: TenantDeclaration,
    commit: CommitID?,
    _ arguments: Arguments,
    _ context: Context
  ) {
    self.init(
      tenant: tenant.id,
      ref: tenant.ref,
      commit: commit,
      command: command,
      toolVersion: programVersion,
      runner: context.runner,
      reason: arguments.value("reason")
    )
  }
}
