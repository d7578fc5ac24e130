internal import Access

/// A plan for people: who gets and loses what and why, what stays as it is, what is held back.
struct PlanText {
  let report: PlanReport
  let style: TerminalStyle
  let glossary: Glossary

  init(report: PlanReport, style: TerminalStyle) {
    self.report = report
    self.style = style
    glossary = report.glossary
  }

  var plan: Plan { report.plan }

  var text: String {
    ([heading] + people + [upcoming, withheld, findings, guards, footer])
      .filter { !$0.isEmpty }
      .joined(separator: "\n")
  }

  private var heading: String {
    let tenant = TerminalText.escape(report.declared.tenant.name)
    var output = style.apply(.bold, "\(tenant) (\(plan.tenant))")
    output += " at commit \(plan.commit.short), \(plan.moment)\n"
    if plan.isPartial { output += "Only a part of it was asked for; the rest is left out.\n" }
    if let sentence = report.standing.nothingToDo { output += sentence + "\n" }
    return output
  }

  private var withheld: String {
    guard !plan.withheld.isEmpty else { return "" }
    let count = Wording.count(plan.withheld.count, "address", "addresses")
    var output = style.apply(.bold, "Withheld: \(count), left exactly as they are") + "\n"
    for entry in plan.withheld {
      output += "  \(TerminalText.escape(entry.address.normalised)): "
      output += TerminalText.escape(entry.reason) + "\n"
      for place in entry.places {
        output += "    at \(TerminalText.escape(report.origin.spelled(place)))\n"
      }
    }
    return output
  }

  private var upcoming: String {
    // What follows for people of this plan stands with them already.
    let acting = Set(plan.actions.map(\.guest))
    let steps = plan.upcoming.filter { $0.kind != .delete || !acting.contains($0.guest) }
    guard !steps.isEmpty else { return "" }
    var output = style.apply(.bold, "Next, by the passing of time") + "\n"
    for step in steps.prefix(FindingList.limit) {
      output += "  \(step.moment)  \(TerminalText.escape(step.guest.normalised)): "
      output += step.kind.words + "\n"
    }
    let rest = FindingList.more(than: FindingList.limit, of: steps.count)
    return rest.isEmpty ? output : output + "  \(rest)\n"
  }

  private var footer: String {
    var output = ""
    for sentence in plan.basis.sentences { output += sentence + "\n" }
    output += TerminalText.escape(plan.cost.words) + "\n"
    let heldBack = plan.heldBack.count
    if heldBack > 0 || !plan.withheld.isEmpty {
      output += "Held back: \(Wording.count(heldBack, "action")); withheld: "
      output += Wording.count(plan.withheld.count, "address", "addresses") + ".\n"
    }
    return output + style.apply(.bold, PlanSummary(plan: plan).line) + "\n"
  }
}
