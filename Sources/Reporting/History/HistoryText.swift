internal import Access
internal import Evidence

/// A life for people: one line an event.
struct HistoryText {
  let report: HistoryReport
  let style: TerminalStyle

  var text: String {
    let glossary = Glossary(report.declared)
    let title = TerminalText.escape(report.title(glossary))
    guard !report.events.isEmpty else {
      return "Nothing is known of \(title): no commit declared it, and no run wrote it.\n"
    }
    let rows = report.events.map { event in
      (
        event: event, about: TerminalText.escape(about(event, glossary)),
        details: TerminalText.escape(event.details(report.origin))
      )
    }
    let words = rows.map { $0.event.word.utf8.count }.max() ?? 0
    let names = min(rows.map { TerminalWidth.of($0.about) }.max() ?? 0, 60)
    var output = style.apply(.bold, title) + "\n"
    for row in rows {
      let word = TerminalWidth.padded(row.event.word, to: words)
      output += "\(row.event.moment)  \(style.apply(look(of: row.event), word))  "
      output += "\(TerminalWidth.padded(row.about, to: names))  "
      output += style.apply(.faint, row.details) + "\n"
    }
    return output + Wording.count(rows.count, "event") + ".\n"
  }

  /// What the event is about, besides the one whose life it is.
  private func about(_ event: LifeEvent, _ glossary: Glossary) -> String {
    switch report.subject {
    case .guest: event.resource.map { glossary.name(of: $0) } ?? "the guest"
    case .app:
      [event.guest.normalised, event.resource.map { glossary.name(of: $0) }]
        .compactMap { $0 }.joined(separator: ", ")
    }
  }

  private func look(of event: LifeEvent) -> TerminalStyle.Look {
    switch event.telling {
    case .declared, .regained: .added
    case .undeclared, .lost: .removed
    case .wrote(let writing): writing.verb.direction.look
    }
  }
}
