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
      Prints everything that is wrong with the declarations of a commit, with file,
      line and column. Needs no tenant and no credentials. Exits 3 on any error.
      """,
    options: CommonOptions.repository + CommonOptions.ref
      + [Option("worktree", "read the files, committed or not")]
      + CommonOptions.output(FindingFormat.allCases.map(\.rawValue)) + CommonOptions.voice,
    examples: [
      .init("guestlist validate --worktree", "before committing"),
      .init("guestlist validate --format github", "in a pull request's build"),
    ],
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
    let now = context.clock.now()
    let (contents, commit) = try await contents(arguments, input)
    let reading = await DeclarationReader().read(
      inParallel: contents,
      now: now
    )
    let report = FindingReport(
      origin: context.origin(input),
      commit: commit,
      findings: reading.findings,
      rules: Dictionary(
        uniqueKeysWithValues: DeclarationRule.allCases.map {
          ($0.code, .init(title: $0.title, explanation: $0.explanation))
        }
      ),
      files: contents.files.map(\.path),
      contents: reading.desired.map {
        .init(
          guests: $0.guests.count,
          partners: $0.partners.count,
          apps: $0.catalog.apps.count
        )
      }
    )
    try outputs.write(to: context.console) { format, isForPeople in
      report.rendered(as: format, style: isForPeople ? context.style : .plain)
    }
    let hasErrors = reading.findings.contains { $0.severity == .error }
    return Outcomes(hasErrors ? [.invalid] : [])
  }

  /// What is to be checked; no commit for the work tree.
  private static func contents(
    _ arguments: Arguments,
    _ input: RepositoryInput
  ) async throws(Failure) -> (FolderContents, CommitID?) {
    if arguments.has("worktree") {
      guard !arguments.has("ref") else {
        throw .usage(UsageError("`--worktree` and `--ref` exclude one another", hint: nil))
      }
      return (try await WorkTree.contents(of: input), nil)
    }
    let ref = try await input.resolve(arguments.value("ref") ?? "HEAD")
    return (try await input.contents(at: ref.commit), CommitID(hex: ref.commit.hex))
  }
}
