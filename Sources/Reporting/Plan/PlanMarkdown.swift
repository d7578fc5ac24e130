internal import Access

/// A plan as one comment on a pull request: what matters outside, the details folded away, and
/// short enough for a forge to accept.
struct PlanMarkdown {
  let report: PlanReport
  let glossary: Glossary
  let outline: PlanOutline

  init(report: PlanReport) {
    self.report = report
    glossary = Glossary(report.declared)
    outline = PlanOutline(report.plan, glossary)
  }

  private var plan: Plan { report.plan }
  private var links: ReportLinks { report.declared.links }

  var text: String {
    let head = heading + guards
    let tail = footer
    var budget = MarkdownBudget(besides: head, tail)
    let blocks =
      heldBackBlocks + removalBlocks + skippedBlocks + partnerBlocks + upcomingBlocks
      + findingBlocks
    let body = blocks.map { budget.take($0) }.joined()
    return head + body + budget.pointer("plan") + tail
  }

  /// The first line is how a comment is found again and replaced.
  private var heading: String {
    let name = prose(report.declared.tenant.name)
    var output = "<!-- guestlist:plan:\(plan.tenant) -->\n## Guestlist: plan for \(name)\n\n"
    let counts = ChangeCounts(plan)
    if !counts.isEmpty { output += "**Plan: \(counts.intentions).**\n\n" }
    if !report.declared.isUsable {
      output += "The commit cannot be used: only blocks and passed end dates are carried out.\n\n"
    } else if plan.isPartial {
      output += "Only a part was asked for (`--target` or `--only`).\n\n"
    }
    if let sentence = report.plan.nothingToDo { output += sentence + "\n\n" }
    let removed = Set(outline.removals.flatMap(\.people)).count
    let risks = plan.findings.count { $0.kind.isWarning }
    let badges = [
      plan.heldBack.isEmpty ? nil : "\(Wording.count(plan.heldBack.count, "change")) held back",
      removed == 0 ? nil : "\(Wording.count(removed, "guest loses", "guests lose")) access",
      plan.withheld.isEmpty
        ? nil : "\(Wording.count(plan.withheld.count, "entry", "entries")) skipped",
      risks == 0 ? nil : Wording.count(risks, "warning"),
    ].compactMap { $0 }
    if !badges.isEmpty { output += "> **Attention:** \(badges.joined(separator: " · "))\n\n" }
    return output
  }

  private var guards: String {
    plan.guards.map { verdict in
      let name = verdict.name.rawValue
      if verdict.isAccepted || verdict.isDeclined {
        return
          "- \(verdict.isAccepted ? "Accepted" : "Declined"): **\(name)**, \(Wording.count(verdict.heldBack.count, "change"))\n"
      }
      let hint = verdict.hint.isEmpty ? "" : "<br>To proceed: \(sentence(verdict.hint))"
      return "- **Held back by the guard \(name)**: \(sentence(verdict.numbers))\(hint)\n"
    }.joined() + (plan.guards.isEmpty ? "" : "\n")
  }

  private var heldBackBlocks: [MarkdownBudget.Block] {
    plan.guards.compactMap { verdict in
      outline.heldBack[verdict.name].map {
        block("Held back by \(verdict.name.rawValue)", counting: $0)
      }
    }
  }

  private var removalBlocks: [MarkdownBudget.Block] {
    outline.removals.isEmpty ? [] : [block("Removals", counting: outline.removals)]
  }

  private var partnerBlocks: [MarkdownBudget.Block] {
    outline.partners.map { block(prose(glossary.title(of: $0.name)), counting: $0.groups) }
  }

  private var skippedBlocks: [MarkdownBudget.Block] {
    guard !plan.withheld.isEmpty else { return [] }
    let rows = plan.withheld.map { entry in
      [
        datum(entry.address.normalised), sentence(entry.reason),
        entry.places.prefix(5).map { place($0, at: plan.commit) }.joined(separator: "<br>"),
      ]
    }
    let title = "<b>Skipped</b> (nothing new is given): \(plan.withheld.count)"
    return [MarkdownBudget.Block(title, columns: ["Address", "Why", "Where"], rows: rows)]
  }

  private var findingBlocks: [MarkdownBudget.Block] {
    let groups = Dictionary(grouping: plan.findings, by: \.kind)
    let kinds = PlanFinding.Kind.allCases.filter { groups[$0] != nil }
    // What a reviewer must not miss has the first claim on the room.
    let warnings = kinds.filter(\.isWarning).map { kind in
      let findings = groups[kind] ?? []
      return MarkdownBudget.Block(
        "<b>\(kind.title)</b>: \(findings.count)",
        columns: ["About", "What was seen"],
        rows: findings.map { [datum($0.subject(glossary)), sentence($0.detail)] }
      )
    }
    let counts = kinds.filter { !$0.isWarning }.map { [$0.title, "\(groups[$0]?.count ?? 0)"] }
    guard !counts.isEmpty else { return warnings }
    return warnings + [
      MarkdownBudget.Block(
        "<b>For your information</b>",
        columns: ["What", "How many"],
        rows: counts
      )
    ]
  }

