internal import Access

/// Findings as SARIF 2.1.0 (OASIS), which forges show beside the lines of a change.
struct FindingsSARIF {
  let report: FindingReport
  private let codes: [FindingCode]
  private let positions: [FindingCode: Int]

  init(report: FindingReport) {
    self.report = report
    codes = Set(report.findings.map(\.code)).sorted()
    positions = Dictionary(
      uniqueKeysWithValues: codes.enumerated().map { ($0.element, $0.offset) }
    )
  }

  var document: JSONValue {
    [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        [
          "tool": ["driver": driver],
          "automationDetails": ["id": "guestlist/validate/"],
          "columnKind": "unicodeCodePoints",
          "originalUriBaseIds": [
            "SRCROOT": ["description": ["text": "The top of the repository."]]
          ],
          "results": .array(zip(report.findings, report.fingerprints).map(result)),
        ]
      ],
    ]
  }

  private var driver: JSONValue {
    [
      "name": "guestlist",
      "version": .string(report.origin.version),
      "rules": .array(
        codes.map { code -> JSONValue in
          let rule = report.rules[code]
          return [
            "id": .string(code.description),
            "shortDescription": ["text": .string(rule?.title ?? code.description)],
            "fullDescription": ["text": .string(rule?.explanation ?? code.description)],
            "help": help(of: code),
          ]
        }
      ),
    ]
  }

  /// What a forge shows beside a result.
  private func help(of code: FindingCode) -> JSONValue {
    let words = "`guestlist help \(code)` explains this finding."
    guard let rule = report.rules[code] else { return ["text": .string(words)] }
    return [
      "text": .string("\(rule.explanation) \(words)"),
      "markdown": .string("\(rule.explanation)\n\n```yaml\n\(rule.example)```\n\n\(words)\n"),
    ]
  }

  private func result(of finding: Finding, fingerprint: String) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("ruleId", .string(finding.code.description)),
      .init("ruleIndex", .integer(positions[finding.code] ?? -1)),
      .init("level", .string(finding.severity.rawValue)),
      .init(
        "message",
        ["text": .string(finding.hint.map { "\(finding.message): \($0)" } ?? finding.message)]
      ),
      .init("partialFingerprints", ["guestlist/v1": .string(fingerprint)]),
      .init("locations", [["physicalLocation": location(of: finding)]]),
    ]
    if !finding.related.isEmpty {
      let related = finding.related.enumerated().map { index, place -> JSONValue in
        [
          "id": .integer(index),
          "physicalLocation": [
            "artifactLocation": artifact(report.origin.path(of: place)),
            "region": region(of: place, length: nil, excerpt: nil),
          ],
        ]
      }
      members.append(.init("relatedLocations", .array(related)))
    }
    return .object(members)
  }

  /// Forges drop a result without a location, so one without a place leads to the folder.
  private func location(of finding: Finding) -> JSONValue {
    guard let place = finding.place else {
      return ["artifactLocation": artifact(report.origin.folder)]
    }
    return [
      "artifactLocation": artifact(report.origin.path(of: place)),
      "region": region(of: place, length: finding.length, excerpt: finding.excerpt),
    ]
  }

  private func artifact(_ path: String) -> JSONValue {
    ["uri": .string(PercentEncoding.path(path)), "uriBaseId": "SRCROOT"]
  }

  private func region(of place: SourcePlace, length: Int?, excerpt: String?) -> JSONValue {
    let column = max(1, place.column)
    var members: [JSONValue.Member] = [
      .init("startLine", .integer(max(1, place.line))),
      .init("startColumn", .integer(column)),
    ]
    if let length { members.append(.init("endColumn", .integer(column + max(1, length)))) }
    if let excerpt { members.append(.init("snippet", ["text": .string(excerpt)])) }
    return .object(members)
  }
}
