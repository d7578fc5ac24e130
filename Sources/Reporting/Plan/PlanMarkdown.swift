internal import Access

/// A plan as one comment on a pull request: what matters outside, the details folded away, and
/// short enough for a forge to take.
struct PlanMarkdown {
  let report: PlanReport
  let glossary: Glossary

  /// Bytes of UTF-8; forges refuse a comment of more than 65,536 characters.
  static let limit = 60_000

  init(report: PlanReport) {
    self.report = report
    glossary = report.glossary
  }

  var plan: Plan { report.plan }

  var text: String {
    let head = marker + heading + badges + guards
    let tail = footer
    var budget = MarkdownBudget(
      limit: Self.limit - head.utf8.count - tail.utf8.count
    )
    let blocks = withheldBlocks + partnerBlocks + findingBlocks + upcomingBlocks
    let body = blocks.map { budget.take($0) }.joined()
    return head + body + budget.pointer + tail
  }

  /// By this line a comment is found again and replaced.
  private var marker: String { "<!-- guestlist:plan:\(plan.tenant) -->\n" }

  private var heading: String {
    let name = MarkdownText.escape(MarkdownBudget.cut(report.declared.tenant.name))
    var output = "## Guestlist: plan for \(name)\n\n"
    let counts = PlanSummary(plan: plan).counts.map { verb, count in
      count > 0 ? "**\(count) \(verb.word)**" : "\(count) \(verb.word)"
    }
    output += counts.joined(separator: ", ")
    output += "; \(plan.unchanged) unchanged; \(plan.unmanaged) unmanaged\n\n"
    if plan.isPartial { output += "Only a part was asked for; the rest is left out.\n\n" }
    if let sentence = report.standing.nothingToDo { output += sentence + "\n\n" }
    return output
  }

  /// What a reviewer should see before anything else.
  private var badges: String {
    var badges: [String] = []
    let losing = Set(plan.actions.lazy.filter { $0.verb.direction == .takes }.map(\.guest)).count
    if losing > 0 { badges.append(Wording.count(losing, "guest loses", "guests lose") + " access") }
    let heldBack = plan.heldBack.count
    if heldBack > 0 { badges.append("\(Wording.count(heldBack, "action")) held back") }
    if !plan.withheld.isEmpty {
      badges.append("\(Wording.count(plan.withheld.count, "address", "addresses")) withheld")
    }
    let risks = plan.findings.count { $0.kind.isRisk }
    if risks > 0 { badges.append("\(Wording.count(risks, "finding")) of high risk") }
    return badges.isEmpty ? "" : "> **Attention:** " + badges.joined(separator: " · ") + "\n\n"
  }

  private var guards: String {
    guard !plan.guards.isEmpty else { return "" }
    var output = "### Guards\n\n"
    for verdict in plan.guards {
      let numbers = MarkdownText.escape(MarkdownBudget.cut(verdict.numbers))
      output += "- **\(verdict.name.rawValue)**: \(verdict.extent); \(numbers)\n"
      if !verdict.isAccepted && !verdict.remedy.isEmpty {
        output += "  <br>\(MarkdownText.sentence(MarkdownBudget.cut(verdict.remedy)))\n"
      }
    }
    return output + "\n"
  }

  private var footer: String {
    var output = "---\n\n"
    for sentence in plan.basis.sentences { output += MarkdownText.sentence(sentence) + "\n\n" }
    output += "Commit \(commitLink(plan.commit))"
    output += " · digest \(MarkdownText.code(MarkdownBudget.cut(plan.digest)))"
    if let policy = plan.policyDigest {
      output += " · policy \(MarkdownText.code(MarkdownBudget.cut(policy)))"
    }
    output += " · \(plan.moment) · guestlist \(MarkdownText.escape(report.origin.version))\n\n"
    output += MarkdownText.escape(MarkdownBudget.cut(plan.cost.words, to: 1000)) + "\n\n"
    return output + "Valid until the commit or the tenant changes.\n"
  }

  func commitLink(_ commit: CommitID) -> String {
    let text = MarkdownText.code(commit.short)
    return report.links.address(of: commit).map { MarkdownText.link(text, to: $0) } ?? text
  }
}
