internal import Access

/// Findings in the forms in which build servers put them beside the lines of a change.
struct FindingAnnotations {
  let report: FindingReport

  /// Workflow commands of GitHub Actions, one a line.
  var github: String {
    report.findings.map { finding in
      let name =
        switch finding.severity {
        case .error: "error"
        case .warning: "warning"
        case .note: "notice"
        }
      var properties: [(name: String, value: String)] = []
      if let place = finding.place {
        properties = [
          ("file", report.origin.path(of: place)), ("line", "\(place.line)"),
          ("col", "\(place.column)"), ("endColumn", "\(place.column + max(0, finding.length - 1))"),
        ]
      }
      properties.append(("title", finding.code.description))
      let message = report.sentence(of: finding)
      return BuildCommand(name: name, properties: properties, message: message).github
    }.joined()
  }

  /// Logging commands of Azure Pipelines, one a line.
  var azure: String {
    report.findings.map { finding in
      // The agent knows errors and warnings; a note is a warning there.
      var properties = [(name: "type", value: finding.severity == .error ? "error" : "warning")]
      if let place = finding.place {
        properties += [
          ("sourcepath", report.origin.path(of: place)), ("linenumber", "\(place.line)"),
          ("columnnumber", "\(place.column)"),
        ]
      }
      properties.append(("code", finding.code.description))
      let message = report.sentence(of: finding)
      return BuildCommand(name: "task.logissue", properties: properties, message: message).azure
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
          "description": .string(report.sentence(of: finding)),
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
}
