import Access
import Testing
import TestSupport

@testable import Reporting

struct PlanMarkdownTests {
  private let links = ReportLinks(
    commit: "https://git.contoso.example/access/commit/{sha}",
    pull: "https://git.contoso.example/access/pull/{number}",
    file: "https://git.contoso.example/access/blob/{sha}/{path}#L{line}"
  )

  private func report(_ plan: Plan) throws -> PlanReport {
    var declared = try Sample.declared()
    declared.links = links
    return PlanReport(plan: plan, declared: declared, origin: Sample.origin)
  }

  @Test func `an ordinary plan reads as recorded`() throws {
    try expectSnapshot(report(Sample.plan()).rendered(as: .markdown), named: "plan.markdown")
  }

  @Test func `a plan with everything reads as recorded`() throws {
    try expectSnapshot(
      report(Sample.everything()).rendered(as: .markdown),
      named: "everything.markdown"
    )
  }

  @Test func `a comment is found again by its first line`() throws {
    let text = try report(Sample.plan()).rendered(as: .markdown)
    #expect(text.hasPrefix("<!-- guestlist:plan:5b2a9c3e-0000-4000-8000-000000000001 -->\n"))
  }

  @Test func `hostile text breaks out of no cell, no code and no fold`() throws {
    for evil in Sample.hostileTexts {
      let text = try HostilePlan.report(with: evil).rendered(as: .markdown)
      #expect(Sample.invisible(in: text) == [])
      #expect(text.ranges(of: "<!--").count == 1)
      #expect(!text.contains("<script"))
      let outsideCode = text.replacing(/<code>[^<]*<\/code>/, with: "")
      #expect(!text.contains("@octocat") && !outsideCode.contains("&#64;octocat"))
      #expect(text.ranges(of: "<details>").count == text.ranges(of: "</details>").count)
      #expect(text.ranges(of: "<code>").count == text.ranges(of: "</code>").count)
      #expect(!text.contains("(https://evil.example"))
      var columns = 0
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        guard line.hasPrefix("|") else {
          columns = 0
          continue
        }
        let cells = line.count { $0 == "|" }
        #expect(columns == 0 || cells == columns)
        columns = cells
      }
    }
  }

  @Test func `a comment fits however much there is to say`() throws {
    var plan = try Sample.plan()
    let one = try #require(plan.actions.last)
    plan.actions = try (0..<1000).map { index in
      var action = one
      action.guest = try Sample.address("guest\(index)@fabrikam.example")
      action.partner = PartnerName("partner\(index / 50)")
      action.reason = .ordered(String(repeating: "|@", count: 500))
      return action
    }
    plan.findings = try (0..<1000).map {
      PlanFinding(.conflict, guest: try Sample.address("c\($0)@x.example"), detail: "two objects")
    }
    let text = try report(plan).rendered(as: .markdown)
    #expect(text.utf8.count < 60_000)
    #expect(text.utf8.count > 55_000)
    #expect(text.contains("more lines did not fit into this comment"))
    #expect(text.ranges(of: "<details>").count == text.ranges(of: "</details>").count)
    #expect(text.hasSuffix("Valid until the commit or the tenant changes.\n"))
    #expect(text.contains("1000 to revoke"))
  }

  @Test func `ten thousand findings with hostile names fit, and break out of nothing`() throws {
    var plan = try Sample.plan()
    let evil = Sample.hostileTexts
    plan.findings = try (0..<10_000).map {
      PlanFinding(
        PlanFinding.Kind.allCases[$0 % PlanFinding.Kind.allCases.count],
        guest: try Sample.address("g|<i>\($0)@x.example"),
        detail: String(repeating: evil[$0 % evil.count], count: 1 + $0 % 40)
      )
    }
    let text = try report(plan).rendered(as: .markdown)
    #expect(text.utf8.count < 60_000)
    #expect(text.contains("more lines did not fit into this comment"))
    #expect(Sample.invisible(in: text) == [])
    #expect(!text.contains("<i>"))
    #expect(text.ranges(of: "<details>").count == text.ranges(of: "</details>").count)
    #expect(text.hasSuffix("Valid until the commit or the tenant changes.\n"))
  }

  @Test func `one monstrous name cannot use up the comment`() throws {
    var plan = try Sample.plan()
    plan.actions[0].reason = .ordered(String(repeating: "佐", count: 100_000))
    let text = try report(plan).rendered(as: .markdown)
    #expect(text.utf8.count < 10_000)
    #expect(text.contains("…"))
  }
}
