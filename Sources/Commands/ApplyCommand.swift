internal import Access
internal import Execution
internal import Git
internal import Journal
internal import MicrosoftGraph
internal import Reconciliation
internal import Reporting

/// `guestlist apply`: makes the tenant equal to the commit of the configured ref.
enum ApplyCommand {
  static let description = CommandDescription(
    name: "apply",
    summary: "Make the tenant equal to the commit of the configured ref",
    discussion: """
      Plans, prints the plan and carries it out. The commit is that of `tenant.ref`,
      whatever is checked out. Nothing is written without --confirm. An interrupted
      run finishes and records the writes in flight; the next one goes on. With a
      plan file, exactly that plan is applied, or nothing (exit 6).
      """,
    operands: [.init("PLAN", required: false)],
    options: CommonOptions.repository + CommonOptions.ref
      + [Option("confirm", "write; without it nothing is written")] + CommonOptions.tenant
      + CommonOptions.scope + CommonOptions.limits + RedeemHandover.options
      + CommonOptions.output(ApplyFormat.allCases.map(\.rawValue)) + CommonOptions.voice,
    examples: [
      .init("guestlist apply --confirm", "apply the configured ref"),
      .init("guestlist apply plan.json --confirm", "apply exactly this plan"),
    ],
    environment: CommandDescription.Variable.tenant,
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let outputs: Outputs<ApplyFormat>
    let handover: RedeemHandover
    do throws(UsageError) {
      outputs = try Outputs(arguments, standard: .text)
      handover = try RedeemHandover(arguments, environment: context.environment)
      guard arguments.has("confirm") else {
        throw UsageError(
          "`guestlist apply` writes to the tenant, and does nothing without `--confirm`",
          hint: "`guestlist plan` shows what it would do"
        )
      }
    } catch {
      throw .usage(error)
    }
    let saved: SavedPlan?
    if let path = arguments.operands.first {
      saved = try SavedPlan(readingFrom: path)
    } else {
      saved = nil
    }
    guard let source = try await WriteSource.find(arguments, context) else {
      return Outcomes([.invalid])
    }
    let progress = ProgressLine(context.console)
    let executor = { (session: TenantSession, journal: RunJournal) in
      Executor(
        writer: GraphWriter(session.connection),
        reader: session.reader,
        journal: journal,
        clock: session.clock,
        randomness: context.randomness,
        redeem: { guest, url in try await handover.deliver(guest, url) },
        progress: { progress.show($0) }
      )
    }
    return try await WritingRun.hold(source, arguments, context, executor: executor) {
      (run) throws(Failure) in
      defer { progress.clear() }
      guard let checked = try await plan(run, saved, source, context) else {
        try await run.end(as: .stopped, context)
        return Outcomes([.noLongerFits])
      }
      try handover.check(checked.value)
      return try await carryOut(checked, run, outputs, context, progress)
    }
  }

  /// Plans, or takes the plan that was saved, and prints it; `nil` where a saved one no longer fits.
  private static func plan(
    _ run: WritingRun,
    _ saved: SavedPlan?,
    _ source: WriteSource,
    _ context: Context
  ) async throws(Failure) -> Checked<Plan>? {
    let situation = run.situation
    guard let saved else {
      let (checked, input) = try await situation.plan(in: run.session)
      context.show(checked.findings, commit: situation.declared.commit, situation.declared.input)
      do throws(ExecutionError) {
        let declared = situation.desired.guests.map(\.address)
        try await run.executor.see(declared, in: input.observed, run: run.run)
      } catch {
        throw .execution(error)
      }
      return checked
    }
    try saved.check(against: source, situation, in: run.session)
    let changes = try await saved.misfits(in: run.session, catalog: situation.desired.catalog)
    guard changes.isEmpty else {
      let report = MisfitReport(
        plan: saved.plan,
        changes: changes,
        declared: situation.desired,
        origin: context.origin(situation.declared.input)
      )
      context.console.result(report.rendered(as: .text, style: context.style))
      return nil
    }
    return Checked(saved.accepting(situation.options.accepted))
  }

  private static func carryOut(
    _ checked: Checked<Plan>,
    _ run: WritingRun,
    _ outputs: Outputs<ApplyFormat>,
    _ context: Context,
    _ progress: ProgressLine
  ) async throws(Failure) -> Outcomes {
    let plan = checked.value
    let showsPlan = outputs.targets.contains { $0.file == nil && $0.format == .text }
    if showsPlan {
      let report = PlanReport(checked, run.situation, context)
      context.console.result(
        context.console.isQuiet
          ? report.brief(style: context.style) : report.rendered(as: .text, style: context.style)
      )
    }
    // A fault of the catalog stops all writes; a commit of which nothing was carried out must not
    // count as applied, or it would own what it never gave.
    guard !checked.isStopped else {
      try await run.end(as: .stopped, context)
      return Outcomes(checked, detailed: false)
    }
    let result: ExecutionResult
    do throws(ExecutionError) {
      result = try await run.executor.carryOut(plan, in: run.run, after: run.recovery)
    } catch {
      throw .execution(error)
    }
    progress.clear()
    try await run.end(as: result.runResult, context)
    let report = ApplyReport(
      plan: plan,
      outcomes: result.outcomes,
      declared: run.situation.desired,
      origin: context.origin(run.situation.declared.input)
    )
    try outputs.write(to: context.console) { format, isForPeople in
      report.rendered(as: format, style: isForPeople ? context.style : .plain)
    }
    return outcomes(of: result, checked, context)
  }

  /// What the run came to; what stopped it is said here, after the report.
  private static func outcomes(
    of result: ExecutionResult,
    _ checked: Checked<Plan>,
    _ context: Context
  ) -> Outcomes {
    var outcomes = Outcomes(checked, detailed: false)
    if !result.undelivered.isEmpty || result.outcomes.contains(where: \.leavesWork) {
      outcomes.insert(.partial)
    }
    for guest in result.undelivered {
      context.console.failure(
        "the redeem address of `\(guest)` could not be handed over",
        hints: ["a resend makes a new one"]
      )
    }
    let stop: Failure?
    switch result.stop {
    case nil: stop = nil
    case .interrupted:
      outcomes.insert(.interrupted)
      stop = nil
    case .journal(let error): stop = .journal(error)
    case .tenant(let error): stop = .tenant(error)
    }
    if let report = stop?.report {
      context.console.failure(report.message, hints: report.hints)
      outcomes.insert(report.outcome)
    }
    return outcomes
  }
}

extension ActionOutcome {
  /// Whether something that the run set out to do is not done, for a reason that no other outcome
  /// of the run tells.
  fileprivate var leavesWork: Bool {
    switch self {
    case .done, .alreadySo, .interrupted: false
    case .failed: true
    case .skipped(let reason):
      switch reason {
      case .heldBack, .withheld, .stopped: false
      case .prerequisite, .noAccount, .mailUnresolved, .mailedAlready, .malformed: true
      }
    }
  }
}
