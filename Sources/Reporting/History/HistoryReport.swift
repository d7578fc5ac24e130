package import Access
package import Evidence

/// The forms in which a life is written.
package enum HistoryFormat: String, Hashable, Sendable, CaseIterable {
  case text, json
}

/// The life of a guest or of an app, from git and from the journal.
package struct HistoryReport: Hashable, Sendable {
  package var subject: Subject
  /// Ordered by moment.
  package var events: [LifeEvent]
  package var declared: DesiredState
  package var origin: ReportOrigin

  package init(
    subject: Subject,
    events: [LifeEvent],
    declared: DesiredState,
    origin: ReportOrigin
  ) {
    self.subject = subject
    self.events = events
    self.declared = declared
    self.origin = origin
  }

  /// Whose life it is.
  package enum Subject: Hashable, Sendable {
    case guest(EmailAddress)
    case app(AppID)
  }

  /// Returns the report in a format; the style means something to `text` alone.
  package func rendered(as format: HistoryFormat, style: TerminalStyle = .plain) -> String {
    switch format {
    case .text: text(style)
    case .json: document.text
    }
  }

  private func title(_ glossary: Glossary) -> String {
    switch subject {
    case .guest(let address): address.normalised
    case .app(let app): glossary.name(of: app)
    }
  }

  /// One event a line, in columns; programs read the lines, so they are not wrapped.
  private func text(_ style: TerminalStyle) -> String {
    let glossary = Glossary(declared)
    var page = TerminalPage(style, wrapped: false)
    let title = title(glossary)
    guard !events.isEmpty else {
      page.add("No record of \(title): no commit declared it, and no run changed it.")
      return page.text
    }
    let rows = events.map { (event: $0, about: about($0, glossary)) }
    let words = rows.map { $0.event.word.utf8.count }.max() ?? 0
    let names = min(rows.map { TerminalPage.width(of: $0.about) }.max() ?? 0, 60)
    page.add(.init(title, .bold))
    for (event, about) in rows {
      let gap = String(repeating: " ", count: max(0, names - TerminalPage.width(of: about)))
      page.add(
        "\(event.moment)  ",
        .init(TerminalWidth.padded(event.word, to: words), look(of: event)),
        "  \(about)\(gap)  ",
        .init(event.details(origin), .faint)
      )
    }
    page.add("\(Wording.count(rows.count, "event")).")
    return page.text
  }

  /// What the event is about, besides the one whose life it is.
  private func about(_ event: LifeEvent, _ glossary: Glossary) -> String {
    switch subject {
    case .guest: event.resource.map { glossary.name(of: $0) } ?? "the guest"
    case .app:
      [event.guest.normalised, event.resource.map { glossary.name(of: $0) }]
        .compactMap { $0 }.joined(separator: ", ")
    }
  }

  private func look(of event: LifeEvent) -> TerminalStyle.Look {
    switch event.summary {
    case .declared, .regained: .added
    case .undeclared, .lost: .removed
    case .wrote(let writing): ChangeKind(writing.verb).direction.look
    case .decided: .bold
    }
  }

  /// The life as JSON.
  private var document: JSONValue {
    let glossary = Glossary(declared)
    let whose: JSONValue =
      switch subject {
      case .guest(let address): ["mail": .string(address.normalised)]
      case .app(let app):
        ["appId": .string(app.description), "name": .string(title(glossary))]
      }
    let head = origin.members(
      kind: "history",
      tenant: declared.tenant.id,
      named: declared.tenant.name,
      commit: nil
    )
    return .object(
      head + [
        .init("subject", whose),
        .init(
          "events",
          .array(
            events.map { event in
              [
                "at": .string(event.moment.description),
                "mail": .string(event.guest.normalised),
                "resource": event.resource.map { $0.json(glossary) } ?? .null,
                "event": event.summary.json(origin),
              ]
            }
          )
        ),
      ]
    )
  }
}
