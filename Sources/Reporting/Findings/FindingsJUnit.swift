internal import Access

/// Findings as JUnit's XML, which every build server shows: a suite for each file, a failed case
/// for each error, a passed case with a note for everything milder, and a passed case for a file of
/// which there is nothing to say.
struct FindingsJUnit {
  let report: FindingReport

  var text: String {
    let suites = suites
    return XMLElement(
      "testsuites",
      [
        ("name", "guestlist"), ("tests", "\(suites.reduce(0) { $0 + $1.cases.count })"),
        ("failures", "\(report.count(of: .error))"), ("errors", "0"),
      ],
      suites.map { suite in
        XMLElement(
          "testsuite",
          [
            ("name", suite.name), ("tests", "\(suite.cases.count)"),
            ("failures", "\(suite.failures)"), ("errors", "0"), ("skipped", "0"),
          ],
          suite.cases
        )
      }
    ).document
  }

  private struct Suite {
    let name: String
    let failures: Int
    let cases: [XMLElement]
  }

  /// A suite for each file, those with findings first, in the order in which they appear.
  private var suites: [Suite] {
    var order: [String] = []
    var groups: [String: [Finding]] = [:]
    for finding in report.findings {
      let file = finding.place.map { report.origin.path(of: $0) } ?? report.origin.folder
      if groups[file] == nil { order.append(file) }
      groups[file, default: []].append(finding)
    }
    let clean = report.files.map { report.origin.path(ofFile: $0) }.filter { groups[$0] == nil }
    let names = order + clean
    return (names.isEmpty ? [report.origin.folder] : names).map { name in
      let findings = groups[name] ?? []
      return Suite(
        name: name,
        failures: findings.count { $0.severity == .error },
        cases: findings.isEmpty
          ? [XMLElement("testcase", [("name", "valid"), ("classname", "guestlist")])]
          : findings.map(testCase)
      )
    }
  }

  private func testCase(for finding: Finding) -> XMLElement {
    let place = finding.place.map { "\($0.line):\($0.column)" }
    let name = [finding.code.description, place].compactMap { $0 }.joined(separator: " at ")
    let spelled = finding.place.map { report.origin.spelled($0) + ": " } ?? ""
    let details = spelled + report.sentence(of: finding)
    let result =
      switch finding.severity {
      case .error:
        XMLElement(
          "failure",
          [("type", finding.code.description), ("message", finding.message)],
          text: details
        )
      case .warning, .note:
        XMLElement("system-out", text: "\(finding.severity.rawValue): \(details)")
      }
    return XMLElement("testcase", [("name", name), ("classname", "guestlist")], [result])
  }
}
