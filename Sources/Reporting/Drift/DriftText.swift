internal import Access

/// Drift for people.
struct DriftText {
  let report: DriftReport
  let style: TerminalStyle

  var text: String {
    let glossary = Glossary(report.declared)
    let tenant = TerminalText.escape(report.declared.tenant.name)
    var output = style.apply(.bold, "\(tenant) (\(report.plan.tenant))")
    output += " against commit \(report.plan.commit.short), \(report.plan.moment)\n"
    if !report.hasDifferences {
      output += "The tenant is as the commit declares.\n"
    } else if report.isStopped, let sentence = report.standing.nothingToDo {
      output += sentence + "\n"
    }
    for direction in DriftReport.Direction.allCases {
      output += paragraph(direction, report.actions(direction), glossary)
    }
    output += findings(glossary)
    output += TerminalText.escape(report.plan.cost.words) + "\n"
    return output + style.apply(.bold, report.summaryLine) + "\n"
  }

  private func paragraph(
    _ direction: DriftReport.Direction,
    _ actions: [Action],
    _ glossary: Glossary
  ) -> String {
    guard !actions.isEmpty else { return "" }
    var output = style.apply(.bold, "\(direction.title): \(actions.count)") + "\n"
    for action in actions {
      let object = action.object(glossary)
      let what = object.isEmpty ? action.verb.word : "\(action.verb.word) \(object)"
      let symbol = style.apply(action.verb.direction.look, action.verb.direction.rawValue)
      output += "  \(symbol) \(TerminalText.escape(action.guest.normalised)): "
      output += TerminalText.escape(what) + "\n"
      var cause = action.reason.words
      if let provenance = action.provenance { cause += ", \(provenance.words(report.origin))" }
      output += "      " + style.apply(.faint, TerminalText.escape(cause)) + "\n"
    }
    return output
  }

  private func findings(_ glossary: Glossary) -> String {
    var output = ""
    if !report.plan.findings.isEmpty {
      output += style.apply(.bold, "Findings, which nothing acts on") + "\n"
      output += FindingList(findings: report.plan.findings, glossary: glossary, style: style).text
    }
    for entry in report.plan.withheld {
      output += "withheld \(TerminalText.escape(entry.address.normalised)): "
      output += TerminalText.escape(entry.reason) + "\n"
    }
    return output
  }
}

extension DriftReport.Direction {
  /// The heading of the direction.
  fileprivate var title: String {
    switch self {
    case .missing: "Declared, and not so in the tenant"
    case .surplus: "In the tenant, and no longer declared"
    case .different: "In both, and not the same"
    }
  }
}
