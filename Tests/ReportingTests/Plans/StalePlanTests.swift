import Access
import Reconciliation
import Testing
import TestSupport

@testable import Reporting

struct StalePlanTests {
  private func report() throws -> StalePlanReport {
    let plan = try Sample.plan()
    var now = plan
    now.actions.removeFirst()
    now.actions[2].account = nil
    now.digest = "other"
    return StalePlanReport(
      saved: PlanPromise(plan),
      plan: now,
      declared: try Sample.declared(),
      origin: Sample.origin
    )
  }

  @Test func `every difference is told, action by action`() throws {
    let report = try report()
    let count = PlanFreshness(report.saved, now: report.plan).differences.count
    #expect(count >= 1)
    let document = try ParsedJSON(report.rendered(as: .json))
    #expect(document["differences"]?.items?.count == count)
    let lines = report.rendered(as: .text).split(separator: "\n")
    #expect(lines.count == count + 2)
    #expect(lines.contains { $0.hasSuffix("would not be done any more") })
  }
}
