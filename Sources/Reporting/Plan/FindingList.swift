internal import Access

/// The findings of a plan for people, by kind.
struct FindingList {
  let findings: [PlanFinding]
  let glossary: Glossary
  let style: TerminalStyle

  /// How many of one kind are listed; the JSON form lists all.
  static let limit = 20

  var text: String {
    let groups = Dictionary(grouping: findings, by: \.kind)
    var output = ""
    for kind in PlanFinding.Kind.allCases {
      guard let findings = groups[kind] else { continue }
      let title = "\(kind.title): \(findings.count)"
      output += "  \(style.apply(kind.isRisk ? .warning : .note, title))\n"
      for finding in findings.prefix(Self.limit) {
        let subject = TerminalText.escape(finding.subject(glossary))
        let detail = TerminalText.escape(finding.detail)
        output += "    \(subject)\(subject.isEmpty ? "" : ": ")\(detail)\n"
      }
      let rest = Self.more(than: Self.limit, of: findings.count)
      output += rest.isEmpty ? "" : "    \(rest)\n"
    }
    return output
  }

  /// What tells a reader that a list was cut; empty where it was not.
  static func more(than shown: Int, of count: Int) -> String {
    count > shown ? "and \(count - shown) more; `--format json` lists them all" : ""
  }
}
