internal import Access

/// A comparison of two commits as one comment on a pull request: counts and risks outside, the
/// details folded away, and short enough for a forge to accept.
struct DiffMarkdown {
  let report: DiffReport
  private let sections: [DiffReport.Section]

  init(report: DiffReport) {
    self.report = report
    sections = report.sections
  }

  private var links: ReportLinks { report.declared?.links ?? ReportLinks() }

  var text: String {
    let head = heading
    let tail = footer
    var budget = MarkdownBudget(besides: head, tail)
    let blocks = errorBlocks + sections.compactMap(block) + reviewerBlocks
    let body = blocks.map { budget.take($0) }.joined()
    return head + body + budget.pointer("comparison") + tail
  }

  /// The first line is how a comment is found again and replaced.
  private var heading: String {
    let tenant = report.tenant.map { ":\($0.id)" } ?? ""
    var output = "<!-- guestlist:diff\(tenant) -->\n## Guestlist: what this change means"
    output += report.tenant.map { " for \(prose($0.name))" } ?? ""
    output += "\n\n"
    if let reservation = report.reservation { output += "**\(reservation)**\n\n" }
    if sections.isEmpty {
      if report.diff.isUsable { output += "No changes: both commits declare the same.\n\n" }
      return output
    }
    output += "**Changes: \(report.counts(sections)).**\n\n"
    let risks = sections.filter { $0.heading.isHighRisk || $0.isHeldBack }
    if !risks.isEmpty {
      let badges = risks.map { $0.heading.counted($0.count) }
      output += "> **Attention:** \(badges.joined(separator: " · "))\n\n"
    }
    return output
  }

  private var errorBlocks: [MarkdownBudget.Block] {
    guard !report.diff.errors.isEmpty else { return [] }
    return [
      MarkdownBudget.Block(
        "<b>Errors</b>: \(report.diff.errors.count)",
        columns: ["What is wrong", "Where"],
        rows: report.diff.errors.map { error in
          [sentence(error.message), error.place.map { place($0, at: report.head) } ?? ""]
        }
      )
    ]
  }

  private func block(_ section: DiffReport.Section) -> MarkdownBudget.Block? {
    guard let glossary = report.glossary else { return nil }
    let hasPeople = section.groups.contains { !$0.people.isEmpty }
    let rows = section.groups.flatMap { group -> [[String]] in
      let what = sentence(group.first.effect.words(glossary))
      let whereabouts =
        group.first.place.map { place($0, at: group.first.isGone ? report.base : report.head) }
        ?? ""
      guard hasPeople else { return [[what, whereabouts]] }
      // More people than fit a cell take several rows.
      return stride(from: 0, to: group.changes.count, by: 50).map { start in
        let people = group.changes[start..<min(start + 50, group.changes.count)]
        let who = people.compactMap { $0.guest.map { MarkdownText.datum($0.normalised) } }
        return [who.joined(separator: "<br>"), what, whereabouts]
      }
    }
    return MarkdownBudget.Block(
      "<b>\(section.heading.title)</b>: \(section.count)",
      columns: hasPeople ? ["Who", "What", "Where"] : ["What", "Where"],
      rows: rows
    )
  }

  private var reviewerBlocks: [MarkdownBudget.Block] {
    guard let reviewers = report.diff.reviewers, !reviewers.isEmpty else { return [] }
    let rows = reviewers.map { area in
      [
        sentence(area.subject.words(report.origin)),
        area.owners.isEmpty
          ? "no owner is named"
          : area.owners.map { MarkdownText.datum($0) }.joined(separator: " "),
      ]
    }
    return [
      MarkdownBudget.Block("<b>Reviewers</b>", columns: ["What", "Whose"], rows: rows)
    ]
  }

  private var footer: String {
    "---\n\nCommits \(commitLink(report.base)) to \(commitLink(report.head)) · guestlist "
      + "\(prose(report.origin.version))\n\nFrom the repository alone; `guestlist plan` compares "
      + "with the tenant.\n"
  }

  private func commitLink(_ commit: CommitID) -> String {
    let text = MarkdownText.code(commit.short)
    return links.address(of: commit).map { MarkdownText.link(text, to: $0) } ?? text
  }

  private func place(_ place: SourcePlace, at commit: CommitID) -> String {
    MarkdownText.place(place, at: commit, report.origin, links)
  }

  private func prose(_ text: String) -> String { MarkdownText.escape(MarkdownBudget.cut(text)) }

  private func sentence(_ text: String) -> String {
    MarkdownText.sentence(MarkdownBudget.cut(text, to: 2000))
  }
}
