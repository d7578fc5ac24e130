internal import Access
internal import Declarations
internal import Evidence
internal import Git
internal import Journal
internal import Reporting

/// `guestlist explain`: why a person, an app or a finding is as it is, and what happens next.
enum ExplainCommand {
  static let description = CommandDescription(
    name: "explain",
    summary: "Explain why a person or an app is as it is, or a finding",
    discussion: """
      For an address: where it is declared, by which commit and whom; from which
      bundle or partner each grant comes, and which rule allows or skips it; what the
      journal knows; what happens next, and why something is not being changed. For
      an app, a group or a package: who is declared to have it, and by which rules.
      For a code (GL012): what the finding means, with an example. With credentials
      it also says what the tenant holds and what the next run would do; --offline
      asks nobody.
      """,
    operands: [.init("PERSON|APP|CODE", required: true)],
    options: CommonOptions.repository + CommonOptions.ref + CommonOptions.tenant
      + [Option("offline", in: .tenant, "do not ask the tenant"), CommonOptions.readOnly]
      + CommonOptions.output(ExplainFormat.allCases.map(\.rawValue)) + CommonOptions.verbosity,
    examples: [
      .init("guestlist explain ana@fabrikam.example", "why a guest has what they have"),
      .init("guestlist explain GL060", "what a finding means"),
    ],
    run: run
  )

  static func run(_ arguments: Arguments, _ context: Context) async throws(Failure) -> Outcomes {
    let word = arguments.operands.first ?? ""
    let outputs = try Outputs<ExplainFormat>(arguments, standard: .text)
    if let rule = DeclarationRule(code: word) {
      try outputs.write(to: context.console) { format, _ in
        format == .text ? rule.page : rule.document.text
      }
      return Outcomes()
    }
    guard let inputs = try await RunInputs.load(.named, arguments, context) else {
      return Outcomes([.invalid])
    }
    let subject = try Subject(word, inputs)
    var planned: Run.Planned?
    if !arguments.has("offline"), arguments.hasCredentials(context.environment) {
      planned = try await Run.open(inputs, arguments, context).plan()
    }
    let report = try await report(subject, word, inputs, planned, arguments, context)
    try outputs.write(to: context.console) { format, isForPeople in
      report.rendered(as: format, style: isForPeople ? context.style : .plain)
    }
    return Outcomes()
  }

  private static func report(
    _ subject: Subject,
    _ word: String,
    _ inputs: RunInputs,
    _ planned: Run.Planned?,
    _ arguments: Arguments,
    _ context: Context
  ) async throws(Failure) -> ExplainReport {
    let (desired, now) = (inputs.desired, planned?.plan.moment ?? context.clock.now())
    let (known, events) = try await journaled(subject, desired.tenant, arguments, context)
    let keys = inputs.history.intervals.keys.filter(subject.concerns)
    let history = try await inputs.declared.attributed(inputs.history, Set(keys))
    let record = AccessRecord(history: history, journal: known, events: events, now: now)
    let rows = planned.map { record.rows(desired: desired, observed: $0.observed) } ?? []
    let reasons = inputs.declared.reading.policy.map { PolicyReasons($0) }
    var report = ExplainReport(
      commit: inputs.declared.commit,
      declared: desired,
      origin: context.origin(inputs.declared.input),
      now: now
    )
    switch subject {
    case .guest(let guest):
      var explanation = GuestExplanation(
        guest,
        desired,
        record,
        events: events,
        hasJournal: known != nil
      )
      explanation.tenant = planned.map { TenantView(of: guest, $0.plan, $0.observed, rows) }
      guard explanation.isKnown else { throw .usage(unknown(word, inputs)) }
      if let entry = explanation.entry, let reasons {
        report.rules = reasons.rules(for: entry)
        for grant in entry.grants {
          report.permissions[grant.resource] = reasons.permission(for: grant, of: entry)
        }
      }
      report.subject = .guest(explanation)
    case .resource(let resource, let name, let place):
      var explanation = ResourceExplanation(resource, desired, record, events: events)
      explanation.tenant = planned.map { TenantView(of: resource.fits, $0.plan, rows) }
      report.rules = reasons?.rules(over: resource.fits) ?? []
      report.subject = .resource(explanation, name: name, place: place)
    }
    return report
  }

  /// What the journal knows of the subject; of groups and packages it is asked nothing.
  private static func journaled(
    _ subject: Subject,
    _ tenant: TenantDeclaration,
    _ arguments: Arguments,
    _ context: Context
  ) async throws(Failure) -> (JournalRecord?, [JournalEvent]) {
    let whose: HistoryReport.Subject
    switch subject {
    case .guest(let guest): whose = .guest(guest)
    case .resource(.app(let app), _, _): whose = .app(app)
    case .resource: return (nil, [])
    }
    let place = try JournalPlace(arguments, tenant, context.environment)
    return try await HistoryCommand.journaled(place, whose, tenant, context)
  }

  private static func unknown(_ word: String, _ inputs: RunInputs) -> UsageError {
    let people =
      inputs.desired.guests.map(\.address.normalised)
      + inputs.history.intervals.keys.map(\.guest.normalised)
    return UsageError(
      "no record of `\(word)`: no commit declares it, and no run changed it",
      hint: Suggestion.nearest(to: word, among: people).map { "did you mean `\($0)`?" }
    )
  }

  /// What a word means in the commit.
  private enum Subject {
    case guest(EmailAddress)
    case resource(ResourceExplanation.Subject, name: String, place: SourcePlace?)

    init(_ word: String, _ inputs: RunInputs) throws(Failure) {
      let catalog = inputs.desired.catalog
      if word.contains("@"), let guest = AddressNormaliser.address(word) {
        self = .guest(guest)
      } else if let app = catalog.apps[word] {
        self = .resource(.app(app.id), name: "app \(word)", place: app.place)
      } else if let group = catalog.groups[word] {
        self = .resource(.group(group.id), name: "group \(word)", place: group.place)
      } else if let package = catalog.packages[word] {
        self = .resource(.package(package.id), name: "package \(word)", place: package.place)
      } else if let id = AppID(word) {
        let app = catalog.apps.first { $0.value.id == id }
        self = .resource(.app(id), name: "app \(app?.key ?? word)", place: app?.value.place)
      } else {
        let names =
          Array(catalog.apps.keys) + catalog.groups.keys + catalog.packages.keys
          + DeclarationRule.allCases.map(\.code.description)
        throw .usage(
          UsageError(
            "`\(word)` is not an address, a name of the catalog or the code of a finding",
            hint: Suggestion.nearest(to: word, among: names).map { "did you mean `\($0)`?" }
          )
        )
      }
    }

    func concerns(_ key: EntryKey) -> Bool {
      switch (self, key) {
      case (.guest(let guest), _): key.guest == guest
      case (.resource(let resource, _, _), .grant(let grant)): resource.fits(grant.resource)
      case (.resource, .guest): false
      }
    }
  }
}

extension Arguments {
  /// Whether the call or its environment says how to sign in.
  fileprivate func hasCredentials(_ environment: [String: String]) -> Bool {
    ["AZURE_CLIENT_ID", "IDENTITY_ENDPOINT"].contains { !(environment[$0] ?? "").isEmpty }
      || endpoint(environment) != nil
  }
}

extension DeclarationRule {
  fileprivate var document: JSONValue {
    [
      "schemaVersion": .integer(ReportOrigin.schemaVersion), "kind": "finding",
      "code": .string("\(code)"), "title": .string(title), "explanation": .string(explanation),
      "example": .string(example),
    ]
  }
}
