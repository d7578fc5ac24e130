internal import Access

/// Findings as a JSON document of our own shape.
struct FindingsJSON {
  let report: FindingReport

  var document: JSONValue {
    [
      "schemaVersion": .integer(ReportOrigin.schemaVersion),
      "kind": "findings",
      "tool": ["name": "guestlist", "version": .string(report.origin.version)],
      "runBy": .optional(report.origin.runner),
      "commit": .described(report.commit),
      "summary": .object(
        Finding.Severity.allCases.reversed().map {
          JSONValue.Member($0.rawValue + "s", .integer(report.count(of: $0)))
        }
      ),
      "findings": .array(report.findings.map(value)),
    ]
  }

  private func value(of finding: Finding) -> JSONValue {
    [
      "code": .string(finding.code.description),
      "severity": .string(finding.severity.rawValue),
      "message": .string(finding.message),
      "place": finding.place.map { value(of: $0) } ?? .null,
      "length": .integer(finding.length),
      "excerpt": .optional(finding.excerpt),
      "suggestion": .optional(finding.suggestion),
      "related": .array(finding.related.map { value(of: $0) }),
      "stops": stops(finding.scope),
    ]
  }

  /// Whom the finding stops, where it is an error.
  private func stops(_ scope: Finding.Scope) -> JSONValue {
    switch scope {
    case .repository: ["scope": "repository"]
    case .part: ["scope": "part"]
    case .entry(let address): ["scope": "entry", "address": .string(address.normalised)]
    }
  }

  private func value(of place: SourcePlace) -> JSONValue {
    .place(place, origin: report.origin)
  }
}
