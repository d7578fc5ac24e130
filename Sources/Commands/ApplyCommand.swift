internal import Access
internal import Execution
internal import Journal
internal import Platform
internal import Reconciliation
internal import Reporting

/// `guestlist apply`: makes the tenant equal to the commit of the configured ref.
enum ApplyCommand {
  static let description = CommandDescription(
    name: "apply",
    summary: "Make the tenant equal to the commit of the configured ref",
    discussion: """
      Plans, prints the plan and carries it out. The commit is that of `tenant.ref`,
      whatever is checked out. Without --confirm, a terminal asks first; elsewhere
      nothing is written (exit 64). An interrupted run finishes and records the
      writes in flight. A plan file is applied exactly, or not at all (exit 6).
      """,
    operands: [.init("PLAN", required: false)],
    options: CommonOptions.repository + CommonOptions.configuredRef
      + [Option("confirm", "write without asking")] + CommonOptions.tenant
      + CommonOptions.scope + CommonOptions.limits
      + RedeemHandover.options
      + CommonOptions.output(ApplyFormat.allCases.map(\.rawValue)) + CommonOptions.verbosity,
    examples: [
      .init("guestlist apply --confirm", "apply the configured ref"),
      .init("guestlist apply plan.json --confirm", "apply exactly this plan"),
    ],
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let call = try ApplyCall(arguments, context)
    let promised = try arguments.operands.first.map { (path) throws(Failure) in
      try PlanFile.Summary(readingFrom: path)
    }
    guard arguments.has("confirm") else { return try await call.ask(promised) }
    return try await call.apply(promised)
  }
}

/// One call of `guestlist apply`.
struct ApplyCall: Sendable {
  private let arguments: Arguments
  private let context: Context
  private let outputs: Outputs<ApplyFormat>
  private let handover: RedeemHandover

  init(_ arguments: Arguments, _ context: Context) throws(Failure) {
    self.arguments = arguments
    self.context = context
    outputs = try Outputs(arguments, standard: .text)
    handover = try RedeemHandover(arguments, environment: context.environment)
  }

  /// Plans, shows the plan, carries it out and reports; with a promised plan, only if the plan is
  /// still that one.
  func apply(
    _ promised: PlanFile.Summary?,
    isShown: Bool = false
  ) async throws(Failure) -> Outcomes {
    guard let inputs = try await load(promised) else { return Outcomes([.invalid]) }
    return try await RunWriter.open(inputs, arguments, context, handover, as: "apply") {
      (run, writer) throws(Failure) in
      let planned = try await run.plan()
      if let promised, promised.digest != planned.plan.digest {
        return try await refuse(promised, planned, inputs, writer)
      }
      let verdicts = try RunVerdicts(planned, inputs)
      if !isShown { show(planned, inputs) }
      try handover.check(planned.plan)
      let result = try await writer.carryOut(planned, of: inputs)
      return (result.runResult, try report(result, planned, inputs, verdicts))
    }
  }

  /// Shows the plan and, on a terminal, applies exactly that plan once somebody has typed `yes`.
  func ask(_ promised: PlanFile.Summary?) async throws(Failure) -> Outcomes {
    guard let inputs = try await load(promised) else { return Outcomes([.invalid]) }
    let planned = try await Run.open(inputs, arguments, context).plan()
    _ = try RunVerdicts(planned, inputs)
    show(planned, inputs)
    guard let prompt = context.prompt else {
      throw .usage(
        UsageError(
          "nothing was written: `guestlist apply` writes only with `--confirm`",
          hint: "on a terminal it asks"
        )
      )
    }
    let answer = await prompt("Apply this plan? Only `yes` is accepted: ")
    guard answer == "yes" else {
      context.console.diagnostic("Nothing was written.\n")
      return Outcomes([.error])
    }
    let shown = PlanFile.Summary(planned.plan, inputs)
    return try await apply(promised ?? shown, isShown: true)
  }

