import Access
import Testing
import TestSupport

@testable import Reporting

struct PlanJSONTests {
  @Test func `a plan with everything reads as recorded`() throws {
    let report = PlanReport(
      plan: try Sample.everything(),
      declared: try Sample.declared(),
      origin: Sample.origin
    )
    try expectSnapshot(report.rendered(as: .json), named: "everything.json")
  }

  @Test func `numbers, digest and every action can be read back`() throws {
    let plan = try Sample.plan()
    let report = PlanReport(plan: plan, declared: try Sample.declared(), origin: Sample.origin)
    let root = try ParsedJSON(report.rendered(as: .json))
    #expect(root["schemaVersion"]?.integer == 2)
    #expect(root["digest"]?.string == plan.digest)
    #expect(root["summary"]?["grant"]?.integer == 3)
    let actions = try #require(root["actions"]?.items)
    #expect(actions.map { $0["action"]?.string } == plan.actions.map(\.verb.rawValue))
    #expect(actions.map { $0["index"]?.integer } == Array(plan.actions.indices))
    #expect(actions[2]["after"]?.items?.first?.integer == 1)
    #expect(actions[2]["resource"]?["name"]?.string == "expenses:Submitter")
  }

  @Test func `an adoption has address, account and place`() throws {
    let root = try ParsedJSON(Scenario.adoption.report().rendered(as: .json))
    let adoption = try #require(root["adoptions"]?.items?.first)
    #expect(adoption["mail"]?.string == "ana@fabrikam.example")
    #expect(adoption["userId"]?.string == Sample.user.description)
    #expect(adoption["place"]?["file"]?.string != nil)
    #expect(root["summary"]?["adopt"]?.integer == 2)
    #expect(root["matches"] != nil)
  }

  @Test func `hostile text comes back as it was, and shows nothing invisible`() throws {
    for evil in Sample.hostileTexts {
      let text = try HostilePlan.report(with: evil).rendered(as: .json)
      #expect(Sample.invisible(in: text) == [])
      #expect(try ParsedJSON(text)["tenant"]?["displayName"]?.string == evil)
    }
  }
}
