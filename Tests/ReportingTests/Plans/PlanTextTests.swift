import Access
import Testing
import TestSupport

@testable import Reporting

struct PlanTextTests {
  private func report(_ plan: Plan) throws -> PlanReport {
    PlanReport(plan: plan, declared: try Sample.declared(), origin: Sample.origin)
  }

  @Test func `an ordinary plan reads as recorded`() throws {
    try expectSnapshot(report(Sample.plan()).rendered(as: .text), named: "plan.text")
  }

  @Test func `a plan with everything reads as recorded`() throws {
    try expectSnapshot(report(Sample.everything()).rendered(as: .text), named: "everything.text")
  }

  @Test func `an empty plan says so and costs what it cost`() throws {
    try expectSnapshot(report(Sample.basicPlan()).rendered(as: .text), named: "empty.text")
  }

  @Test func `a plan without actions says whether the tenant is as the commit declares`() throws {
    let address = try Sample.address("ana@fabrikam.example")
    var part = try Sample.basicPlan()
    part.isPartial = true
    var withheld = try Sample.basicPlan()
    withheld.withheld = [WithheldEntry(address: address, reason: "two files disagree", places: [])]
    var lost = try Sample.basicPlan()
    lost.findings = [PlanFinding(.left, guest: address, detail: "the account is gone")]
    var noted = try Sample.basicPlan()
    noted.findings = [PlanFinding(.expiring, guest: address, detail: "ends soon")]
    let met = "Nothing to do: the tenant is as the commit declares."
    let unmet = "Nothing to do now, but not all is as the commit declares: see below."
    let sentences = [
      (try Sample.basicPlan(), met), (noted, met), (withheld, unmet), (lost, unmet),
      (part, "Nothing to do: that part of the tenant is as the commit declares."),
      (try Sample.plan(), nil),
    ]
    for (plan, sentence) in sentences {
      for format in [PlanFormat.text, .markdown] {
        let lines = try report(plan).rendered(as: format).split(separator: "\n").map(String.init)
        #expect(lines.filter { $0.contains("Nothing to do") } == [sentence].compactMap { $0 })
      }
    }
  }

  @Test func `the last line is for programs`() throws {
    let report = try report(Sample.plan())
    let line =
      "Plan: 1 invite, 3 grant, 2 revoke, 1 block, 0 delete; 12 unchanged; 41 unmanaged; "
      + "digest 3f9a5c; commit 1a2b3c4d5e6f; 14 requests"
    #expect(report.summaryLine == line)
    #expect(report.rendered(as: .text).hasSuffix("\n\(line)\n"))
  }

  @Test func `further kinds are counted where they occur`() throws {
    var plan = try Sample.basicPlan()
    plan.actions = [
      Action(guest: try Sample.address("a@b.example"), operation: .restore, reason: .declaredAgain)
    ]
    #expect(
      try report(plan).summaryLine.hasPrefix(
        "Plan: 0 invite, 0 grant, 0 revoke, 0 block, 0 delete, 1 restore; 12 unchanged; "
      )
    )
  }

  @Test func `what is held back is told after the whole plan, with the exact way through`() throws {
    var plan = try Sample.plan()
    plan.guards = [
      GuardVerdict(
        .removals,
        heldBack: [0, 6],
        count: 1,
        numbers: "1 guest would lose something; the limit is 0",
        remedy: "`--accept removals:beef` releases exactly these",
        digest: "beef"
      )
    ]
    let text = try report(plan).rendered(as: .text)
    let people = try #require(text.firstRange(of: "ana@fabrikam.example"))
    let guards = try #require(text.firstRange(of: "--accept removals:beef"))
    #expect(people.lowerBound < guards.lowerBound)
    #expect(text.contains("the limit is 0"))
    #expect(text.contains("- block  sign-in, and end all sessions  [held back by removals]"))
  }

  @Test func `what waits for something that is held back is held back too`() throws {
    var plan = try Sample.plan()
    plan.guards = [GuardVerdict(.invitations, heldBack: [1], numbers: "too many", remedy: "wait")]
    let report = try report(plan)
    #expect(Set(report.guardsByAction.keys) == plan.heldBack)
    #expect(
      report.rendered(as: .text).contains("+ grant  expenses:Submitter  [held back by invitations]")
    )
  }

  @Test func `a guard that holds nothing back is told too, and a released one needs no way`() throws
  {
    var plan = try Sample.basicPlan()
    plan.guards = [
      GuardVerdict(.tenant, heldBack: [], numbers: "another tenant", remedy: "sign in there"),
      GuardVerdict(
        .removals,
        heldBack: [0],
        numbers: "too many",
        remedy: "`--accept`",
        digest: "beef",
        isAccepted: true
      ),
    ]
    let text = try report(plan).rendered(as: .text)
    #expect(text.contains("tenant: tripped, with nothing to hold back"))
    #expect(text.contains("way through: sign in there"))
    #expect(text.contains("removals: 1 action released"))
    #expect(!text.contains("--accept"))
  }

  @Test func `somebody who left stands with the partner that the plan names`() throws {
    var plan = try Sample.basicPlan()
    plan.actions = try ["old@fabrikam.example", "x@elsewhere.example"].map {
      Action(guest: try Sample.address($0), operation: .block, reason: .undeclared)
    }
    plan.actions[0].partner = PartnerName("fabrikam")
    let text = try report(plan).rendered(as: .text)
    #expect(text.contains("Fabrikam AB (fabrikam): 1 person\n  old@fabrikam.example"))
    #expect(text.contains("no declared partner: 1 person\n  x@elsewhere.example"))
  }

  @Test func `a long list of findings is cut and says so`() throws {
    var plan = try Sample.basicPlan()
    plan.findings = try (0..<25).map {
      PlanFinding(.unmanagedGuest, guest: try Sample.address("g\($0)@x.example"), detail: "seen")
    }
    let text = try report(plan).rendered(as: .text)
    #expect(text.contains("Guests that nobody declared: 25"))
    #expect(text.contains("and 5 more"))
    #expect(!text.contains("g20@x.example"))
  }

  @Test func `nothing that a guest or an author wrote reaches the terminal`() throws {
    for evil in Sample.hostileTexts {
      let text = try HostilePlan.report(with: evil).rendered(as: .text)
      #expect(Sample.invisible(in: text) == [])
      #expect(!text.contains("##"))
      #expect(
        !text.split(separator: "\n").contains { $0.drop(while: \.isWhitespace).hasPrefix("::") }
      )
    }
  }

  @Test func `colour adds nothing but colour`() throws {
    let report = try report(Sample.everything())
    let coloured = report.rendered(as: .text, style: TerminalStyle(isColoured: true))
    #expect(coloured != report.rendered(as: .text))
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == report.rendered(as: .text))
  }
}
