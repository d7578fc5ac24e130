internal import Access
internal import Git
internal import Reporting

/// `guestlist plan`: what an apply would do, and why.
enum PlanCommand {
  static let description = CommandDescription(
    name: "plan",
    summary: "Show what would make the tenant equal to a commit, writing nothing",
    discussion: """
      Compares what a commit declares with the tenant, and prints the changes that
      would make them equal, what is held back and removed first. Writes nothing.
      Exits 3, 4 or 5 as apply would; with --detailed-exitcode, 2 if there is
      something to do.
      """,
    options: CommonOptions.repository + CommonOptions.ref + CommonOptions.tenant
      + [
        Option("out", value: "FILE", "save the plan for `guestlist apply FILE`"),
        Option("all", "list everything that is folded"),
        Option("at", value: "MOMENT", "plan as if it were this day or time"),
        Option("detailed-exitcode", "exit 2 if there is something to do"),
      ] + CommonOptions.scope + CommonOptions.limits
      + CommonOptions.output(PlanFormat.allCases.map(\.rawValue)) + CommonOptions.voice,
    examples: [
      .init("guestlist plan --out plan.json", "show the changes and save them"),
      .init("guestlist plan --target fabrikam --all", "everything about one partner"),
    ],
    environment: CommandDescription.Variable.tenant,
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let outputs: Outputs<PlanFormat>
    do { outputs = try Outputs(arguments, standard: .text) } catch { throw .usage(error) }
    guard let previewed = try await Preview.make(arguments, context) else {
      return Outcomes([.invalid])
    }
    var report = previewed.report(context)
    report.isComplete = arguments.has("all")
    report.isVerbose = arguments.has("verbose")
    if let file = arguments.value("out") {
      try SavedPlan.write(previewed.checked.value, to: file)
      report.next = .apply(file: file)
    } else if arguments.value("at") == nil {
      report.next = .save
    }
    try outputs.write(to: context.console) { format, isForPeople in
      let style = isForPeople ? context.style : .plain
      if isForPeople, context.console.isQuiet, format == .text { return report.brief(style: style) }
      return report.rendered(as: format, style: style)
    }
    return Outcomes(previewed.checked, detailed: arguments.has("detailed-exitcode"))
  }
}
