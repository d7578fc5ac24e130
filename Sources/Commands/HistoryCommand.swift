internal import Access
internal import Declarations
internal import Evidence
internal import Git
internal import Journal
internal import Reporting

/// `guestlist history`: the life of a person or an app, from git and the journal.
enum HistoryCommand {
  static let description = CommandDescription(
    name: "history",
    summary: "Show the life of a person or an app, from git and the journal",
    discussion: """
      Prints one line for each event: what a commit declared or no longer declared,
      with its author and pull request, and what runs then wrote. PERSON is an
      address, APP an alias in the catalog or an application id. Needs no tenant and
      no credentials.
      """,
    operands: [.init("PERSON|APP", required: true)],
    options: CommonOptions.repository + CommonOptions.ref
      + [CommonOptions.journal]
      + CommonOptions.output(HistoryFormat.allCases.map(\.rawValue)) + CommonOptions.verbosity,
    examples: [
      .init("guestlist history ana@fabrikam.example", "the life of a guest"),
      .init("guestlist history expenses", "who got and lost an app"),
    ],
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let input = try RepositoryInput(arguments)
    let outputs = try Outputs<HistoryFormat>(arguments, standard: .text)
    let ref = try await input.resolve(arguments.value("ref") ?? "HEAD")
    let now = context.clock.now()
    let declared = try await DeclaredCommit.read(ref, of: input, now: now)
    guard let desired = declared.reading.desired else {
      context.show(declared.reading.findings, commit: declared.commit, input)
      return Outcomes([.invalid])
    }
    let subject = try subject(arguments.operands.first ?? "", desired)
    var history = try await declared.history(for: desired.tenant, context)
    history = try await declared.attributed(history, subject.entries(in: history))
    let place = try JournalPlace(arguments, desired.tenant, context.environment)
    let (record, events) = try await journaled(place, subject, desired.tenant, context)
    let life = AccessRecord(history: history, journal: record, events: events, now: now)
    let report = HistoryReport(
      subject: subject,
      events: {
        switch subject {
        case .guest(let guest): life.life(of: guest, events)
        case .app(let app): life.life(of: app, events)
        }
      }(),
      declared: desired,
      origin: context.origin(input)
    )
    try outputs.write(to: context.console) { format, isForPeople in
      report.rendered(as: format, style: isForPeople ? context.style : .plain)
    }
    return Outcomes()
  }

  /// What the journal knows of the subject; nothing where there is no journal.
  static func journaled(
    _ place: JournalPlace,
    _ subject: HistoryReport.Subject,
    _ tenant: TenantDeclaration,
    _ context: Context
  ) async throws(Failure) -> (JournalRecord?, [JournalEvent]) {
    do throws(JournalError) {
      let journal = try await place.open(
        for: .reading,
        clock: context.clock,
        randomness: context.randomness
      )
      // Of the record, a life needs the commits alone.
      let record = try await journal.record(for: tenant.id, ref: tenant.ref, of: [])
      let events: [JournalEvent]
      switch subject {
      case .guest(let guest): events = try await journal.events(of: guest, in: tenant.id)
      case .app(let app): events = try await journal.events(of: app, in: tenant.id)
      }
      await journal.close()
      return (record, events)
    } catch {
      if case .missing = error.kind { return (nil, []) }
      throw .journal(error)
    }
  }

  private static func subject(
    _ text: String,
    _ desired: DesiredState
  ) throws(Failure) -> HistoryReport.Subject {
    if text.contains("@"), let guest = AddressNormaliser.address(text) { return .guest(guest) }
    if let app = desired.catalog.apps[text]?.id ?? AppID(text) { return .app(app) }
    throw .usage(
      UsageError(
        "`\(text)` is neither an address nor an app of the catalog",
        hint: Suggestion.nearest(to: text, among: Array(desired.catalog.apps.keys))
          .map { "did you mean `\($0)`?" }
      )
    )
  }
}

extension HistoryReport.Subject {
  /// Every entry of the subject that was ever declared.
  fileprivate func entries(in history: DeclarationHistory) -> Set<EntryKey> {
    Set(
      history.intervals.keys.lazy.filter { key in
        switch (self, key) {
        case (.guest(let guest), _): key.guest == guest
        case (.app(let app), .grant(let grant)):
          if case .appRole(app, _) = grant.resource { true } else { false }
        case (.app, .guest): false
        }
      }
    )
  }
}
