internal import Access
internal import Declarations
internal import Git
internal import Reporting

/// `guestlist diff`: what a change of the declarations means, without a tenant.
enum DiffCommand {
  static let description = CommandDescription(
    name: "diff",
    summary: "Show what a pull request changes, in words, without a tenant",
    discussion: """
      Compares what two commits declare and says what that means, the riskiest first:
      rules that are loosened and used at once, names pointed elsewhere, addresses and
      roles changed, who is new, extended or removed, and what would be skipped or
      held back. RANGE is BASE..HEAD, or BASE...HEAD for what HEAD changed since it
      left BASE; BASE alone is BASE..HEAD. The default is what HEAD changed since it
      left the default branch, and on that branch its last commit. Needs git alone;
      the two ends of a shallow clone will do. Exits 3 if HEAD cannot be used.
      """,
    operands: [.init("RANGE", required: false)],
    options: CommonOptions.repository
      + [
        Option("reviewers", "name who answers for the files and apps that change"),
        Option("all", "list everybody, however many they are"),
        Option("detailed-exitcode", "exit 2 if anything changes"),
      ]
      + CommonOptions.output(DiffFormat.allCases.map(\.rawValue)) + CommonOptions.verbosity,
    examples: [
      .init("guestlist diff origin/main...", "what this branch changes"),
      .init("guestlist diff --format markdown HEAD~1..", "a comment for the last commit"),
    ],
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let input = try RepositoryInput(arguments)
    let outputs = try Outputs<DiffFormat>(arguments, standard: .text)
    let now = context.clock.now()
    let range = try await CommitRange.find(arguments.operands.first, in: input)
    let pair = try await DeclaredRange.read(range, of: input, context, now: now)
    let comparison = DeclarationComparison(
      from: pair.base,
      to: pair.head,
      guestsBefore: pair.guestsBefore,
      now: now
    )
    var report = DiffReport(
      diff: DeclarationDiff(
        changes: comparison.changes,
        errors: comparison.errors(of: pair.head, inFiles: Set(pair.changed)),
        isUsable: pair.head.isUsable,
        isBaseUsable: pair.base.isUsable
      ),
      base: try CommitID(range.base),
      head: try CommitID(range.head),
      before: pair.base.desired,
      declared: pair.head.desired,
      origin: context.origin(input)
    )
    report.isComplete = arguments.has("all")
    if arguments.has("reviewers"), let policy = pair.base.policy ?? pair.head.policy {
      let owners = try await input.codeOwners(at: range.base)
      report.diff.reviewers = Reviewers(policy, owners, folder: input.folderName)
        .areas(files: pair.changed, changes: comparison.changes)
    }
    try outputs.write(to: context.console) { format, isForPeople in
      let style = isForPeople ? context.style : .plain
      if isForPeople, context.console.isQuiet, format == .text { return report.brief(style: style) }
      return report.rendered(as: format, style: style)
    }
    var outcomes = Outcomes(pair.head.isUsable ? [] : [.invalid])
    if arguments.has("detailed-exitcode"), !report.diff.changes.isEmpty {
      outcomes.insert(.changes)
    }
    return outcomes
  }
}
