import Access
import Testing

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
    world.withhold("guest11")
    world.commit()
    world.options.maxInvitations = 0
    return world.plan()
  }

  private func error(_ bytes: [UInt8]) -> PlanFileError? {
    do {
      _ = try PlanFile.decode(bytes)
      return nil
    } catch {
      return error
    }
  }

  private func text(_ plan: Plan) -> String {
    String(decoding: PlanFile.encode(plan), as: UTF8.self)
  }

  @Test func `a file keeps everything that a plan holds`() throws {
    let plan = try plan()
    #expect(!plan.guards.isEmpty && !plan.upcoming.isEmpty && !plan.withheld.isEmpty)
    #expect(try PlanFile.decode(PlanFile.encode(plan)) == plan)
  }

  @Test func `a file whose contents were altered is refused`() throws {
    let text = text(try plan())
    for (old, new) in [
      ("\"block\"", "\"delete\""), ("bob@", "bab@"), ("\"unchanged\":", "\"unchanged\":1"),
    ] {
      let altered = text.replacing(old, with: new, maxReplacements: 1)
      #expect(altered != text)
      #expect(error(Array(altered.utf8))?.kind == .altered)
    }
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
    #expect(plan.digest == digested.sha256)
  }

  @Test func `a digest that somebody took anew over altered actions is refused`() throws {
    var plan = try plan()
    plan.actions[0].guest = Names.address("bab")
    let refusal = error(PlanFile.encode(plan))
    #expect(refusal?.kind == .altered && refusal?.place == "plan.digest")
  }

  @Test func `what a reader does not know is refused`() throws {
    let text = text(try plan())
    #expect(
      error(Array(text.replacing("\"schemaVersion\":1", with: "\"schemaVersion\":2").utf8))?.kind
        == .schemaVersion
    )
    #expect(
      error(Array(text.replacing("{\"checksum\"", with: "{\"a\":1,\"checksum\"").utf8))?.kind
        == .malformed
    )
    #expect(error(Array(text.dropLast(2).utf8))?.kind == .syntax)
    #expect(error([])?.kind == .syntax)
    #expect(error(Array("[]".utf8))?.kind == .malformed)
  }

  @Test func `a file that points forwards is refused`() throws {
    var plan = try plan()
    plan.actions[0].prerequisites = [1]
    plan.digest = plan.computedDigest
    #expect(error(PlanFile.encode(plan))?.place == "plan.actions.0.prerequisites")
    var held = try self.plan()
    held.guards[0].heldBack = [999]
    #expect(error(PlanFile.encode(held))?.kind == .malformed)
  }
}
