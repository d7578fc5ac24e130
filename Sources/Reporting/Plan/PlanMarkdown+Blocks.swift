internal import Access

extension PlanMarkdown {
  var partnerBlocks: [MarkdownBudget.Block] {
    let guards = report.guardsByAction
    return PlanGroups(plan).partners.map { partner in
      let title = prose(glossary.title(of: partner.name))
      return block(
        title: "<b>\(title)</b>: \(Wording.count(partner.people.count, "person", "people"))",
        columns: ["Person", "Change", "Why"],
        rows: partner.people.flatMap { rows(of: $0, guards: guards) }
      )
    }
  }

  var withheldBlocks: [MarkdownBudget.Block] {
    guard !plan.withheld.isEmpty else { return [] }
    let rows = plan.withheld.map { entry in
      [
        datum(entry.address.normalised), sentence(entry.reason),
        entry.places.prefix(5).map { place($0, at: plan.commit) }.joined(separator: "<br>"),
      ]
    }
    let title = "<b>Withheld</b>: \(Wording.count(plan.withheld.count, "address", "addresses"))"
    return [block(title: title, columns: ["Address", "Why", "Where"], rows: rows)]
  }

  var findingBlocks: [MarkdownBudget.Block] {
    let groups = Dictionary(grouping: plan.findings, by: \.kind)
    let kinds = PlanFinding.Kind.allCases.filter { groups[$0] != nil }
    // What a reviewer must not miss has the first claim on the room.
    return (kinds.filter(\.isRisk) + kinds.filter { !$0.isRisk }).map { kind in
      let findings = groups[kind] ?? []
      return block(
        title: "<b>\(kind.title)</b>: \(findings.count)",
        columns: ["About", "What was seen"],
        rows: findings.map { [datum($0.subject(glossary)), sentence($0.detail)] }
      )
    }
  }

  var upcomingBlocks: [MarkdownBudget.Block] {
    guard !plan.upcoming.isEmpty else { return [] }
    let rows = plan.upcoming.map { step in
      [step.moment.description, datum(step.guest.normalised), step.kind.words]
    }
    let title = "<b>Next, by the passing of time</b>: \(plan.upcoming.count)"
    return [block(title: title, columns: ["When", "Who", "What"], rows: rows)]
  }

  /// A row for each cause for which something changes for a person.
  private func rows(of person: PlanGroups.Person, guards: [Int: [String]]) -> [[String]] {
    var cell = datum(person.guest.normalised)
    if let name = glossary.displayName(of: person.guest) { cell += "<br>\(prose(name))" }
    var rows: [[String]] = []
    var rest = person.actions[...]
    while let first = rest.first.map({ plan.actions[$0] }) {
      let alike = rest.prefix { plan.actions[$0].sharesCause(with: first) }
      rest = rest.dropFirst(alike.count)
      rows.append([rows.isEmpty ? cell : "", changes(alike, guards: guards), why(first)])
    }
    return rows
  }

  /// Changes of one cause, a line for each kind: `+ grant a, b`.
  private func changes(_ actions: ArraySlice<Int>, guards: [Int: [String]]) -> String {
    var lines: [(verb: Action.Verb, items: [String])] = []
    for index in actions {
      let action = plan.actions[index]
      let object = action.object(glossary)
      var item =
        switch action.verb {
        case .grant, .revoke, .addSponsor, .removeSponsor: datum(object)
        case .invite, .resend, .resetRedemption, .block, .unblock, .restore, .delete: prose(object)
        }
      if let guards = guards[index] { item += " **(held back by \(Wording.list(guards)))**" }
      if lines.last?.verb == action.verb {
        lines[lines.count - 1].items.append(item)
      } else {
        lines.append((action.verb, [item]))
      }
    }
    return lines.map { verb, items in
      "`\(verb.direction.rawValue)` \(verb.word) \(items.joined(separator: ", "))"
    }.joined(separator: "<br>")
  }

  private func why(_ action: Action) -> String {
    var why = sentence(action.reason.words)
    if let provenance = action.provenance { why += "<br>\(link(to: provenance))" }
    return why
  }

  private func link(to provenance: Provenance) -> String {
    var words = commitLink(provenance.commit)
    if let number = provenance.pullRequest {
      let text = "&#35;&#8203;\(number)"
      let address = report.links.address(ofPull: number)
      words += " (" + (address.map { MarkdownText.link(text, to: $0) } ?? text) + ")"
    }
    words += " by \(prose(provenance.author))"
    if let place = provenance.place { words += "<br>" + self.place(place, at: provenance.commit) }
    return words
  }

  private func place(_ place: SourcePlace, at commit: CommitID) -> String {
    let path = report.origin.path(of: place)
    let text = datum("\(path):\(place.line)")
    let address = report.links.address(ofLine: place.line, in: path, at: commit)
    return address.map { MarkdownText.link(text, to: $0) } ?? text
  }

  private func datum(_ text: String) -> String { MarkdownText.code(MarkdownBudget.cut(text)) }

  private func prose(_ text: String) -> String { MarkdownText.escape(MarkdownBudget.cut(text)) }

  private func sentence(_ text: String) -> String {
    MarkdownText.sentence(MarkdownBudget.cut(text))
  }

  /// A table behind a line that unfolds it; the cells are Markdown already.
  private func block(
    title: String,
    columns: [String],
    rows: [[String]]
  ) -> MarkdownBudget.Block {
    var opening = "<details><summary>\(title)</summary>\n\n"
    opening += "| \(columns.joined(separator: " | ")) |\n"
    opening += "|\(String(repeating: "---|", count: columns.count))\n"
    return MarkdownBudget.Block(
      opening: opening,
      rows: rows.map { "| \($0.joined(separator: " | ")) |\n" },
      closing: "\n</details>\n\n"
    )
  }
}
