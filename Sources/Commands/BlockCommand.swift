internal import Access
internal import Declarations
internal import Execution
internal import Journal
internal import MicrosoftGraph
internal import Reconciliation

/// `guestlist block`: blocks a guest at once, whatever the declarations say.
enum BlockCommand {
  static let description = CommandDescription(
    name: "block",
    summary: "Block a guest and revoke all sessions now, for an incident",
    discussion: """
      For an emergency: works while the declarations are broken and while another
      run is under way. The journal keeps who did it and why. Later runs keep the
      block, and take nothing else away, until a commit brings a newer `return` for
      the guest. Members, and guests in `guards.protected`, are not touched.
      """,
    operands: [.init("PERSON", required: true)],
    options: [
      Option("reason", value: "TEXT", "why, for the journal (required)"),
      Option("confirm", "confirm the block (required)"),
    ] + CommonOptions.repository + CommonOptions.ref + CommonOptions.tenant
      + CommonOptions.verbosity,
    examples: [
      .init("guestlist block PERSON --reason INC-77 --confirm", "block now"),
      .init("guestlist block PERSON --endpoint URL …", "rehearse it on an emulator"),
    ],
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let person = try arguments.person()
    guard let reason = arguments.value("reason"), !reason.isEmpty else {
      throw .usage(
        UsageError("nothing was blocked: `--reason` is missing", hint: "as `--reason INC-77`")
      )
    }
    try arguments.requireConfirmation("blocked")
    let declared = await declarations(arguments, context)
    let session = try await TenantSession.open(declared?.tenant, arguments, context)
    let tenant =
      declared?.tenant ?? TenantDeclaration(id: session.tenant, name: "", domains: [])
    let place = try JournalPlace(arguments, tenant, context.environment)
    return try await place.withRun(
      RunDescription("block", tenant, commit: declared?.commit, arguments, context),
      // An intruder gains no time from another run.
      locks: false,
      clock: session.clock,
      context
    ) { (journal, run) throws(Failure) in
      let plan = try await plan(person, reason, declared, tenant, session, journal)
      let executor = Executor(
        writer: GraphWriter(session.connection),
        reader: session.reader,
        journal: journal,
        clock: session.clock,
        randomness: context.randomness,
        redeem: { _, _ in }
      )
      let result = try await executor.carryOutByHand(plan, for: .incident, in: run)
      context.console.result(
        """
        Blocked \(person) and revoked its sessions.
        It stays blocked until a commit brings a `return` for it.

        """
      )
      return (result.runResult, Outcomes(of: result))
    }
  }

  /// What the configured ref declares, or the commit that was named; `nil` where neither can be read.
  private static func declarations(
    _ arguments: Arguments,
    _ context: Context
  ) async -> DeclaredCommit? {
    do throws(Failure) {
      let named = try await DeclaredCommit.read(arguments, context)
      guard !arguments.has("ref"), let tenant = named.tenant,
        let ref = try? await named.input.configuredRef(tenant.ref),
        let configured = try? await DeclaredCommit.read(
          ref,
          of: named.input,
          now: context.clock.now()
        ), configured.tenant != nil
      else { return named }
      return configured
    } catch {
      context.console.note("note: going on without declarations: \(error.report.message)")
      return nil
    }
  }

  private static func plan(
    _ person: EmailAddress,
    _ reason: String,
    _ declared: DeclaredCommit?,
    _ tenant: TenantDeclaration,
    _ session: TenantSession,
    _ journal: RunJournal
  ) async throws(Failure) -> Plan {
    let observed: TenantState
    let scope = ObservationScope(addresses: [person], readsGuests: false)
    do throws(TenantError) { observed = try await session.reader.observe(scope) } catch {
      throw .tenant(error)
    }
    let record: JournalRecord?
    do throws(JournalError) {
      record = try await journal.record(for: tenant.id, ref: tenant.ref, of: [person])
    } catch {
      throw .journal(error)
    }
    guard let commit = declared?.commit ?? CommitID.uncommitted else {
      throw .refused(.error, "there is no commit", hints: [])
    }
    return Planner.block(
      person,
      because: reason,
      PlanningInput(
        desired: declared?.reading.desired ?? DesiredState(tenant: tenant),
        history: DeclarationHistory(),
        journal: record,
        observed: observed,
        commit: commit,
        now: session.clock.now()
      )
    )
  }
}

extension Executor {
  /// Carries out the one action of a plan that somebody asked for by hand.
  ///
  /// - Throws: Also where the plan has no action, or it is not done.
  func carryOutByHand(
    _ plan: Plan,
    for occasion: Occasion,
    in run: JournaledRun,
    after recovery: Recovery? = nil
  ) async throws(Failure) -> ExecutionResult {
    guard let action = plan.actions.first else {
      let why = plan.findings.map(\.detail).joined(separator: "; ")
      throw .refused(.error, "nothing was done: \(why)", hints: [])
    }
    let verdict = plan.guards.first { !$0.isAccepted && !$0.heldBack.isEmpty }
    if let verdict {
      throw .refused(
        .heldBack,
        "nothing was done for `\(action.guest)`: guard `\(verdict.name.rawValue)`: "
          + verdict.numbers,
        hints: verdict.hint.isEmpty ? [] : [verdict.hint]
      )
    }
    let result: ExecutionResult
    do throws(ExecutionError) {
      result = try await carryOut(plan, in: run, for: occasion, after: recovery)
    } catch {
      throw .execution(error)
    }
    switch (result.stop, result.outcomes.first) {
    case (.journal(let error), _): throw .journal(error)
    case (.tenant(let error), _), (_, .failed(let error)): throw .tenant(error)
    case (_, .skipped(.mailUnresolved(let until))):
      throw .refused(
        .partial,
        "nothing was done: an earlier mail to `\(action.guest)` has no known outcome yet",
        hints: ["it is looked up again from \(until) on"]
      )
    default: return result
    }
  }
}
