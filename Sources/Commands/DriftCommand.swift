internal import Access
internal import Reporting

/// `guestlist drift`: how the tenant differs from the commit, as a report.
enum DriftCommand {
  static let description = CommandDescription(
    name: "drift",
    summary: "Report how the tenant differs from a commit, writing nothing",
    discussion: """
      Lists everything that differs, in both directions, and everything that is not
      managed here. Writes nothing. With --detailed-exitcode, exits 2 if there is a
      difference.
      """,
    options: CommonOptions.repository + CommonOptions.ref + CommonOptions.tenant
      + [Option("detailed-exitcode", "exit 2 if there is a difference"), CommonOptions.readOnly]
      + CommonOptions.output(DriftFormat.allCases.map(\.rawValue)) + CommonOptions.verbosity,
    examples: [
      .init("guestlist drift", "what differs or is not managed"),
      .init("guestlist drift --format json --quiet", "the same for programs"),
    ],
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let outputs = try Outputs<DriftFormat>(arguments, standard: .text)
    guard let inputs = try await RunInputs.load(.named, arguments, context) else {
      return Outcomes([.invalid])
    }
    let run = try await Run.open(inputs, arguments, context)
    let planned = try await run.plan()
    context.showAll(planned.checked.findings, commit: inputs.declared.commit, inputs.declared.input)
    let report = DriftReport(
      plan: planned.plan,
      declared: inputs.desired,
      origin: context.origin(inputs.declared.input),
      ref: inputs.branch
    )
    try outputs.write(to: context.console) { format, isForPeople in
      report.rendered(as: format, style: isForPeople ? context.style : .plain)
    }
    var outcomes = Outcomes()
    if !inputs.desired.isUsable { outcomes.insert(.invalid) }
    if planned.checked.isStopped { outcomes.insert(.partial) }
    if arguments.has("detailed-exitcode"), report.hasDifferences {
      outcomes.insert(.changes)
    }
    return outcomes
  }
}
