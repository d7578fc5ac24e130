import Access
import TestSupport
import Testing

@testable import Reporting

@Suite struct DiffReportTests {
  @Test func `the sample has every kind of change`() throws {
    let headings = Set(try Sample.diff().sections.map(\.heading))
    #expect(headings == Set(DeclarationChange.Heading.allCases))
    #expect(try Sample.diff().sections.count == headings.count, "a heading appears twice")
  }

  @Test(arguments: DiffFormat.allCases)
  func `every kind of change reads as recorded`(_ format: DiffFormat) throws {
    try expectSnapshot(
      Sample.diff().rendered(as: format, style: TerminalStyle(isColoured: true, columns: 100)),
      named: "everything.\(format.rawValue)"
    )
  }

  @Test func `the brief report has what is risky`() throws {
    try expectSnapshot(Sample.diff().brief(), named: "brief.text")
  }

  @Test func `hostile text breaks out of no line, no cell, no code and no fold`() throws {
    for evil in Sample.hostileTexts {
      let report = try Sample.diff(evil)
      for format in DiffFormat.allCases {
        let text = report.rendered(as: format)
        #expect(Sample.invisible(in: text) == [], "\(evil.debugDescription)")
        #expect(HostileTextTests.commands(in: text) == [], "\(evil.debugDescription)")
      }
      let text = report.rendered(as: .markdown)
      #expect(text.ranges(of: "<!--").count == 1 && !text.contains("<script"))
      let outsideCode = text.replacing(/<code>[^<]*<\/code>/, with: "")
      #expect(!text.contains("@octocat") && !outsideCode.contains("&#64;octocat"))
      #expect(text.ranges(of: "<details>").count == text.ranges(of: "</details>").count)
      #expect(text.ranges(of: "<code>").count == text.ranges(of: "</code>").count)
      #expect(!text.contains("(https://evil.example"))
      for table in text.split(separator: "\n\n") where table.hasPrefix("|") {
        let columns = table.split(separator: "\n").map { $0.count { $0 == "|" } }
        #expect(Set(columns).count == 1, "\(table)")
      }
      _ = try ParsedJSON(report.rendered(as: .json))
    }
  }

  @Test func `a comment fits however much there is to say`() throws {
    var report = try Sample.diff()
    report.diff.changes = try (0..<2000).map { number in
      DeclarationChange(
        .skips(grant: nil, "\(number) " + String(repeating: "|@", count: 500)),
        guest: try Sample.address("guest\(number)@fabrikam.example"),
        place: Sample.place("partners/fabrikam.yaml", number)
      )
    }
    let text = report.rendered(as: .markdown)
    #expect(text.utf8.count < 60_000 && text.utf8.count > 50_000)
    #expect(text.contains("more lines did not fit into this comment.** The whole comparison is in"))
    #expect(text.hasPrefix("<!-- guestlist:diff:5b2a9c3e-0000-4000-8000-000000000001 -->\n"))
  }

  @Test func `many people are counted, and listed where everybody is asked for`() throws {
    var report = try Sample.diff()
    report.diff.changes = try (0..<9).map { number in
      DeclarationChange(.unblocks, guest: try Sample.address("guest\(number)@fabrikam.example"))
    }
    let wide = TerminalStyle(isColoured: false, columns: 400)
    let text = report.rendered(as: .text, style: wide)
    #expect(text.contains("guest5@fabrikam.example and 3 more"))
    report.isComplete = true
    #expect(report.rendered(as: .text, style: wide).contains("guest8@fabrikam.example"))
  }

  @Test func `nothing to say is said in every format`() throws {
    var report = try Sample.diff()
    report.diff = DeclarationDiff(changes: [])
    #expect(report.rendered(as: .text).hasSuffix("No changes: both commits declare the same.\n"))
    #expect(report.rendered(as: .markdown).contains("No changes: both commits declare the same."))
    #expect(report.rendered(as: .json).contains("\"changes\": []"))
    report.diff = DeclarationDiff(changes: [], isUsable: false)
    #expect(report.rendered(as: .text).contains("cannot be used"))
    #expect(!report.rendered(as: .markdown).contains("No changes"))
  }
}
