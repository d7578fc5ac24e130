internal import Access

/// Findings as JUnit's XML, which every build server shows: a suite for each file, a failed case
/// for each error, a passed case with a note for everything milder.
struct FindingsJUnit {
  let report: FindingReport

  var text: String {
    let suites = grouped
    let tests = max(1, report.findings.count)
    var output = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    output += "<testsuites name=\"guestlist\" tests=\"\(tests)\""
    output += " failures=\"\(report.count(of: .error))\" errors=\"0\">\n"
    if suites.isEmpty {
      output += open(suite: report.origin.folder, tests: 1, failures: 0)
      output += "    <testcase name=\"declarations\" classname=\"guestlist\"/>\n  </testsuite>\n"
    }
    for (file, findings) in suites {
      let failures = findings.count { $0.severity == .error }
      output += open(suite: file, tests: findings.count, failures: failures)
      for finding in findings { output += testCase(for: finding) }
      output += "  </testsuite>\n"
    }
    return output + "</testsuites>\n"
  }

  /// Findings by file, in the order in which the files first appear.
  private var grouped: [(String, [Finding])] {
    var order: [String] = []
    var groups: [String: [Finding]] = [:]
    for finding in report.findings {
      let file = finding.place.map { report.origin.path(of: $0) } ?? report.origin.folder
      if groups[file] == nil { order.append(file) }
      groups[file, default: []].append(finding)
    }
    return order.map { ($0, groups[$0] ?? []) }
  }

  private func open(suite name: String, tests: Int, failures: Int) -> String {
    "  <testsuite name=\"\(XMLText.escape(name))\" tests=\"\(tests)\""
      + " failures=\"\(failures)\" errors=\"0\" skipped=\"0\">\n"
  }

  private func testCase(for finding: Finding) -> String {
    let place = finding.place.map { "\($0.line):\($0.column)" }
    let name = [finding.code.description, place].compactMap { $0 }.joined(separator: " at ")
    let head = "    <testcase name=\"\(XMLText.escape(name))\" classname=\"guestlist\">\n"
    let message = XMLText.escape(finding.message)
    let body = XMLText.escape(details(of: finding))
    let inner =
      switch finding.severity {
      case .error:
        "      <failure type=\"\(finding.code)\" message=\"\(message)\">\(body)</failure>\n"
      case .warning, .note:
        "      <system-out>\(finding.severity.rawValue): \(body)</system-out>\n"
      }
    return head + inner + "    </testcase>\n"
  }

  private func details(of finding: Finding) -> String {
    let place = finding.place.map { report.origin.spelled($0) + ": " } ?? ""
    let related = finding.related.map { ", also at \(report.origin.spelled($0))" }.joined()
    return place + FindingReport.sentence(of: finding) + related
  }
}
