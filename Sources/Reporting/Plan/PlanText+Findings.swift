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
    let news = plan.guards.filter(\.isNews)
    guard !news.isEmpty else { return "" }
    var output = style.apply(.bold, "Guards") + "\n"
    for verdict in news {
      let actions = Wording.count(verdict.heldBack.count, "action")
      if verdict.isAccepted {
        output += "  \(verdict.name.rawValue): \(actions) released\n"
        output += "    \(TerminalText.escape(verdict.numbers))\n"
      } else {
        let title = "\(verdict.name.rawValue): \(actions) held back"
        output += "  \(style.apply(.error, title))\n"
        output += "    \(TerminalText.escape(verdict.numbers))\n"
        output += "    \(TerminalText.escape(verdict.wayThrough))\n"
      }
    }
    return output
  }
}
