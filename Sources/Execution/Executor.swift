package import Access
package import Journal

/// Carries plans out: the only thing in the program that holds a writer.
///
/// The journal has the intent of every write before it is sent, and its outcome afterwards, in
/// transactions of one chunk each. One write's failure stops no other. A cancelled task begins no
/// new chunk; what is in flight is awaited and recorded.
package struct Executor: Sendable {
  let writer: any TenantWriter
  let reader: any TenantReader
  let journal: RunJournal
  let clock: any Clock
  let randomness: any Randomness
  let pace: Pace
  let redeem: RedeemSink
  let progress: @Sendable (Progress) -> Void

  /// Takes the addresses by which guests redeem who are not mailed; what it throws is reported as
  /// not delivered and stops nothing.
  package typealias RedeemSink = @Sendable (EmailAddress, RedeemURL) async throws -> Void

  package init(
    writer: any TenantWriter,
    reader: any TenantReader,
    journal: RunJournal,
    clock: any Clock,
    randomness: any Randomness,
    pace: Pace = Pace(),
    redeem: @escaping RedeemSink,
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    self.writer = writer
    self.reader = reader
    self.journal = journal
    self.clock = clock
    self.randomness = randomness
    self.pace = pace
    self.redeem = redeem
    self.progress = progress
  }

  /// What a plan is carried out for.
  package enum Occasion: Hashable, Sendable {
    case commit
    /// `guestlist block`, whose blocks only a newer `return` lifts.
    case incident
    /// `guestlist resend`: a mail that somebody decided on, however lately the last one went out.
    case resend
  }

  /// How much is sent at once; how fast is the writer's business.
  package struct Pace: Hashable, Sendable {
    /// Writes in one chunk, which is one transaction of the journal and at most twenty.
    package let chunk: Int
    /// Chunks in flight at once.
    package let chunksInFlight: Int

    package init(chunk: Int = 20, chunksInFlight: Int = 4) {
      self.chunk = min(max(chunk, 1), 20)
      self.chunksInFlight = max(chunksInFlight, 1)
    }
  }

  /// Records which accounts the addresses were seen to have, so that later plans can tell a guest
  /// who left from one who was never there.
  ///
  /// An address with several accounts, or with none, is skipped.
  package func see(
    _ addresses: some Sequence<EmailAddress>,
    in state: TenantState,
    run: JournaledRun
  ) async throws(ExecutionError) {
    var holders: [EmailAddress: UserID?] = [:]
    for account in state.accounts.values {
      for address in account.addresses {
        holders[address] = holders[address] == nil ? .some(account.id) : .some(nil)
      }
    }
    var seen: [EmailAddress: UserID] = [:]
    for address in addresses { if let holder = holders[address] { seen[address] = holder } }
    try await journaled { () async throws(JournalError) in
      try await journal.see(accounts: seen, in: run)
    }
  }

  /// Carries out what no guard holds back and no fault withholds.
  ///
  /// The plan's commit is recorded as applied before the first write, unless the plan is partial
  /// (`--target`, `--only`, an incident) or a guard refuses the whole of it; see
  /// `RunJournal.applying` for why it is not left until everything has succeeded.
  ///
  /// - Parameters:
  ///   - plan: The plan, whose verdicts are final.
  ///   - run: The run, begun in the journal, whose lock is held.
  ///   - occasion: What it is carried out for.
  ///   - recovery: What `recover(in:)` returned for this run; looked up here where it is `nil`,
  ///     but for an incident.
  /// - Returns: What became of each action, also where the run had to stop.
  /// - Throws: Only before anything was written.
  package func carryOut(
    _ plan: Plan,
    in run: JournaledRun,
    for occasion: Occasion = .commit,
    after recovery: Recovery? = nil
  ) async throws(ExecutionError) -> ExecutionResult {
    let tenant: TenantID
    do throws(TenantError) { tenant = try await reader.tenant() } catch { throw .tenant(error) }
    guard tenant == plan.tenant, tenant == run.tenant else {
      throw .otherTenant(planned: plan.tenant, found: tenant)
    }
    let known: Recovery
    if let recovery {
      known = recovery
    } else {
      // An intruder gains no time from a look-up: what is open is left to the next run.
      known = occasion == .incident ? Recovery() : try await recover(in: run)
    }
    let recorded = !plan.isPartial && !plan.isRefused
    let record = try await journaled { () async throws(JournalError) in
      // An incident's plan looks at one account and knows nothing of earlier runs.
      if occasion != .incident {
        try await journal.found(on: .firstRun, isAccepted: false, in: run)
      }
      try await journal.planned(
        digest: plan.digest,
        actions: plan.actions.count,
        heldBack: plan.heldBack.count,
        in: run
      )
      try await journal.answer(plan.answers, in: run)
      if recorded {
        try await journal.applying(plan.commit, notCarriedOut: plan.notCarriedOut, in: run)
      }
      return try await journal.record(for: plan.tenant, ref: run.ref)
    }
    let work = PlanExecution(
      plan,
      run: run,
      occasion: occasion,
      recovery: known,
      record: record ?? JournalRecord(),
      by: self
    )
    await work.carryOut()
    var result = work.result(recordedCommit: recorded)
    // A failed write does not make a commit partial: its rules are in use.
    if recorded, result.stop == nil, plan.isWhole {
      do throws(JournalError) { try await journal.appliedWhole(plan.commit, in: run) } catch {
        result.stop = .journal(error)
      }
    }
    return result
  }
}

extension Plan {
  /// Whether a guard that is about the whole plan holds it back, even where there was nothing to
  /// hold: then no commit is applied.
  var isRefused: Bool {
    guards.contains { verdict in
      switch verdict.name {
      case .tenant, .trust, .ref, .clock, .history, .shrink, .suspend:
        !verdict.isAccepted
      case .removals, .expiries, .invitations, .grants, .identityChanges, .loosened, .ownership,
        .protected:
        false
      }
    }
  }

  /// Whether nothing is held back but what somebody answered for.
  var isWhole: Bool {
    guards.allSatisfy { $0.isAccepted || $0.isDeclined || $0.heldBack.isEmpty }
  }

  /// What was accepted and declined of what the guards held back, for the journal.
  var answers: [GuardAnswer] {
    guards.filter { ($0.isAccepted || $0.isDeclined) && !$0.heldBack.isEmpty }.map { verdict in
      GuardAnswer(
        verdict.name,
        digest: verdict.digest ?? "",
        commit: commit,
        isAccepted: verdict.isAccepted,
        actions: verdict.heldBack.filter(actions.indices.contains).map { .init(actions[$0]) },
        entries: verdict.entries
      )
    }
  }
}
