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
      + [Option("detailed-exitcode", "exit 2 if there is a difference")]
      + CommonOptions.output(DriftFormat.allCases.map(\.rawValue)) + CommonOptions.voice,
    examples: [
      .init("guestlist drift", "what differs or is not managed"),
      .init("guestlist drift --format json --quiet", "the same for programs"),
    ],
    environment: CommandDescription.Variable.tenant,
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let outputs: Outputs<DriftFormat>
    do { outputs = try Outputs(arguments, standard: .text) } catch { throw .usage(error) }
    guard let previewed = try await Preview.make(arguments, context) else {
      return Outcomes([.invalid])
    }
    let report = DriftReport(
      plan: previewed.checked.value,
      declared: previewed.situation.desired,
      origin: context.origin(previewed.situation.declared.input),
      isStopped: previewed.checked.isStopped,
      ref: previewed.ref
    )
    try outputs.write(to: context.console) { format, isForPeople in
      report.rendered(as: format, style: isForPeople ? context.style : .plain)
    }
    var outcomes = Outcomes()
    if previewed.checked.isStopped { outcomes.insert(.invalid) }
    if arguments.has("detailed-exitcode"), !previewed.checked.value.actions.isEmpty {
      outcomes.insert(.changes)
    }
    return outcomes
  }
}
