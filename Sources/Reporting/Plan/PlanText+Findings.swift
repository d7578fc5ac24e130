internal import Access

extension PlanText {
  /// Findings by kind, in the order of the kinds.
  var findings: String {
    guard !plan.findings.isEmpty else { return "" }
    return style.apply(.bold, "Findings, which nothing acts on") + "\n"
      + FindingList(findings: plan.findings, glossary: glossary, style: style).text
  }

  /// What guards hold back or were told to release, with the numbers and the way through.
  var guards: String {
    guard !plan.guards.isEmpty else { return "" }
    var output = style.apply(.bold, "Guards") + "\n"
    for verdict in plan.guards {
      let title = "\(verdict.name.rawValue): \(verdict.extent)"
      output += "  \(style.apply(verdict.isAccepted ? .note : .error, title))\n"
      output += "    \(TerminalText.escape(verdict.numbers))\n"
      if !verdict.isAccepted && !verdict.remedy.isEmpty {
        output += "    way through: \(TerminalText.escape(verdict.remedy))\n"
      }
    }
    return output
  }
}