  private func load(_ promised: PlanFile.Summary?) async throws(Failure) -> RunInputs? {
    try await RunInputs.load(.written, arguments, context, saved: promised?.options)
  }

  private func show(_ planned: Run.Planned, _ inputs: RunInputs) {
    let showsPlan = outputs.targets.contains { $0.file == nil && $0.format == .text }
    guard showsPlan else { return }
    let findings = planned.checked.findings
    context.showAll(findings, commit: inputs.declared.commit, inputs.declared.input)
    let report = PlanReport(planned, inputs, context)
    context.console.result(
      context.console.isQuiet
        ? report.brief(style: context.style) : report.rendered(as: .text, style: context.style)
    )
  }

  /// Says how a promised plan differs from the one that would be carried out now, or that it was
  /// carried out already.
  private func refuse(
    _ promised: PlanFile.Summary,
    _ planned: Run.Planned,
    _ inputs: RunInputs,
    _ writer: RunWriter
  ) async throws(Failure) -> (RunResult, Outcomes) {
    if let moment = try await writer.applied(promised.digest) {
      context.console.result("This plan was applied on \(moment). Nothing was written.\n")
      return (.completed, Outcomes())
    }
    if promised.commit != planned.plan.commit {
      context.console.diagnostic(
        "The plan is for commit \(promised.commit.short); `\(inputs.desired.tenant.ref)` is at "
          + "\(planned.plan.commit.short) now.\n"
      )
    }
    let now = StalePlanReport.lines(of: planned.plan, inputs.desired)
    let report = StalePlanReport(saved: promised.lines, now: now)
    context.console.result(report.text(context.style))
    return (.stopped, Outcomes([.noLongerFits]))
  }

  /// Reports what was done and what was not, and says what stopped the run.
  private func report(
    _ result: ExecutionResult,
    _ planned: Run.Planned,
    _ inputs: RunInputs,
    _ verdicts: RunVerdicts
  ) throws(Failure) -> Outcomes {
    let report = ApplyReport(
      plan: planned.plan,
      outcomes: result.outcomes,
      declared: inputs.desired,
      origin: context.origin(inputs.declared.input)
    )
    try outputs.write(to: context.console) { format, isForPeople in
      report.rendered(as: format, style: isForPeople ? context.style : .plain)
    }
    var outcomes = verdicts.outcomes
    outcomes.formUnion(Outcomes(of: result))
    for guest in result.undelivered {
      context.console.failure(
        "the redeem address of `\(guest)` could not be handed over",
        hints: ["a resend makes a new one"]
      )
    }
    let stop: Failure? =
      switch result.stop {
      case nil, .interrupted: nil
      case .journal(let error): .journal(error)
      case .tenant(let error): .tenant(error)
      }
    if let report = stop?.report {
      context.console.failure(report.message, hints: report.hints)
      outcomes.insert(report.outcome)
    }
    return outcomes
  }
}

extension PlanFile.Summary {
  /// Larger plans than that of a hundred thousand guests are refused unread.
  private static let limit = 2 << 30

  init(_ plan: Plan, _ inputs: RunInputs) {
    let lines = StalePlanReport.lines(of: plan, inputs.desired)
    self.init(plan, options: inputs.options, lines: lines)
  }

  init(readingFrom path: String) throws(Failure) {
    let bytes: [UInt8]
    do { bytes = try PublicFile.read(path, limit: Self.limit) } catch { throw .file(error) }
    do throws(PlanFileError) { self = try PlanFile.summary(of: bytes) } catch {
      let reason =
        switch error.kind {
        case .syntax, .malformed: "is not a plan file of `guestlist plan --out`"
        case .schemaVersion: "was written by another version of guestlist"
        case .altered: "was altered after it was written"
        }
      throw .refused(
        .noLongerFits,
        "`\(path)` \(reason) (at \(error.place))",
        hints: ["nothing was written; make a new one with `guestlist plan --out`"]
      )
    }
  }
}
