internal import Access
internal import Declarations
internal import Git
internal import Reporting

/// `guestlist validate`: what is wrong with the declarations, without a tenant.
enum ValidateCommand {
  static let description = CommandDescription(
    name: "validate",
    summary: "Check declarations offline, with every finding of every file",
    discussion: """
      Reads the declarations of a commit and says everything that is wrong with them, each with its
      file, line and column. Needs no tenant and no credentials. Exits 3 on any error.
      """,
    options: CommonOptions.repository + CommonOptions.ref
      + CommonOptions.output(FindingFormat.allCases.map(\.rawValue)) + CommonOptions.voice,
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let input: RepositoryInput
    let outputs: Outputs<FindingFormat>
    do throws(UsageError) {
      input = try RepositoryInput(arguments)
      outputs = try Outputs(arguments, standard: .text)
    } catch {
      throw .usage(error)
    }
    let ref = try await input.resolve(arguments.value("ref") ?? "HEAD")
    let declared = try await DeclaredCommit.read(ref, of: input, now: context.clock.now())
    let report = FindingReport(
      origin: context.origin(input),
      commit: declared.commit,
      findings: declared.reading.findings
    )
    try outputs.write(to: context.console) { format, isForPeople in
      report.rendered(as: format, style: isForPeople ? context.style : .plain)
    }
    let hasErrors = declared.reading.findings.contains { $0.severity == .error }
    return Outcomes(hasErrors ? [.invalid] : [])
  }
}
