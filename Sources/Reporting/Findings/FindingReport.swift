package import Access

/// The findings of one run, as `validate` and every other reader of declarations reports them.
package struct FindingReport: Hashable, Sendable {
  package var origin: ReportOrigin
  /// The commit that was read; `nil` for the work tree.
  package var commit: CommitID?
  /// Ordered by place, then by code; renderers keep the order.
  package var findings: [Finding]
  /// A short name for each code, for the formats that list the rules of a tool.
  package var titles: [FindingCode: String]

  package init(
    origin: ReportOrigin,
    commit: CommitID? = nil,
    findings: [Finding],
    titles: [FindingCode: String] = [:]
  ) {
    self.origin = origin
    self.commit = commit
    self.findings = findings
    self.titles = titles
  }

  /// Returns the report in a format; colour means something to `text` alone.
  package func rendered(as format: FindingFormat, style: TerminalStyle = .plain) -> String {
    switch format {
    case .text: FindingsText(report: self, style: style).text
    case .json: FindingsJSON(report: self).document.text
    case .sarif: FindingsSARIF(report: self).document.text
    case .junit: FindingsJUnit(report: self).text
    case .github: FindingAnnotations(report: self).github
    case .gitlab: FindingAnnotations(report: self).gitlab.text
    case .azure: FindingAnnotations(report: self).azure
    }
  }

  func count(of severity: Finding.Severity) -> Int {
    findings.count { $0.severity == severity }
  }

  /// What a finding says in one line, with what to do instead.
  static func sentence(of finding: Finding) -> String {
    guard let suggestion = finding.suggestion else { return finding.message }
    return "\(finding.message): \(suggestion)"
  }

  /// For each finding a text that stays the same while lines move, different for each finding.
  var fingerprints: [String] {
    var seen: [UInt64: Int] = [:]
    return findings.map { finding in
      var hash = StableHash()
      for part in [finding.code.description, finding.place?.file ?? "", finding.message] {
        hash.combine(part)
      }
      let occurrence = seen[hash.value, default: 0]
      seen[hash.value] = occurrence + 1
      hash.combine(String(occurrence))
      return hash.hexadecimal
    }
  }
}
