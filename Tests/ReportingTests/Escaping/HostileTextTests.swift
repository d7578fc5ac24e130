import Access
import Evidence
import Testing
import TestSupport

@testable import Reporting

/// Whatever others wrote, no format holds a command to a build's log, or anything invisible.
struct HostileTextTests {
  /// What logs obey, in pieces that may come together again once somebody cuts or joins texts.
  private static let pieces = [
    "##", "#", "vso[task.complete result=Failed;]", "[error]", "[", "]", "::", ":", "::error::x",
    "\n", "\r", "\u{301}", "\u{200B}", "\u{202E}", "%0A", "a", " ", "!a##vso[x]", "\u{1B}[31m", "=",
    "<b>", "\"", ",", "|", "@octocat", "`", "佐", "&#35;#",
  ]

  static let texts: [String] = {
    var numbers = SeededRandomness(seed: 14)
    return (0..<60).map { _ in
      (0..<Int(numbers.word() % 9 + 1)).map { _ in
        pieces[Int(numbers.word() % UInt64(pieces.count))]
      }.joined()
    } + Sample.hostileTexts + ["!a##vso[task.complete]", "#", "##vso[x]", "::error::x"]
  }()

  /// The lines of a text that a build's log would take for a command.
  ///
  /// Azure Pipelines obeys `##vso[…]` and GitHub Actions `##[…]` anywhere in a line; both look with
  /// a comparison that skips marks. GitHub obeys `::…::` at the start of a line.
  static func commands(in text: String) -> [String] {
    text.split(omittingEmptySubsequences: true) { $0.isNewline }.map(String.init).filter { line in
      let scalars = line.unicodeScalars.filter {
        $0.properties.generalCategory != .nonspacingMark && !InvisibleScalars.isInvisible($0)
      }
      let visible = String(String.UnicodeScalarView(scalars))
      return visible.contains("##vso[") || visible.contains("##[")
        || visible.drop { $0 == " " }.hasPrefix("::")
    }
  }

  @Test(arguments: FindingFormat.allCases)
  func `findings`(format: FindingFormat) throws {
    for (number, text) in Self.texts.enumerated() {
      let findings = try Self.findings(text, cut: number % 12)
      let report = FindingReport(
        origin: ReportOrigin(version: "1", runner: text, folder: text),
        findings: findings
      )
      let output = report.rendered(as: format)
      let own =
        switch format {
        case .github: "::"
        case .azure: "##vso[task.logissue "
        case .text, .json, .sarif, .junit, .gitlab: "no command"
        }
      let lines = output.split(separator: "\n").map { line in
        String(line.hasPrefix(own) ? line.dropFirst(own.count) : line)
      }
      #expect(Self.commands(in: lines.joined(separator: "\n")) == [], "\(text.debugDescription)")
      #expect(Sample.invisible(in: output) == [])
      if format == .github || format == .azure { #expect(lines.count == findings.count) }
    }
  }

  private static func findings(_ text: String, cut: Int) throws -> [Finding] {
    [
      Finding(
        FindingCode(1),
        .error,
        text,
        place: Sample.place(text, 3, cut),
        excerpt: text,
        length: cut / 2,
        hint: text,
        related: [Sample.place(text, 1)]
      ),
      Finding(FindingCode(2), .warning, text),
    ]
  }

  @Test(arguments: PlanFormat.allCases)
  func `plans`(format: PlanFormat) throws {
    for text in Self.texts {
      let output = try HostilePlan.report(with: text).rendered(as: format)
      #expect(Self.commands(in: output) == [], "\(text.debugDescription)")
      #expect(Sample.invisible(in: output) == [])
    }
  }

  @Test func `drift, results, plans that no longer fit`() throws {
    for text in Self.texts {
      let hostile = try HostilePlan.report(with: text)
      let error = TenantError(
        .refused,
        operation: text,
        status: 400,
        code: text,
        message: text,
        requestID: text
      )
      let apply = ApplyReport(
        plan: hostile.plan,
        outcomes: hostile.plan.actions.map { _ in .failed(error) },
        declared: hostile.declared,
        origin: hostile.origin
      )
      let drift = DriftReport(
        plan: hostile.plan,
        declared: hostile.declared,
        origin: hostile.origin
      )
      let stale = StalePlanReport(saved: [text], now: ["x\(text)"])
      let outputs =
        ApplyFormat.allCases.map { apply.rendered(as: $0) }
        + DriftFormat.allCases.map { drift.rendered(as: $0) }
        + [stale.text()]
      for output in outputs {
        #expect(Self.commands(in: output) == [], "\(text.debugDescription)")
        #expect(Sample.invisible(in: output) == [])
      }
    }
  }

  @Test func `fields of csv, text of html and a line for a terminal`() {
    for text in Self.texts {
      for output in [CSVField.row([text, text]), HTMLText.escape(text), TerminalText.escape(text)] {
        #expect(Self.commands(in: output) == [], "\(text.debugDescription)")
        #expect(Sample.invisible(in: output.replacing("\r\n", with: "")) == [])
      }
    }
  }

  @Test func `an ordinary excerpt stays as it was written`() {
    for excerpt in [": x", "apps: [a]", "  - email: ana@fabrikam.example", "a::b"] {
      let finding = Finding(
        FindingCode(1),
        .error,
        "x",
        place: Sample.place("a.yaml", 1, 2),
        excerpt: excerpt
      )
      let text = FindingReport(origin: Sample.origin, findings: [finding]).rendered(as: .text)
      #expect(text.contains("    1 | \(excerpt)\n"))
    }
  }
}
