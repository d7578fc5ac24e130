import Access
import Evidence
import TestSupport
import Testing

@testable import Reporting

@Suite struct ExplainReportTests {
  /// A guest about whom everything is known but the journal; text that people wrote is the text
  /// given.
  private func guest(_ text: String = "audit of the first quarter") throws -> ExplainReport {
    var declared = try Sample.declared()
    let fabrikam = PartnerName("fabrikam")
    declared.guests[0].name = text
    declared.guests[0].reason = text
    declared.guests[0].blocked = text
    declared.guests[0].starts = Sample.moment("2026-12-01T00:00:00Z")
    declared.guests[0].grants[0].origin = .partner(fabrikam, bundle: text)
    declared.guests[0].skippedGrants = [
      SkippedGrant(
        resource: nil,
        spelled: text,
        origin: .guest,
        reason: "app `\(text)` is not in the catalog",
        place: Sample.place("f.yaml", 9)
      )
    ]
    declared.partners[fabrikam]?.title = text
    let record = AccessRecord(
      history: DeclarationHistory(),
      journal: nil,
      events: [],
      now: Sample.now
    )
    let ana = try Sample.address("ana@fabrikam.example")
    var explanation = GuestExplanation(ana, declared, record, events: [], hasJournal: false)
    var plan = try Sample.everything(author: text)
    for index in plan.findings.indices { plan.findings[index].detail = text }
    explanation.tenant = TenantView(
      of: ana,
      plan,
      TenantState(
        tenant: Sample.tenant,
        accounts: [
          Account(
            id: Sample.identifier(UserID.self, number: 3),
            addresses: [ana],
            redemption: .pendingAcceptance
          )
        ]
      ),
      []
    )
    var report = try report(declared)
    report.rules = ["partner `\(text)` limits a stay to 90 days"]
    report.permissions = [Sample.reader: "partner `\(text)` sets no `allows`"]
    report.subject = .guest(explanation)
    return report
  }

  private func report(_ declared: DesiredState) throws -> ExplainReport {
    ExplainReport(
      commit: try #require(Sample.commit),
      declared: declared,
      origin: Sample.origin,
      now: Sample.now
    )
  }

  private func app() throws -> ExplainReport {
    var declared = try Sample.declared()
    declared.catalog.apps["wiki"]?.exclusiveFrom = Sample.now
    let record = AccessRecord(
      history: DeclarationHistory(),
      journal: nil,
      events: [],
      now: Sample.now
    )
    var report = try report(declared)
    report.rules = ["bundle `supplier` gives `wiki:Reader`"]
    report.subject = .resource(
      ResourceExplanation(.app(Sample.wiki), declared, record, events: []),
      name: "app wiki",
      place: declared.catalog.apps["wiki"]?.place
    )
    return report
  }

  @Test(arguments: ExplainFormat.allCases)
  func `a guest and an app read as recorded`(_ format: ExplainFormat) throws {
    try expectSnapshot(guest().rendered(as: format), named: "guest.\(format.rawValue)")
    try expectSnapshot(app().rendered(as: format), named: "app.\(format.rawValue)")
  }

  @Test func `hostile text commands nothing and hides nothing`() throws {
    for evil in Sample.hostileTexts {
      for format in ExplainFormat.allCases {
        let text = try guest(evil).rendered(as: format)
        #expect(Sample.invisible(in: text) == [], "\(evil.debugDescription)")
        #expect(HostileTextTests.commands(in: text) == [], "\(evil.debugDescription)")
        if format == .json { _ = try ParsedJSON(text) }
      }
    }
  }
}
