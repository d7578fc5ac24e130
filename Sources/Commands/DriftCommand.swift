internal import Access
internal import Reporting

/// `guestlist drift`: how the tenant differs from the commit, as a report.
enum DriftCommand {
  static let description = CommandDescription(
    name: "drift",
    summary: "Report how the tenant differs from a commit, writing nothing",
    discussion: """
      The same reading as a plan, told as differences in both directions and findings. Nothing is
      written. With --detailed-exitcode, exits 2 where there is a difference.
      """,
    options: CommonOptions.repository + CommonOptions.ref + CommonOptions.tenant
      + [Option("detailed-exitcode", "exit 2 where there is a difference"), CommonOptions.readOnly]
      + CommonOptions.output(DriftFormat.allCases.map(\.rawValue)) + CommonOptions.voice,
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let outputs: Outputs<DriftFormat>
    do { outputs = try Outputs(arguments, standard: .text) } catch { throw .usage(error) }
    guard let inputs = try await RunInputs.load(.named, arguments, context) else {
      return Outcomes([.invalid])
    }
    let run = try await Run.open(inputs, arguments, context)
    let planned = try await run.plan()
    context.show(planned.checked.findings, commit: inputs.declared.commit, inputs.declared.input)
    let report = DriftReport(
      plan: planned.plan,
      declared: inputs.desired,
      origin: context.origin(inputs.declared.input)
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
