internal import Access
internal import Platform
internal import Reconciliation
internal import Reporting

/// `guestlist plan`: what an apply would do, and why.
enum PlanCommand {
  static let description = CommandDescription(
    name: "plan",
    summary: "Show what an apply would do, and why, writing nothing",
    discussion: """
      Prints the changes that would make the tenant equal to a commit, what is held
      back or removed first. Writes nothing. Exits 3, 4 or 5 as apply would.
      """,
    options: CommonOptions.repository + CommonOptions.ref + CommonOptions.tenant
      + [
        Option("out", value: "FILE", "save the plan for `guestlist apply FILE`"),
        Option("all", "list everything that is folded"),
        Option("worktree", "plan the files, committed or not"),
        Option("at", value: "MOMENT", "plan as if it were this day or time"),
        Option("detailed-exitcode", "exit 2 if there is something to do"),
        CommonOptions.readOnly,
      ] + CommonOptions.scope + CommonOptions.limits
      + CommonOptions.output(PlanFormat.allCases.map(\.rawValue)) + CommonOptions.verbosity,
    examples: [
      .init("guestlist plan --out plan.json", "show the changes and save them"),
      .init("guestlist plan --target fabrikam --all", "everything about one partner"),
    ],
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let outputs = try Outputs<PlanFormat>(arguments, standard: .text)
    let source = try source(arguments)
    guard let inputs = try await RunInputs.load(source, arguments, context) else {
      return Outcomes([.invalid])
    }
    let run = try await Run.open(inputs, arguments, context)
    let planned = try await run.plan()
    context.showAll(planned.checked.findings, commit: inputs.declared.commit, inputs.declared.input)
    let verdicts = try RunVerdicts(planned, inputs)
    var report = PlanReport(planned, inputs, context)
    report.isComplete = arguments.has("all")
    report.isVerbose = arguments.has("verbose")
    if let file = arguments.value("out") {
      try save(planned.plan, inputs, to: file)
      report.next = .apply(file: file)
    } else if source == .named, inputs.branch == inputs.desired.tenant.ref, !arguments.has("at") {
      report.next = .save
    }
    try outputs.write(to: context.console) { format, isForPeople in
      let style = isForPeople ? context.style : .plain
      if isForPeople, context.console.isQuiet, format == .text { return report.brief(style: style) }
      return report.rendered(as: format, style: style)
    }
    var outcomes = verdicts.outcomes
    if arguments.has("detailed-exitcode"), !planned.plan.actions.isEmpty {
      outcomes.insert(.changes)
    }
    return outcomes
  }

  /// What is planned: a plan that is saved will be applied, so it is one of the configured ref, now.
  private static func source(_ arguments: Arguments) throws(Failure) -> RunInputs.Source {
    func exclude(_ option: String, _ others: [String]) throws(Failure) {
      guard arguments.has(option), let other = others.first(where: arguments.has) else { return }
      throw .usage(
        UsageError("`--\(option)` cannot be combined with `--\(other)`", hint: nil)
      )
    }
    try exclude("out", ["at", "worktree", "ref"])
    try exclude("worktree", ["ref"])
    if arguments.has("out") { return .configured }
    return arguments.has("worktree") ? .workTree : .named
  }

  /// Writes a plan, readable by its owner only: it names people and what they may reach.
  private static func save(
    _ plan: Plan,
    _ inputs: RunInputs,
    to path: String
  ) throws(Failure) {
    let summary = PlanFile.Summary(plan, inputs)
    do { try PrivateFile.write(PlanFile.encode(plan, summary), to: path) } catch {
      throw .file(error)
    }
  }
}
