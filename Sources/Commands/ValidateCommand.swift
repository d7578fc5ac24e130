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
      With --base, rules that were loosened since that commit are named first, with
      the entries that use them; they are warnings.
      """,
    options: CommonOptions.repository + CommonOptions.ref
      + [
        Option("worktree", "read the files, committed or not"),
        Option("base", value: "REF", "name the rules that were loosened since this commit"),
      ]
      + CommonOptions.output(FindingFormat.allCases.map(\.rawValue)) + CommonOptions.verbosity,
    examples: [
      .init("guestlist validate --worktree", "before committing"),
      .init("guestlist validate --base origin/main", "in a pull request"),
    ],
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let input = try RepositoryInput(arguments)
    let outputs = try Outputs<FindingFormat>(arguments, standard: .text)
    let now = context.clock.now()
    let (reading, commit, files) = try await declarations(arguments, input, context, now: now)
    let base = try await base(arguments, input)
    let loosened = base.map { PolicyLoosening(from: $0, to: reading, now: now).findings } ?? []
    let report = FindingReport(
      origin: context.origin(input),
      commit: commit,
      findings: loosened + reading.findings,
      rules: Dictionary(
        uniqueKeysWithValues: DeclarationRule.allCases.map {
          ($0.code, .init(title: $0.title, explanation: $0.explanation, example: $0.example))
        }
      ),
      files: files,
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

  /// What is to be checked, its history read only where that decides what is skipped; no commit for
  /// the work tree.
  private static func declarations(
    _ arguments: Arguments,
    _ input: RepositoryInput,
    _ context: Context,
    now: Moment
  ) async throws(Failure) -> (DeclarationReading, CommitID?, files: [String]) {
    let isWorkTree = arguments.has("worktree")
    guard !isWorkTree || !arguments.has("ref") else {
      throw .usage(UsageError("`--worktree` and `--ref` exclude one another", hint: nil))
    }
    if isWorkTree {
      // A new repository may have no commit yet.
      let contents = try await WorkTree.contents(of: input)
      let reading = await DeclarationReader().read(inParallel: contents, now: now)
      guard reading.dependsOnOrder else { return (reading, nil, contents.files.map(\.path)) }
    }
    let ref = try await input.resolve(arguments.value("ref") ?? "HEAD")
    var declared =
      isWorkTree
      ? try await DeclaredCommit.read(workTreeOn: ref, of: input, now: now)
      : try await DeclaredCommit.read(ref, of: input, now: now)
    if declared.reading.dependsOnOrder, let tenant = declared.tenant {
      declared.order(by: try await declared.history(for: tenant, context))
    }
    let files = declared.contents.files.map(\.path)
    return (declared.reading, isWorkTree ? nil : declared.commit, files)
  }

  /// What the base declares; `nil` where none is named, or it has no declarations.
  private static func base(
    _ arguments: Arguments,
    _ input: RepositoryInput
  ) async throws(Failure) -> DeclarationReading? {
    guard let name = arguments.value("base") else { return nil }
    let ref = try await input.resolve(name)
    do throws(Failure) {
      return try await DeclaredCommit.read(ref, of: input, now: nil).reading
    } catch {
      if case .git(let error) = error, case .folderNotFound = error.kind { return nil }
      throw error
    }
  }
}
