internal import Access
internal import Platform
internal import Reconciliation
internal import Reporting

/// `guestlist plan`: what an apply would do, and why.
enum PlanCommand {
  static let description = CommandDescription(
    name: "plan",
    summary: "Show what would make the tenant equal to a commit, writing nothing",
    discussion: """
      Compares what a commit declares with what the tenant holds, and prints the writes that would
      make them agree, each with its reason and the commit that it leads back to. Nothing is
      written. Exits 3, 4 or 5 as the apply would; with --detailed-exitcode, 2 where there is
      something to do.
      """,
    options: CommonOptions.repository + CommonOptions.ref + CommonOptions.tenant
      + [
        Option("detailed-exitcode", "exit 2 where there is something to do"),
        Option("out", value: "FILE", "write the plan to a file that `guestlist apply` takes"),
        Option("worktree", "plan the files as they stand, committed or not"),
        CommonOptions.readOnly,
        Option("at", value: "MOMENT", "plan as if it were this day or moment"),
      ] + CommonOptions.scope + CommonOptions.limits
      + CommonOptions.output(PlanFormat.allCases.map(\.rawValue)) + CommonOptions.voice,
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let outputs: Outputs<PlanFormat>
    let source: RunInputs.Source
    do throws(UsageError) {
      outputs = try Outputs(arguments, standard: .text)
      source = try self.source(arguments)
    } catch {
      throw .usage(error)
    }
    guard let inputs = try await RunInputs.load(source, arguments, context) else {
      return Outcomes([.invalid])
    }
    let run = try await Run.open(inputs, arguments, context)
    let planned = try await run.plan()
    context.show(planned.checked.findings, commit: inputs.declared.commit, inputs.declared.input)
    let verdicts = try RunVerdicts(planned, inputs)
    let report = PlanReport(planned, inputs, context)
    try outputs.write(to: context.console) { format, isForPeople in
      if isForPeople, context.console.isQuiet, format == .text { return report.summaryLine + "\n" }
      return report.rendered(as: format, style: isForPeople ? context.style : .plain)
    }
    if let file = arguments.value("out") {
      try save(planned.plan, inputs, to: file)
    }
    var outcomes = verdicts.outcomes
    if arguments.has("detailed-exitcode"), !planned.plan.actions.isEmpty {
      outcomes.insert(.changes)
    }
    return outcomes
  }

  /// What is planned: a plan that is saved will be applied, so it is one of the configured ref, now.
  private static func source(_ arguments: Arguments) throws(UsageError) -> RunInputs.Source {
    func exclude(_ option: String, _ others: [String]) throws(UsageError) {
      guard arguments.has(option), let other = others.first(where: arguments.has) else { return }
      throw UsageError("`--\(option)` cannot be combined with `--\(other)`", hint: nil)
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
    do { try PrivateFile.write(PlanFile.encode(plan, options: inputs.options), to: path) } catch {
      throw .file(error)
    }
  }
}
