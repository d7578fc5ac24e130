internal import Access
internal import Declarations
internal import Reporting

extension Context {
  /// With what, and for whom, a report of this run is made.
  func origin(_ input: RepositoryInput) -> ReportOrigin {
    ReportOrigin(
      version: programVersion,
      runner: environment["GITHUB_ACTOR"] ?? environment["GITLAB_USER_LOGIN"]
        ?? environment["BUILD_REQUESTEDFOR"] ?? environment["USER"],
      folder: input.folderName
    )
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
      origin: context.origin(inputs.declared.input),
      isStopped: planned.checked.isStopped
    )
  }
}
