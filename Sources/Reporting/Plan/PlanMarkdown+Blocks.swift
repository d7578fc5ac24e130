internal import Access

extension PlanMarkdown {
  var partnerBlocks: [MarkdownBudget.Block] {
    let guards = report.guardsByAction
    return PlanGroups(plan).partners.map { partner in
      let title = HTMLText.escape(MarkdownBudget.cut(glossary.title(of: partner.name)))
      return block(
        title: "<b>\(title)</b>: \(Wording.count(partner.people.count, "person", "people"))",
        columns: ["", "Person", "Change", "Why"],
        rows: partner.people.flatMap { person in
          person.actions.map { row(of: plan.actions[$0], heldBackBy: guards[$0] ?? []) }
        }
      )
    }
  }

  var withheldBlocks: [MarkdownBudget.Block] {
    guard !plan.withheld.isEmpty else { return [] }
    let rows = plan.withheld.map { entry in
      [
        datum(entry.address.normalised), prose(entry.reason),
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
        rows: findings.map { [datum($0.subject(glossary)), prose($0.detail)] }
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

  private func row(of action: Action, heldBackBy guards: [String]) -> [String] {
    let direction = action.verb.direction
    var person = datum(action.guest.normalised)
    if let name = glossary.displayName(of: action.guest) { person += "<br>\(prose(name))" }
    let object = action.object(glossary)
    var change = action.verb.word + (object.isEmpty ? "" : " \(datum(object))")
    if !guards.isEmpty { change += "<br>**held back by \(Wording.list(guards))**" }
    var why = prose(action.reason.words)
    if let provenance = action.provenance { why += "<br>\(link(to: provenance))" }
    return [direction == .takes ? "➖" : direction == .gives ? "➕" : "✏️", person, change, why]
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
