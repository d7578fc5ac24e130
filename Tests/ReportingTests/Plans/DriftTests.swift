import Access
import Testing
import TestSupport

@testable import Reporting

struct DriftTests {
  private func report(_ plan: Plan) throws -> DriftReport {
    DriftReport(plan: plan, declared: try Sample.declared(), origin: Sample.origin)
  }

  @Test(arguments: DriftFormat.allCases)
  func `drift reads as recorded`(format: DriftFormat) throws {
    try expectSnapshot(
      report(Sample.plan()).rendered(as: format),
      named: "drift.\(format.rawValue)"
    )
  }

  @Test func `every difference has exactly one direction`() throws {
    let report = try report(Sample.everything())
    let counts = DriftReport.Direction.allCases.map { report.actions($0).count }
    #expect(counts.reduce(0, +) == report.plan.actions.count)
    #expect(!counts.contains(0))
    let root = try ParsedJSON(report.rendered(as: .json))
    #expect(root["differences"]?.items?.count == report.plan.actions.count)
    #expect(root["findings"]?.items?.count == report.plan.findings.count)
  }

  @Test func `what was never declared is listed and is not a difference`() throws {
    var plan = try Sample.basicPlan()
    plan.findings = [PlanFinding(.unmanagedGuest, detail: "seen")]
    #expect(try !report(plan).hasDifferences)
    #expect(try report(plan).rendered(as: .text).contains("Guests that are not declared"))
    plan.findings.append(PlanFinding(.left, detail: "gone"))
    #expect(try report(plan).hasDifferences)
  }

  @Test func `the last line counts only what is not zero`() throws {
    #expect(try report(Sample.plan()).summary == "Drift: 4 missing, 3 surplus.")
    #expect(try report(Sample.basicPlan()).summary == "No drift: the tenant matches 1a2b3c4.")
  }

  @Test func `nothing hostile reaches the terminal`() throws {
    for evil in Sample.hostileTexts {
      let hostile = try HostilePlan.report(with: evil)
      let report = DriftReport(
        plan: hostile.plan,
        declared: hostile.declared,
        origin: hostile.origin
      )
      #expect(Sample.invisible(in: report.rendered(as: .text)) == [])
      _ = try ParsedJSON(report.rendered(as: .json))
    }
  }
}
