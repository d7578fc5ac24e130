package import Access
package import Evidence

/// The forms in which an explanation is written.
package enum ExplainFormat: String, Hashable, Sendable, CaseIterable {
  case text, json
}

/// Why something is as it is, and what happens next: one fact a line, under its topic.
package struct ExplainReport: Sendable {
  /// `nil` until somebody is explained.
  package var subject: Subject?
  package var commit: CommitID
  package var declared: DesiredState
  package var origin: ReportOrigin
  package var now: Moment
  /// What the policy says of the subject, and for a guest which rule allows each grant.
  package var rules: [String] = []
  package var permissions: [Resource: String] = [:]

  package init(commit: CommitID, declared: DesiredState, origin: ReportOrigin, now: Moment) {
    self.commit = commit
    self.declared = declared
    self.origin = origin
    self.now = now
  }

  /// What is explained.
  package enum Subject: Sendable {
    case guest(GuestExplanation)
    case resource(ResourceExplanation, name: String, place: SourcePlace?)
  }

  /// One fact, in a sentence with data in backquotes.
  struct Fact: Hashable {
    var topic: Topic
    var words: String
    var place: SourcePlace?

    init(_ topic: Topic, _ words: String, _ place: SourcePlace? = nil) {
      (self.topic, self.words, self.place) = (topic, words, place)
    }
  }

  /// What a fact is about, in the order in which they are told.
  enum Topic: String, CaseIterable {
    case declared, access, skipped, rules, journal, tenant, next, unchanged

    var title: String {
      switch self {
      case .declared: "Declared"
      case .access: "Access"
      case .skipped: "Skipped"
      case .rules: "Rules"
      case .journal: "Journal"
      case .tenant: "Tenant"
      case .next: "Next"
      case .unchanged: "Not changed"
      }
    }
  }

  var title: String {
    switch subject {
    case .guest(let guest):
      guest.guest.normalised + (guest.entry?.name.map { " (\($0))" } ?? "")
    case .resource(_, let name, _): name
    case nil: ""
    }
  }

  var facts: [Fact] {
    let glossary = Glossary(declared)
    let facts: [Fact] =
      switch subject {
      case .guest(let guest): self.facts(of: guest, glossary)
      case .resource(let resource, _, let place): self.facts(of: resource, at: place, glossary)
      case nil: []
      }
    return Topic.allCases.flatMap { topic in facts.filter { $0.topic == topic } }
  }

  /// Returns the report in a format; the style means something to `text` alone.
  package func rendered(as format: ExplainFormat, style: TerminalStyle = .plain) -> String {
    switch format {
    case .text: text(style)
    case .json: document.text
    }
  }

  private func text(_ style: TerminalStyle) -> String {
    var page = TerminalPage(style)
    page.add(.init(title, .bold))
    let width = (Topic.allCases.map(\.title.count).max() ?? 0) + 2
    var last: Topic?
    for fact in facts {
      if fact.topic != last { page.separate() }
      let label = fact.topic == last ? "" : fact.topic.title
      var spans: [TerminalPage.Span] = [
        .init(TerminalWidth.padded(label, to: width), .faint), .init(fact.words),
      ]
      if let place = fact.place {
        spans.append(.init("  \(origin.path(of: place)):\(place.line)", .faint))
      }
      page.add(spans, hanging: width)
      last = fact.topic
    }
    return page.text
  }

  private var document: JSONValue {
    let whose: JSONValue =
      switch subject {
      case .guest(let guest): ["mail": .string(guest.guest.normalised)]
      case .resource(_, let name, _): ["resource": .string(name)]
      case nil: .null
      }
    let head = origin.members(
      kind: "explanation",
      tenant: declared.tenant.id,
      named: declared.tenant.name,
      commit: commit
    )
    return .object(
      head + [
        .init("subject", whose),
        .init(
          "facts",
          .array(
            facts.map { fact in
              [
                "topic": .string(fact.topic.rawValue), "words": .string(fact.words),
                "place": fact.place.map { .place($0, origin: origin) } ?? .null,
              ]
            }
          )
        ),
      ]
    )
  }
}
