internal import Access

extension PlanMarkdown {
  var partnerBlocks: [MarkdownBudget.Block] {
    let guards = report.guardsByAction
    return PlanGroups(plan).partners.map { partner in
      let title = prose(glossary.title(of: partner.name))
      let common = commonProvenance(of: partner)
      return block(
        title: "<b>\(title)</b>: \(Wording.count(partner.people.count, "person", "people"))",
        note: common.map { "All of it goes back to \(link(to: $0))." },
        columns: ["Person", "Change", "Why"],
        rows: partner.people.flatMap { rows(of: $0, guards: guards, below: common) }
      )
    }
  }

  /// The commit that every change for a partner's people goes back to; said once, it leaves room.
  private func commonProvenance(of partner: PlanGroups.Partner) -> Provenance? {
    let actions = partner.people.lazy.flatMap(\.actions).map { plan.actions[$0] }
    guard partner.people.count > 1, let first = actions.first?.provenance,
      actions.allSatisfy({ $0.provenance?.commit == first.commit })
    else { return nil }
    return first
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
  private func rows(
    of person: PlanGroups.Person,
    guards: [Int: [String]],
    below common: Provenance?
  ) -> [[String]] {
    var cell = datum(person.guest.normalised)
    if let name = glossary.displayName(of: person.guest) { cell += "<br>\(prose(name))" }
    let isGiven = person.actions.contains { plan.actions[$0].verb.direction == .gives }
    if isGiven, let end = glossary.end(of: person.guest) { cell += "<br>\(end)" }
    let causes = PersonChanges(person, of: plan, guards: guards, glossary).causes
    return causes.enumerated().map { index, cause in
      [
        index == 0 ? cell : "", cause.lines.map(changes).joined(separator: "<br>"),
        why(cause, below: common),
      ]
    }
  }

  /// Changes of one kind: `+ grant a, b`.
  private func changes(_ line: PersonChanges.Line) -> String {
    let items = line.actions.map { index in
      let object = plan.actions[index].object(glossary)
      return switch line.verb {
      case .grant, .revoke, .addSponsor, .removeSponsor: datum(object)
      case .invite, .resend, .resetRedemption, .block, .unblock, .restore, .delete: prose(object)
      }
    }
    var output = "`\(line.verb.direction.rawValue)` \(line.verb.word) "
    output += items.joined(separator: ", ")
    guard !line.heldBackBy.isEmpty else { return output }
    return output + " **(held back by \(Wording.list(line.heldBackBy)))**"
  }

  private func why(_ cause: PersonChanges.Cause, below common: Provenance?) -> String {
    var why = sentence(cause.reason.words)
    guard let provenance = cause.provenance else { return why }
    if common == nil { why += "<br>\(link(to: provenance))" }
    for place in cause.places { why += "<br>" + self.place(place, at: provenance.commit) }
    return why
  }

  private func link(to provenance: Provenance) -> String {
    var words = commitLink(provenance.commit)
    if let number = provenance.pullRequest {
      let text = "&#35;&#8203;\(number)"
      let address = report.links.address(ofPull: number)
      words += " (" + (address.map { MarkdownText.link(text, to: $0) } ?? text) + ")"
    }
    if let inner = provenance.inner { words += " with " + commitLink(inner) }
    return words + " by \(prose(provenance.author))"
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
    note: String? = nil,
    columns: [String],
    rows: [[String]]
  ) -> MarkdownBudget.Block {
    var opening = "<details><summary>\(title)</summary>\n\n"
    if let note { opening += note + "\n\n" }
    opening += "| \(columns.joined(separator: " | ")) |\n"
    opening += "|\(String(repeating: "---|", count: columns.count))\n"
    return MarkdownBudget.Block(
      opening: opening,
      rows: rows.map { "| \($0.joined(separator: " | ")) |\n" },
      closing: "\n</details>\n\n"
    )
  }
}
