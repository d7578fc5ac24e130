internal import Access
internal import Declarations
internal import Reporting

extension Context {
  /// With what, and for whom, a report of this run is made.
  func origin(_ input: RepositoryInput) -> ReportOrigin {
    ReportOrigin(
      version: programVersion,
      runner: runner,
      folder: input.folderName
    )
  }

  /// Who started the run, as the environment says; `nil` where it does not.
  var runner: String? {
    ["GITHUB_ACTOR", "GITLAB_USER_LOGIN", "BUILD_REQUESTEDFOR", "USER"].lazy
      .compactMap { environment[$0] }.first
  }

  /// The look of results that are printed for people.
  var style: TerminalStyle { TerminalStyle(isColoured: console.coloursResults) }

  /// Prints findings to the errors, as compilers do; notes only where nothing is worse.
  func show(_ findings: [Finding], commit: CommitID?, _ input: RepositoryInput) {
    let worth = findings.filter { $0.severity > .note }
    guard !worth.isEmpty else { return }
    let report = FindingReport(origin: origin(input), commit: commit, findings: worth)
    console.diagnostic(
      report.rendered(as: .text, style: TerminalStyle(isColoured: console.usesColour))
    )
  }
}

extension PlanReport {
  /// A plan together with what a report of it needs.
  init(_ planned: Run.Planned, _ inputs: RunInputs, _ context: Context) {
    self.init(
      plan: planned.plan,
      declared: inputs.desired,
      origin: context.origin(inputs.declared.input)
    )
  }
}
