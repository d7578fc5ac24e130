import Access
import Testing
import TestSupport

@testable import Reporting

struct FindingFormatsTests {
  private func report() throws -> FindingReport {
    FindingReport(
      origin: Sample.origin,
      commit: Sample.commit,
      findings: try Sample.findings(),
      rules: [
        FindingCode(12): .init(
          title: "Unknown name",
          explanation: "The catalog does not have it.",
          example: "guests:\n  - email: bo@fabrikam.example\n    apps: [\"expences:Submitter\"]\n"
        )
      ],
      files: ["catalog.yaml", "partners/fabrikam/fabrikam.yaml", "partners/litware.yaml"]
    )
  }

  @Test(arguments: FindingFormat.allCases)
  func `each format reads as recorded`(format: FindingFormat) throws {
    try expectSnapshot(report().rendered(as: format), named: "findings.\(format.rawValue)")
  }

  @Test func `colour adds nothing but colour`() throws {
    let coloured = try report().rendered(as: .text, style: TerminalStyle(isColoured: true))
    #expect(coloured.contains("\u{1B}[1;31merror:\u{1B}[0m"))
    #expect(try coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == report().rendered(as: .text))
  }

  @Test(arguments: FindingFormat.allCases)
  func `no findings are a report too`(format: FindingFormat) throws {
    let empty = FindingReport(origin: Sample.origin, findings: [])
    try expectSnapshot(empty.rendered(as: format), named: "no-findings.\(format.rawValue)")
  }

  @Test func `the caret is below the characters that are meant`() throws {
    let finding = Finding(
      FindingCode(2),
      .error,
      "wrong",
      place: Sample.place("a.yaml", 7, 5),
      excerpt: "佐藤: x\ty",
      length: 1
    )
    let text = FindingReport(origin: Sample.origin, findings: [finding]).rendered(as: .text)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines[1] == "    7 | 佐藤: x\\ty")
    #expect(lines[2] == "      |       ^")
  }

  @Test func `a column behind the cut end of a line puts the caret at its end`() throws {
    let finding = Finding(
      FindingCode(2),
      .error,
      "wrong",
      place: Sample.place("a.yaml", 123_456, 4000),
      excerpt: "short",
      length: 9
    )
    let text = FindingReport(origin: Sample.origin, findings: [finding]).rendered(as: .text)
    #expect(text.contains("123456 | short\n       |      ^\n"))
  }

  @Test(arguments: FindingFormat.allCases)
  func `nothing hostile gets through`(format: FindingFormat) throws {
    let report = FindingReport(origin: Sample.origin, findings: try Sample.hostileFindings())
    let text = report.rendered(as: format)
    #expect(Sample.invisible(in: text) == [])
    switch format {
    case .text, .github, .azure:
      let commands = text.split(separator: "\n").count {
        $0.drop(while: \.isWhitespace).hasPrefix("::")
      }
      #expect(commands == (format == .github ? 2 : 0))
      #expect(
        text.split(separator: "##", omittingEmptySubsequences: false).count - 1
          == (format == .azure ? 2 : 0)
      )
    case .json, .sarif, .gitlab: _ = try ParsedJSON(text)
    case .junit: #expect(XMLOutline(text) != nil)
    }
  }

  @Test func `the same fault of many entries is reported once, with the first places`() throws {
    let findings = try (1...50).map { number in
      let address = try Sample.address("g\(number)@acme.example")
      return Finding(
        FindingCode(60),
        .error,
        "`\(address)`: acme does not allow `figma:default`",
        place: Sample.place("acme.yaml", number),
        scope: .entry(address)
      )
    }
    let report = FindingReport(origin: Sample.origin, findings: findings)
    let text = report.rendered(as: .text)
    #expect(text.ranges(of: "does not allow").count == 1)
    let first = "desired-state/acme.yaml:2:5, desired-state/acme.yaml:3:5, …"
    #expect(text.contains("and 49 more like it: \(first)"))
    #expect(text.hasSuffix("\n50 errors.\n"))
    #expect(try ParsedJSON(report.rendered(as: .json))["findings"]?.items?.count == 50)
  }

  @Test func `a limit counts what it leaves out`() throws {
    var report = try report()
    report.limit = 1
    let text = report.rendered(as: .text)
    #expect(text.ranges(of: "[GL").count == 1)
    #expect(text.contains("and 3 more; `guestlist validate` lists them"))
  }

  @Test func `valid declarations end with what was seen`() throws {
    let contents = FindingReport.Contents(guests: 25, partners: 3, apps: 1)
    var report = FindingReport(origin: Sample.origin, findings: [], contents: contents)
    #expect(report.rendered(as: .text) == "Valid: 25 guests, 3 partners, 1 app\n")
    report.findings = [Finding(FindingCode(33), .warning, "bundle `z4` is unused")]
    #expect(
      report.rendered(as: .text).hasSuffix("Valid: 25 guests, 3 partners, 1 app, with 1 warning\n")
    )
    report.findings.append(Finding(FindingCode(2), .error, "wrong"))
    #expect(report.rendered(as: .text).hasSuffix("\n1 error and 1 warning.\n"))
  }

  @Test func `fingerprints tell equal findings apart and do not follow lines`() throws {
    func report(lines: [Int]) -> FindingReport {
      FindingReport(
        origin: Sample.origin,
        findings: lines.map {
          Finding(FindingCode(3), .error, "same", place: Sample.place("a.yaml", $0))
        }
      )
    }
    let prints = report(lines: [1, 2]).fingerprints
    #expect(Set(prints).count == 2)
    #expect(report(lines: [10, 20]).fingerprints == prints)
  }
}
