internal import Access

extension PlanText {
  /// A paragraph for each partner, with a few lines for each of its people.
  var people: [String] {
    let guards = report.guardsByAction
    let deletions = Dictionary(
      plan.upcoming.filter { $0.kind == .delete }.map { ($0.guest, $0.moment) },
      uniquingKeysWith: min
    )
    return PlanGroups(plan).partners.map { partner in
      let title = TerminalText.escape(glossary.title(of: partner.name))
      var output = style.apply(.bold, title)
      output += ": \(Wording.count(partner.people.count, "person", "people"))\n"
      for person in partner.people {
        output += heading(of: person)
        let changes = PersonChanges(person, of: plan, guards: guards, glossary)
        for cause in changes.causes { output += lines(of: cause) }
        if let deletion = deletions[person.guest] {
          output += "      next: the account is deleted at \(deletion)\n"
        }
      }
      return output
    }
  }

  /// The address, the name and, for whom something is given, until when the entry counts.
  private func heading(of person: PlanGroups.Person) -> String {
    var output = "  \(TerminalText.escape(person.guest.normalised))"
    if let name = glossary.displayName(of: person.guest) {
      output += " (\(TerminalText.escape(name)))"
    }
    let isGiven = person.actions.contains { plan.actions[$0].verb.direction == .gives }
    if isGiven, let end = glossary.end(of: person.guest) { output += ", \(end)" }
    return output + "\n"
  }

  private func lines(of cause: PersonChanges.Cause) -> String {
    var output = ""
    for line in cause.lines {
      let direction = line.verb.direction
      let items = line.actions
        .map { TerminalText.escape(plan.actions[$0].object(glossary)) }
        .filter { !$0.isEmpty }
      let word = items.isEmpty ? line.verb.word : TerminalWidth.padded(line.verb.word, to: 6)
      output += "    " + style.apply(direction.look, "\(direction.rawValue) \(word)")
      let indent = 4 + 2 + word.utf8.count + 1
      if !items.isEmpty { output += " " + Self.wrapped(items, indent: indent) }
      if !line.heldBackBy.isEmpty {
        output += style.apply(.warning, "  [held back by \(Wording.list(line.heldBackBy))]")
      }
      output += "\n"
    }
    return output + because(cause)
  }

  private func because(_ cause: PersonChanges.Cause) -> String {
    var words = TerminalText.escape(cause.reason.words)
    if let provenance = cause.provenance {
      let places = cause.places.map { report.origin.spelled($0) }
      words += ", " + TerminalText.escape(provenance.words(at: places))
    }
    return "      " + style.apply(.faint, words) + "\n"
  }

  /// The items after one another, on further lines where they are too many for one.
  private static func wrapped(_ items: [String], indent: Int) -> String {
    var output = ""
    var column = indent
    for (index, item) in items.enumerated() {
      let text = index + 1 < items.count ? item + "," : item
      let width = TerminalWidth.of(text) + 1
      if column > indent, column + width > 100 {
        output += "\n" + String(repeating: " ", count: indent)
        column = indent
      } else if column > indent {
        output += " "
      }
      output += text
      column += width
    }
    return output
  }
}
