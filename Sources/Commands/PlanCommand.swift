internal import Access
internal import Git
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
        Option("at", value: "MOMENT", "plan as if it were this day or moment"),
      ] + CommonOptions.scope + CommonOptions.limits
      + CommonOptions.output(PlanFormat.allCases.map(\.rawValue)) + CommonOptions.voice,
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let outputs: Outputs<PlanFormat>
    do { outputs = try Outputs(arguments, standard: .text) } catch { throw .usage(error) }
    guard let previewed = try await Preview.make(arguments, context) else {
      return Outcomes([.invalid])
    }
    let report = previewed.report(context)
    try outputs.write(to: context.console) { format, isForPeople in
      if isForPeople, context.console.isQuiet, format == .text { return report.summaryLine + "\n" }
      return report.rendered(as: format, style: isForPeople ? context.style : .plain)
    }
    if let file = arguments.value("out") {
      try SavedPlan.write(previewed.checked.value, previewed.situation.options, to: file)
    }
    return Outcomes(previewed.checked, detailed: arguments.has("detailed-exitcode"))
  }
}
