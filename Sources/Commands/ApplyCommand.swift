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
      Plans, prints the plan, and carries it out: invitations, grants, blocks and removals. The
      commit is that of `tenant.ref`, whatever is checked out. Nothing is written without --confirm.
      An interrupted run finishes and records the writes in flight; the next goes on.
      With a plan file, the plan is made again, and applied only if it is the same: else exits 6.
      """,
    operands: [.init("PLAN", required: false)],
    options: CommonOptions.repository + CommonOptions.ref
      + [Option("confirm", "write; without it nothing is done")] + CommonOptions.tenant
      + CommonOptions.scope + CommonOptions.limits + RedeemHandover.options
      + CommonOptions.output(ApplyFormat.allCases.map(\.rawValue)) + CommonOptions.voice,
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
      guard let checked = try await plan(run, saved, context) else {
        try await run.end(as: .stopped, context)
        return Outcomes([.noLongerFits])
      }
      try handover.check(checked.value)
      return try await carryOut(checked, run, outputs, context, progress)
    }
  }

  /// Plans; `nil` where a saved plan is not the one that is made now.
  private static func plan(
    _ run: WritingRun,
    _ saved: SavedPlan?,
    _ context: Context
  ) async throws(Failure) -> Checked<Plan>? {
    var situation = run.situation
    if let saved { situation.options = try saved.options(situation.options) }
    let (checked, input) = try await situation.plan(in: run.session)
    context.show(checked.findings, commit: situation.declared.commit, situation.declared.input)
    do throws(ExecutionError) {
      let declared = situation.desired.guests.map(\.address)
      try await run.executor.see(declared, in: input.observed, run: run.run)
    } catch {
      throw .execution(error)
    }
    guard let saved, !PlanFreshness(saved.promise, now: checked.value).isFresh else {
      return checked
    }
    let report = StalePlanReport(
      saved: saved.promise,
      plan: checked.value,
      declared: situation.desired,
      origin: context.origin(situation.declared.input)
    )
    context.console.result(report.rendered(as: .text, style: context.style))
    return nil
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
    if showsPlan, !context.console.isQuiet {
      let report = PlanReport(checked, run.situation, context)
      context.console.result(report.rendered(as: .text, style: context.style))
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
