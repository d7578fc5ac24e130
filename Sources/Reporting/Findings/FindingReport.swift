package import Access

/// The forms in which findings are written.
package enum FindingFormat: String, Hashable, Sendable, CaseIterable {
  case text, json, sarif, junit, github, gitlab, azure
}

/// The findings of one run, as `validate` and every other reader of declarations reports them.
package struct FindingReport: Hashable, Sendable {
  package var origin: ReportOrigin
  /// The commit that was read; `nil` for the work tree.
  package var commit: CommitID?
  /// Ordered by place, then by code; renderers keep the order.
  package var findings: [Finding]
  /// What the codes mean, for the formats that list the rules of a tool.
  package var rules: [FindingCode: Rule]
  /// Every file that was read, below the folder of the declarations.
  package var files: [String]
  /// How much was declared; `nil` where faults kept that from being known.
  package var contents: Contents?
  /// How many different findings the text shows before it only counts them; `nil` for all.
  package var limit: Int?

  package init(
    origin: ReportOrigin,
    commit: CommitID? = nil,
    findings: [Finding],
    rules: [FindingCode: Rule] = [:],
    files: [String] = [],
    contents: Contents? = nil,
    limit: Int? = nil
  ) {
    self.origin = origin
    self.commit = commit
    self.findings = findings
    self.rules = rules
    self.files = files
    self.contents = contents
    self.limit = limit
  }

  /// What one code means.
  package struct Rule: Hashable, Sendable {
    /// A few words: `Unknown key`.
    package var title: String
    /// One or two sentences.
    package var explanation: String
    /// Declarations that have it.
    package var example: String

    package init(title: String, explanation: String, example: String) {
      self.title = title
      self.explanation = explanation
      self.example = example
    }
  }

  /// How much a commit declares.
  package struct Contents: Hashable, Sendable {
    package var guests: Int
    package var partners: Int
    package var apps: Int

    package init(guests: Int, partners: Int, apps: Int) {
      self.guests = guests
      self.partners = partners
      self.apps = apps
    }

    /// `25 guests, 3 partners, 2 apps`.
    var words: String {
      "\(Wording.count(guests, "guest")), \(Wording.count(partners, "partner")), "
        + Wording.count(apps, "app")
    }
  }

  /// Returns the report in a format; the style means something to `text` alone.
  package func rendered(as format: FindingFormat, style: TerminalStyle = .plain) -> String {
    switch format {
    case .text: FindingsText(report: self, style: style).text
    case .json: document.text
    case .sarif: FindingsSARIF(report: self).document.text
    case .junit: FindingsJUnit(report: self).text
    case .github: FindingAnnotations(report: self).github
    case .gitlab: FindingAnnotations(report: self).gitlab.text
    case .azure: FindingAnnotations(report: self).azure
    }
  }

  /// `3 errors and 1 warning`, or that there are none.
  package var summary: String {
    let counts = Finding.Severity.allCases.reversed().compactMap { severity -> String? in
      let count = count(of: severity)
      return count == 0 ? nil : Wording.count(count, severity.rawValue)
    }
    return counts.isEmpty ? "no findings" : Wording.list(counts)
  }

  func count(of severity: Finding.Severity) -> Int {
    findings.count { $0.severity == severity }
  }

  /// What a finding says in one line, with its hint and the other places.
  func sentence(of finding: Finding) -> String {
    let hint = finding.hint.map { ": \($0)" } ?? ""
    let related = finding.related.map { ", also at \(origin.spelled($0))" }.joined()
    return finding.message + hint + related
  }

  /// Findings that say the same, of whichever entry, together.
  var groups: [Group] {
    var positions: [Group.Key: Int] = [:]
    var groups: [Group] = []
    for finding in findings {
      let key = Group.Key(finding)
      if let position = positions[key] {
        groups[position].others.append(finding)
      } else {
        positions[key] = groups.count
        groups.append(Group(first: finding))
      }
    }
    return groups
  }

  /// One fault, and wherever else it is.
  struct Group {
    var first: Finding
    var others: [Finding] = []

    struct Key: Hashable {
      private let code: FindingCode
      private let severity: Finding.Severity
      private let message: String
      private let hint: String?

      init(_ finding: Finding) {
        code = finding.code
        severity = finding.severity
        hint = finding.hint
        // Whose entry it is makes no other fault.
        if case .entry(let address) = finding.scope {
          message = finding.message.replacing(address.normalised, with: "")
        } else {
          message = finding.message
        }
      }
    }
  }

  /// For each finding a text that stays the same while lines move, different for each finding.
  ///
  /// The hash is FNV-1a with 64 bits: it tells the items of a report apart, and does not protect.
  var fingerprints: [String] {
    var seen: [UInt64: UInt64] = [:]
    func hash(_ parts: [String]) -> UInt64 {
      parts.joined(separator: "\u{FF}").utf8.reduce(0xCBF2_9CE4_8422_2325) {
        ($0 ^ UInt64($1)) &* 0x100_0000_01B3
      }
    }
    return findings.map { finding in
      let parts = [finding.code.description, finding.place?.file ?? "", finding.message]
      let occurrence = seen[hash(parts), default: 0]
      seen[hash(parts)] = occurrence + 1
      let digits = String(hash(parts + [String(occurrence)]), radix: 16)
      return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
  }

  /// The findings as JSON.
  var document: JSONValue {
    [
      "schemaVersion": .integer(ReportOrigin.schemaVersion),
      "kind": "findings",
      "tool": ["name": "guestlist", "version": .string(origin.version)],
      "runBy": .optional(origin.runner),
      "commit": .described(commit),
      "summary": .object(
        Finding.Severity.allCases.reversed().map {
          JSONValue.Member($0.rawValue + "s", .integer(count(of: $0)))
        }
      ),
      "findings": .array(findings.map(value)),
    ]
  }

  private func value(of finding: Finding) -> JSONValue {
    let stops: JSONValue =
      switch finding.scope {
      case .repository: ["scope": "repository"]
      case .part: ["scope": "part"]
      case .entry(let address): ["scope": "entry", "address": .string(address.normalised)]
      }
    return [
      "code": .string(finding.code.description),
      "severity": .string(finding.severity.rawValue),
      "message": .string(finding.message),
      "place": finding.place.map { .place($0, origin: origin) } ?? .null,
      "length": .integer(finding.length),
      "excerpt": .optional(finding.excerpt),
      "hint": .optional(finding.hint),
      "related": .array(finding.related.map { .place($0, origin: origin) }),
      "stops": stops,
    ]
  }
}
