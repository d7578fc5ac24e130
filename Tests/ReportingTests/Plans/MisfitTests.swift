import Access
@testable import Reconciliation
import Testing
import TestSupport

@testable import Reporting

struct MisfitTests {
  private func report() throws -> MisfitReport {
    var plan = try Sample.plan()
    plan.actions[4].account = Sample.user
    func change(
      _ subject: Snapshot.Subject,
      _ fact: String,
      _ before: String,
      _ after: String
    ) -> PlanFit.Change {
      PlanFit.Change(subject: subject, fact: fact, before: before, after: after)
    }
    return MisfitReport(
      plan: plan,
      changes: [
        change(.address(try Sample.address("ana@fabrikam.example")), "lead", "nothing", "x\u{1B}"),
        change(.account(Sample.user), "enabled", "yes", "no"),
        change(.account(Sample.user), "ties", "", "owned objects"),
        change(.grant(Sample.user, Sample.submitter), "held", "no", "a7"),
        change(.resource(Sample.reader), "target", "sp1 r1", "gone"),
      ],
      declared: try Sample.declared(),
      origin: Sample.origin
    )
  }

  @Test(arguments: MisfitFormat.allCases)
  func `a misfit reads as recorded`(format: MisfitFormat) throws {
    try expectSnapshot(
      report().rendered(as: format),
      named: "misfit.\(format.rawValue)"
    )
  }

  @Test func `every change is told, object by object`() throws {
    let report = try report()
    let objects = try #require(ParsedJSON(report.rendered(as: .json))["objects"]?.items)
    #expect(objects.count == 4)
    #expect(objects.compactMap { $0["changes"]?.items?.count } == [1, 2, 1, 1])
    #expect(!report.rendered(as: .text).contains("\u{1B}"))
  }
}
