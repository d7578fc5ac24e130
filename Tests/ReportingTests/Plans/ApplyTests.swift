import Access
import Testing
import TestSupport

@testable import Reporting

struct ApplyTests {
  private func report() throws -> ApplyReport {
    ApplyReport(
      plan: try Sample.plan(),
      outcomes: [
        .done(.changed),
        .failed(
          TenantError(
            .refused,
            operation: "inviting the guest",
            status: 400,
            code: "Request_BadRequest",
            message: "The domain is\u{1B}[31m blocked.",
            requestID: "7f1c"
          ),
          requestID: GUID(high: 0xB000, low: 1)
        ),
        .skipped(.prerequisite(1)),
        .done(.alreadyThere),
        .failed(
          TenantError(.throttled, operation: "joining the group", message: "Too many requests"),
          requestID: nil
        ),
        .skipped(.heldBack([.removals])),
        .skipped(.interrupted),
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
      "client request id 00000000-0000-b000-0000-000000000001", "trying again does not help",
      "trying again may help", "hint:",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(!text.contains("\u{1B}"))
  }

  @Test func `the summary counts every action once`() throws {
    let report = try report()
    let counts = ApplyCounts(report)
    let total =
      counts.changed.values.reduce(0, +) + counts.alreadySo + counts.failed + counts.heldBack
      + counts.notAttempted
    #expect(total == report.plan.actions.count)
    #expect(report.rendered(as: .text).hasSuffix(report.summaryLine + "\n"))
  }

  @Test func `a run in which all went well is one line`() throws {
    var report = try report()
    report.outcomes = report.outcomes.map { _ in .done(.changed) }
    #expect(report.rendered(as: .text) == report.summaryLine + "\n")
  }
}
