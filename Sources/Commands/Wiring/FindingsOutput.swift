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
  var style: TerminalStyle {
    TerminalStyle(isColoured: console.coloursResults, columns: console.columns)
  }

  /// Prints what a comparison with the tenant found, warnings too: `validate` cannot see them.
  func showAll(_ findings: [Finding], commit: CommitID?, _ input: RepositoryInput) {
    print(findings, commit: commit, input)
  }

  /// Prints errors, as compilers do, and how many warnings there are: a command that goes on to do
  /// something shows what is wrong, and `validate` shows everything.
  func show(_ findings: [Finding], commit: CommitID?, _ input: RepositoryInput) {
    let warnings = FindingReport(
      origin: origin(input),
      findings: findings.filter { $0.severity == .warning }
    )
    if !warnings.findings.isEmpty {
      console.note("\(warnings.summary); `guestlist validate` lists them")
    }
    print(findings.filter { $0.severity == .error }, commit: commit, input)
  }

  private func print(_ findings: [Finding], commit: CommitID?, _ input: RepositoryInput) {
    guard !findings.isEmpty else { return }
    let report = FindingReport(
      origin: origin(input),
      commit: commit,
      findings: findings,
      limit: console.isQuiet ? 1 : 10
    )
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
      ref: inputs.branch
    )
  }
}
