import Access
import Testing
import TestSupport

@testable import Reporting

struct ApplyTests {
  private func report() throws -> ApplyReport {
    ApplyReport(
      plan: try Sample.plan(),
      outcomes: [
        .done,
        .failed(
          TenantError(
            .refused,
            operation: "inviting the guest",
            status: 400,
            code: "Request_BadRequest",
            message: "The domain is\u{1B}[31m blocked.",
            requestID: "7f1c"
          )
        ),
        .skipped(because: .prerequisite(1)),
        .alreadyDone,
        .failed(
          TenantError(.throttled, operation: "joining the group", message: "Too many requests")
        ),
        .skipped(because: .heldBack([.removals])),
        .interrupted,
      ],
      declared: try Sample.declared(),
      origin: Sample.origin
    )
  }

  @Test(arguments: ApplyFormat.allCases)
  func `a result reads as recorded`(format: ApplyFormat) throws {
    try expectSnapshot(report().rendered(as: format), named: "apply.\(format.rawValue)")
  }

  @Test func `each failure says what was attempted, in whose words, and what to do`() throws {
    let text = try report().rendered(as: .text)
    for part in [
      "ana@fabrikam.example: invite", "400 Request_BadRequest", "request id 7f1c",
      "change the declaration", "run again later", "hint:",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(!text.contains("\u{1B}"))
  }

  @Test func `every reason for not starting has words and a name`() throws {
    var report = try report()
    let skips: [ActionOutcome] = [
      .skipped(because: .prerequisite(0)),
      .skipped(because: .prerequisite(99)), .skipped(because: .noAccount),
      .skipped(because: .mailUnresolved(until: Sample.now)),
      .skipped(because: .mailedAlready(at: Sample.now)), .skipped(because: .malformed),
    ]
    report.outcomes = skips
    let text = report.rendered(as: .text)
    #expect(text.ranges(of: "Not started: ").count == 6)
    try expectSnapshot(text, named: "skips.text")
    let items = try #require(ParsedJSON(report.rendered(as: .json))["actions"]?.items)
    #expect(!items.contains { $0["outcome"]?["kind"]?.string == nil })
  }

  @Test func `the same failure of many actions is reported once`() throws {
    var report = try report()
    report.outcomes = report.outcomes.enumerated().map { index, _ in
      .failed(
        TenantError(.refused, operation: "o", message: "blocked", requestID: "r\(index)")
      )
    }
    let text = report.rendered(as: .text)
    #expect(text.ranges(of: "blocked").count == 1)
    #expect(text.contains("and 4 more"))
    #expect(text.contains("Applied: nothing; 7 failed."))
  }

  @Test func `the summary counts every action once`() throws {
    let report = try report()
    let counts = report.counts
    let changed = ChangeKind.allCases.reduce(0) { $0 + counts.changed[$1] }
    let others = counts.alreadyDone + counts.failed + counts.heldBack + counts.notStarted
    #expect(changed + others == report.plan.actions.count)
    #expect(report.rendered(as: .text).hasSuffix(report.summary + "\n"))
  }

  @Test func `a run in which all went well is one line`() throws {
    var report = try report()
    report.outcomes = report.outcomes.map { _ in .done }
    #expect(report.rendered(as: .text) == report.summary + "\n")
  }
}
