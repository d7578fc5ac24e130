internal import Access

extension PlanText {
  /// Findings by kind, in the order of the kinds.
  var findings: String {
    let groups = Dictionary(grouping: plan.findings, by: \.kind)
    guard !groups.isEmpty else { return "" }
    var output = style.apply(.bold, "Findings, which nothing acts on") + "\n"
    for kind in PlanFinding.Kind.allCases {
      guard let findings = groups[kind] else { continue }
      let title = "\(kind.title): \(findings.count)"
      output += "  \(style.apply(kind.isRisk ? .warning : .note, title))\n"
      for finding in findings.prefix(Self.listedFindings) {
        let subject = TerminalText.escape(finding.subject(glossary))
        let detail = TerminalText.escape(finding.detail)
        output += "    \(subject)\(subject.isEmpty ? "" : ": ")\(detail)\n"
      }
      let rest = more(than: Self.listedFindings, of: findings.count)
      output += rest.isEmpty ? "" : "  " + rest
    }
    return output
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
