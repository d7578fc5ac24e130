internal import Access

/// Findings in the forms in which build servers put them beside the lines of a change.
struct FindingAnnotations {
  let report: FindingReport

  /// Workflow commands of GitHub Actions, one a line.
  var github: String {
    report.findings.map { finding in
      let command =
        switch finding.severity {
        case .error: "error"
        case .warning: "warning"
        case .note: "notice"
        }
      var properties: [String] = []
      if let place = finding.place {
        properties.append("file=\(GitHubCommandText.property(report.origin.path(of: place)))")
        properties.append("line=\(place.line)")
        properties.append("col=\(place.column)")
        properties.append("endColumn=\(place.column + max(0, finding.length - 1))")
      }
      properties.append("title=\(finding.code)")
      let message = GitHubCommandText.message(details(of: finding))
      return "::\(command) \(properties.joined(separator: ","))::\(message)\n"
    }.joined()
  }

  /// Logging commands of Azure Pipelines, one a line.
  var azure: String {
    report.findings.map { finding in
      // The agent knows errors and warnings; a note is a warning there.
      var properties = ["type=\(finding.severity == .error ? "error" : "warning")"]
      if let place = finding.place {
        properties.append("sourcepath=\(AzureCommandText.property(report.origin.path(of: place)))")
        properties.append("linenumber=\(place.line)")
        properties.append("columnnumber=\(place.column)")
      }
      properties.append("code=\(finding.code)")
      let message = AzureCommandText.message(details(of: finding))
      return "##vso[task.logissue \(properties.joined(separator: ";"))]\(message)\n"
    }.joined()
  }

  /// GitLab's code quality report.
  var gitlab: JSONValue {
    .array(
      zip(report.findings, report.fingerprints).map { finding, fingerprint in
        let severity =
          switch finding.severity {
          case .error: "major"
          case .warning: "minor"
          case .note: "info"
          }
        // The format demands a file and a line.
        let file = finding.place.map { report.origin.path(of: $0) }
        return [
          "description": .string(details(of: finding)),
          "check_name": .string(finding.code.description),
          "fingerprint": .string(fingerprint),
          "severity": .string(severity),
          "location": [
            "path": .string(file ?? report.origin.path(ofFile: "guestlist.yaml")),
            "lines": ["begin": .integer(max(1, finding.place?.line ?? 1))],
          ],
        ]
      }
    )
  }

  private func details(of finding: Finding) -> String {
    let related = finding.related.map { ", also at \(report.origin.spelled($0))" }.joined()
    return FindingReport.sentence(of: finding) + related
  }
}
