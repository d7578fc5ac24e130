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
        output += lines(of: person, guards: guards, deletion: deletions[person.guest])
      }
      return output
    }
  }

  private func lines(
    of person: PlanGroups.Person,
    guards: [Int: [String]],
    deletion: Moment?
  ) -> String {
    var output = "  \(TerminalText.escape(person.guest.normalised))"
    if let name = glossary.displayName(of: person.guest) {
      output += " (\(TerminalText.escape(name)))"
    }
    output += "\n"
    for (position, index) in person.actions.enumerated() {
      let action = plan.actions[index]
      output += line(of: action, heldBackBy: guards[index] ?? [])
      let next = person.actions.dropFirst(position + 1).first.map { plan.actions[$0] }
      if next.map({ !$0.sharesCause(with: action) }) ?? true { output += cause(of: action) }
    }
    if let deletion { output += "      next: the account is deleted at \(deletion)\n" }
    return output
  }

  private func line(of action: Action, heldBackBy guards: [String]) -> String {
    let direction = action.verb.direction
    let object = TerminalText.escape(action.object(glossary))
    let word = object.isEmpty ? action.verb.word : TerminalWidth.padded(action.verb.word, to: 6)
    var output = "    " + style.apply(direction.look, "\(direction.rawValue) \(word)")
    if !object.isEmpty { output += " \(object)" }
    if !guards.isEmpty {
      output += style.apply(.warning, "  [held back by \(Wording.list(guards))]")
    }
    return output + "\n"
  }

  private func cause(of action: Action) -> String {
    var words = TerminalText.escape(action.reason.words)
    if let provenance = action.provenance {
      words += ", \(TerminalText.escape(provenance.words(report.origin)))"
    }
    return "      " + style.apply(.faint, words) + "\n"
  }
}

extension Action {
  /// Whether one line can say for both why they are in the plan.
  func sharesCause(with other: Action) -> Bool {
    reason == other.reason && provenance?.commit == other.provenance?.commit
  }
}
