import Access
import Crypto
import Testing

@testable import Worlds

@testable import Reconciliation

/// Plans as files.
struct PlanFileTests {
  private func plan() throws -> Plan {
    var world = StaircaseTests.settled()
    world.tenant.add("eve", created: nil)
    world.undeclare("ana")
    world.declare("bob", [Names.role(1), .package(Names.package(1))]) {
      $0.name = "Bob \"\\ \u{1F600}\n"
      $0.invitation.cc = Names.address("cc")
    }
    world.declare("cleo") { $0.starts = Names.start + .days(90) }
    world.skip("guest11")
    world.commit()
    world.options.maxInvitations = 0
    return world.plan()
  }

  private func error(_ bytes: [UInt8]) -> PlanFileError? {
    do {
      _ = try PlanFile.summary(of: bytes)
      return nil
    } catch {
      return error
    }
  }

  private func text(_ plan: Plan) -> String {
    let summary = PlanFile.Summary(plan, options: PlanningOptions(), lines: ["invite bob"])
    return String(decoding: PlanFile.encode(plan, summary), as: UTF8.self)
  }

  @Test func `what is read back is a summary, with the options that the plan was made with`() throws
  {
    let plan = try plan()
    #expect(!plan.guards.isEmpty && !plan.upcoming.isEmpty && !plan.withheld.isEmpty)
    var options = PlanningOptions(only: [.grants], maxRemovals: 3)
    options.targets = [
      .guest(Names.address("ana")), .partner(Names.partner), .app(Names.app(1)),
      .group(Names.group(1)), .package(Names.package(1)),
    ]
    let summary = PlanFile.Summary(plan, options: options, lines: ["invite bob"])
    #expect(try PlanFile.summary(of: PlanFile.encode(plan, summary)) == summary)
    #expect(summary.digest == plan.digest)
  }

  @Test func `the digest is that of the canonical JSON of the actions and what they rest on`()
    throws
  {
    let plan = try plan()
    #expect(plan.actions.contains { !$0.prerequisites.isEmpty } && plan.snapshots.count > 1)
    let digested = CanonicalJSON.object([
      "tenant": .string(plan.tenant.description),
      "commit": .string(plan.commit.hex),
      "actions": .array(plan.actions.map { CanonicalJSON($0, withMoments: false) }),
      "snapshots": .array(plan.snapshots.map { CanonicalJSON($0) }),
    ])
    #expect(plan.digest == SHA256.digest(digested.bytes).hex)
  }

  @Test func `what is not a plan of this version, or was altered, is refused`() throws {
    let text = text(try plan())
    #expect(
      error(Array(text.replacing("\"schemaVersion\":2", with: "\"schemaVersion\":1").utf8))?.kind
        == .schemaVersion
    )
    #expect(error(Array(text.replacing("invite bob", with: "invite bab").utf8))?.kind == .altered)
    #expect(error(Array(text.dropLast(2).utf8))?.kind == .syntax)
    #expect(error([])?.kind == .syntax)
    #expect(error(Array("[]".utf8))?.kind == .malformed)
  }
}