  private var upcomingBlocks: [MarkdownBudget.Block] {
    guard !plan.upcoming.isEmpty else { return [] }
    let rows = plan.upcoming.map { step in
      let word =
        switch step.kind {
        case .start: "access starts"
        case .end: "access ends"
        case .delete: "the account is deleted"
        }
      let day = step.kind == .end ? Wording.lastDay(before: step.moment) : Wording.day(step.moment)
      return [day, datum(step.guest.normalised), word]
    }
    return [
      MarkdownBudget.Block(
        "<b>Coming up</b>: \(plan.upcoming.count)",
        columns: ["When", "Who", "What"],
        rows: rows
      )
    ]
  }

  private var footer: String {
    var output = "---\n\n"
    for sentence in plan.basis.sentences { output += MarkdownText.sentence(sentence) + "\n\n" }
    output += "Commit \(commitLink(plan.commit))"
    output += " · digest \(datum(plan.digest))"
    if let policy = plan.policyDigest { output += " · policy \(datum(policy))" }
    output += " · \(plan.moment) · guestlist \(prose(report.origin.version))\n\n"
    output += MarkdownText.escape(MarkdownBudget.cut(plan.cost.words, to: 1000)) + "\n\n"
    return output + "Valid until the commit or the tenant changes.\n"
  }

  /// A table of groups: who, what, why.
  private func block(
    _ title: String,
    counting groups: [PlanOutline.Group]
  ) -> MarkdownBudget.Block {
    let counts = groups.reduce(into: ChangeCounts()) { $0.add($1.counts) }
    return MarkdownBudget.Block(
      "<b>\(title)</b>: \(counts.nouns)",
      columns: ["Who", "What", "Why"],
      rows: groups.flatMap(rows)
    )
  }

  /// A row for a group; one with more people than fit a cell has several.
  private func rows(of group: PlanOutline.Group) -> [[String]] {
    let what = ChangeKind.allCases.compactMap { changes($0, of: group) }.joined(separator: "<br>")
    var seen: Set<String> = []
    let reasons = group.changes.compactMap { $0.reason?.words }
      .filter { seen.insert($0).inserted }
    let why = reasons.map { sentence($0) } + group.origins.prefix(3).map(link)
    let more = group.origins.count > 3 ? ["and \(group.origins.count - 3) more"] : []
    return stride(from: 0, to: group.people.count, by: 50).map { start in
      let people = group.people[start..<min(start + 50, group.people.count)]
      var who = people.map { datum($0.normalised) }.joined(separator: "<br>")
      if group.people.count == 1, let name = people.first.flatMap({ glossary.guest($0)?.name }) {
        who += "<br>\(prose(name))"
      }
      if let until = group.until { who += "<br>\(until)" }
      return [who, what, (why + more).joined(separator: "<br>")]
    }
  }

  private func changes(_ kind: ChangeKind, of group: PlanOutline.Group) -> String? {
    let changes = group.changes.filter { $0.kind == kind }
    guard let first = changes.first else { return nil }
    let word = "`\(kind.direction.rawValue)` \(kind.word)"
    switch kind {
    case .adopt: return "`~` adopt existing account"
    case .grant, .revoke:
      let items = changes.map { change in
        let name = change.resource.map { glossary.name(of: $0) } ?? ""
        return (name, datum(name) + (change.until.map { " (\($0))" } ?? ""))
      }
      return "\(word) " + items.sorted { $0.0 < $1.0 }.map(\.1).joined(separator: ", ")
    case .invite: return "`+` " + prose(first.detail ?? kind.word)
    case .resend, .changeAddress, .changeSponsors:
      return "\(word): " + prose(changes.compactMap(\.detail).joined(separator: ", "))
    case .block: return word + (first.until.map { "; the account is deleted on \($0)" } ?? "")
    case .restore, .unblock, .delete: return word
    }
  }

  private func link(to provenance: Provenance) -> String {
    var words = commitLink(provenance.commits.change)
    if let merge = provenance.commits.merge { words += ", merged in \(commitLink(merge))" }
    if let number = provenance.pullRequest {
      let text = "&#35;&#8203;\(number)"
      let address = links.address(ofPull: number)
      words += " (" + (address.map { MarkdownText.link(text, to: $0) } ?? text) + ")"
    }
    words += " by \(prose(provenance.author)), \(Wording.day(provenance.committed))"
    return provenance.place.map { "\(words)<br>\(place($0, at: provenance.commit))" } ?? words
  }

  private func commitLink(_ commit: CommitID) -> String {
    let text = MarkdownText.code(commit.short)
    return links.address(of: commit).map { MarkdownText.link(text, to: $0) } ?? text
  }

  private func place(_ place: SourcePlace, at commit: CommitID) -> String {
    MarkdownText.place(place, at: commit, report.origin, links)
  }

  private func datum(_ text: String) -> String { MarkdownText.datum(text) }

  private func prose(_ text: String) -> String { MarkdownText.escape(MarkdownBudget.cut(text)) }

  private func sentence(_ text: String) -> String {
    MarkdownText.sentence(MarkdownBudget.cut(text))
  }
}
