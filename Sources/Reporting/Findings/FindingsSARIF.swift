internal import Access

/// Findings as SARIF 2.1.0 (OASIS), which forges show beside the lines of a change.
struct FindingsSARIF {
  let report: FindingReport

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

  private var codes: [FindingCode] { Set(report.findings.map(\.code)).sorted() }

  private var driver: JSONValue {
    [
      "name": "guestlist",
      "version": .string(report.origin.version),
      "rules": .array(
        codes.map { code in
          [
            "id": .string(code.description),
            "shortDescription": ["text": .string(report.titles[code] ?? code.description)],
          ]
        }
      ),
    ]
  }

  private func result(of finding: Finding, fingerprint: String) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("ruleId", .string(finding.code.description)),
      .init("ruleIndex", .integer(codes.firstIndex(of: finding.code) ?? -1)),
      .init("level", .string(finding.severity.rawValue)),
      .init("message", ["text": .string(FindingReport.sentence(of: finding))]),
      .init("partialFingerprints", ["guestlist/v1": .string(fingerprint)]),
    ]
    if let place = finding.place {
      let region = region(of: place, length: finding.length, excerpt: finding.excerpt)
      members.append(.init("locations", [["physicalLocation": location(of: place, region)]]))
    }
    if !finding.related.isEmpty {
      let related = finding.related.enumerated().map { index, place -> JSONValue in
        let region = region(of: place, length: nil, excerpt: nil)
        return ["id": .integer(index), "physicalLocation": location(of: place, region)]
      }
      members.append(.init("relatedLocations", .array(related)))
    }
    return .object(members)
  }

  private func location(of place: SourcePlace, _ region: JSONValue) -> JSONValue {
    let address = PercentEncoding.path(report.origin.path(of: place))
    return [
      "artifactLocation": ["uri": .string(address), "uriBaseId": "SRCROOT"],
      "region": region,
    ]
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
