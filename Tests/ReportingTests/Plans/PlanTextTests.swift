import Access
import Testing
import TestSupport

@testable import Reporting

struct PlanTextTests {
  private func report(_ plan: Plan) throws -> PlanReport {
    PlanReport(plan: plan, declared: try Sample.declared(), origin: Sample.origin)
  }

  @Test(arguments: Scenario.allCases, [80, 120])
  func `plans read as recorded, in colour and without`(scenario: Scenario, columns: Int) throws {
    let report = try scenario.report()
    let plain = report.rendered(as: .text, style: .init(isColoured: false, columns: columns))
    let coloured = report.rendered(as: .text, style: .init(isColoured: true, columns: columns))
    try expectSnapshot(plain, named: "\(scenario.rawValue).\(columns).text")
    try expectSnapshot(
      coloured.replacing("\u{1B}", with: "␛"),
      named: "\(scenario.rawValue).\(columns).colour.text"
    )
  }

  @Test(arguments: Scenario.allCases, [80, 120])
  func `nothing is wider than the terminal, and colour is only colour`(
    scenario: Scenario,
    columns: Int
  ) throws {
    var report = try scenario.report()
    for isComplete in [false, true] {
      report.isComplete = isComplete
      let plain = report.rendered(as: .text, style: .init(isColoured: false, columns: columns))
      for line in plain.split(separator: "\n") { #expect(TerminalWidth.of(line) <= columns) }
      let coloured = report.rendered(as: .text, style: .init(isColoured: true, columns: columns))
      #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    }
  }

  @Test func `a plan with everything reads as recorded, and is no wider either`() throws {
    let text = try report(Sample.everything()).rendered(as: .text)
    try expectSnapshot(text, named: "everything.text")
    for line in text.split(separator: "\n") { #expect(TerminalWidth.of(line) <= 80) }
  }

  @Test func `a hostile plan is no wider than the terminal`() throws {
    for evil in HostileTextTests.texts {
      let text = try HostilePlan.report(with: evil).rendered(as: .text)
      for line in text.split(separator: "\n") { #expect(TerminalWidth.of(line) <= 80) }
    }
  }

  @Test func `a change of seven writes fits a screen`() throws {
    let text = try Scenario.smallChange.report().rendered(as: .text)
    #expect(text.count { $0 == "\n" } <= 25)
  }

  @Test func `what is held back and what is removed come before what is given`() throws {
    let report = try Scenario.heldBack.report()
    let text = report.rendered(as: .text)
    let guardLine = try #require(
      text.firstRange(of: "Held back by the guard `removals`: 30 guests")
    )
    let given = try #require(text.firstRange(of: "noor"))
    #expect(guardLine.lowerBound < given.lowerBound)
    #expect(text.contains("To proceed: `--accept removals:0123456789abcdef`"))
    #expect(!text.contains("Removals"), "what is held back is not listed twice")
    let brief = report.brief()
    #expect(brief.contains("--accept removals:0123456789abcdef"))
    #expect(!brief.contains("noor"))
  }

  @Test func `what waits for something that is held back is held back too`() throws {
    var plan = try Sample.plan()
    plan.guards = [GuardVerdict(.invitations, heldBack: [1], numbers: "too many", hint: "wait")]
    let outline = PlanOutline(plan, Glossary(try Sample.declared()))
    #expect(Set(plan.guardsByAction.keys) == plan.heldBack)
    #expect(outline.heldBack[.invitations]?.flatMap(\.changes).map(\.kind) == [.invite, .grant])
  }

  @Test func `an accepted guard is named, and one with nothing to hold back`() throws {
    var plan = try Sample.basicPlan()
    plan.guards = [
      GuardVerdict(.tenant, heldBack: [], numbers: "another tenant", hint: "sign in there"),
      GuardVerdict(
        .removals,
        heldBack: [0],
        numbers: "too many",
        hint: "`--accept`",
        digest: "beef",
        isAccepted: true
      ),
    ]
    let text = try report(plan).rendered(as: .text)
    #expect(
      text.contains("Held back by the guard `tenant`: another tenant\n  nothing to hold back")
    )
    #expect(text.contains("To proceed: sign in there"))
    #expect(text.contains("Accepted: removals, 1 change"))
    #expect(!text.contains("--accept"))
    #expect(!text.contains("No changes"))
  }

  @Test func `every change of a plan is in exactly one group`() throws {
    for scenario in Scenario.allCases {
      let report = try scenario.report()
      let outline = PlanOutline(report.plan, Glossary(report.declared))
      let groups =
        outline.heldBack.values.flatMap { $0 } + outline.removals
        + outline.partners.flatMap(\.groups)
      let changes = groups.reduce(0) { $0 + $1.changes.count * $1.people.count }
      #expect(changes == report.plan.actions.count + report.plan.adoptions.count)
    }
  }

  @Test func `long lists fold, and --all unfolds them`() throws {
    var report = try Scenario.tenPartners.report()
    let folded = report.rendered(as: .text)
    #expect(folded.contains("more partners: ") && folded.contains("(--all)"))
    #expect(folded.count { $0 == "\n" } <= 60)
    report.isComplete = true
    let whole = report.rendered(as: .text)
    #expect(!whole.contains("--all"))
    #expect(whole.contains("Partner9 Facility Services"))
  }

  @Test func `a plan without changes says whether the tenant matches`() throws {
    let address = try Sample.address("ana@fabrikam.example")
    var part = try Sample.basicPlan()
    part.isPartial = true
    var skipped = try Sample.basicPlan()
    skipped.withheld = [WithheldEntry(address: address, reason: "two files disagree", places: [])]
    var held = try Sample.basicPlan()
    held.guards = [GuardVerdict(.clock, heldBack: [], numbers: "an hour")]
    var noted = try Sample.basicPlan()
    noted.findings = [PlanFinding(.expiring, guest: address, detail: "ends soon")]
    let met = "No changes: the tenant matches 1a2b3c4."
    let unmet = "Nothing to write now, but the tenant does not match 1a2b3c4 (see above)."
    var sentences = [
      (try Sample.basicPlan(), met), (noted, met), (skipped, unmet), (held, unmet),
      (part, "No changes: this part of the tenant matches 1a2b3c4."), (try Sample.plan(), nil),
    ]
    for kind in [PlanFinding.Kind.left, .conflict, .externalMember, .drifted] {
      var plan = try Sample.basicPlan()
      plan.findings = [PlanFinding(kind, guest: address, detail: "seen")]
      sentences.append((plan, unmet))
    }
    for (plan, sentence) in sentences {
      for format in [PlanFormat.text, .markdown] {
        let lines = try report(plan).rendered(as: format).split(separator: "\n").map(String.init)
        let said = lines.filter { $0.hasPrefix("No changes") || $0.hasPrefix("Nothing to") }
        #expect(said == [sentence].compactMap { $0 })
      }
    }
  }

  @Test func `an end is printed as the day that was written`() {
    #expect(Wording.lastDay(before: Sample.moment("2027-04-01T00:00:00Z")) == "31 Mar 2027")
    #expect(
      Wording.lastDay(before: Sample.moment("2027-04-01T12:30:00Z")) == "1 Apr 2027, 12:30 UTC"
    )
  }

  @Test func `a plan being applied does not say that nothing was written`() throws {
    var report = try Scenario.smallChange.report()
    #expect(report.rendered(as: .text).contains("guestlist plan --out plan.json"))
    report.next = .apply(file: "monday.json")
    #expect(report.rendered(as: .text).contains("guestlist apply monday.json --confirm"))
    report.next = .nothing
    #expect(!report.rendered(as: .text).contains("Nothing was written"))
  }

  @Test func `the text of ten thousand people is a page`() throws {
    let one = try Scenario.firstPlan.report()
    var plan = one.plan
    plan.actions = try (0..<40_000).map { index in
      var action = one.plan.actions[index % 4]
      action.guest = try Sample.address("guest\(index / 4)@fabrikam.example")
      action.prerequisites = []
      return action
    }
    let text = try report(plan).rendered(as: .text)
    #expect(text.count { $0 == "\n" } <= 60)
  }
}
