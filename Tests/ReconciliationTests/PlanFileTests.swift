import Access
import Crypto
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
    world.skip("guest11")
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

  @Test func `a file keeps what a plan promises, with the options that it was made with`() throws {
    let plan = try plan()
    #expect(!plan.guards.isEmpty && !plan.upcoming.isEmpty && !plan.withheld.isEmpty)
    var options = PlanningOptions(only: [.grants], maxRemovals: 3)
    options.targets = [
      .guest(Names.address("ana")), .partner(Names.partner), .app(Names.app(1)),
      .group(Names.group(1)), .package(Names.package(1)),
    ]
    let promise = try PlanFile.decode(PlanFile.encode(plan, options: options))
    #expect(promise == PlanPromise(plan, options: options) && promise.options == options)
    #expect(promise.digest == plan.digest && promise.actions.count == plan.actions.count)
    #expect(PlanFreshness(promise, now: plan).isFresh)
  }

  @Test func `a file never answers a guard, and never plans for another moment`() throws {
    var options = PlanningOptions(at: Names.start)
    options.accepted = [.init(.removals, digest: "x")]
    options.declined = [.init(.ownership, digest: "x")]
    let promise = try PlanFile.decode(PlanFile.encode(try plan(), options: options))
    #expect(promise.options == PlanningOptions())
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

  @Test func `what is no plan of this version is refused`() throws {
    let text = text(try plan())
    #expect(
      error(Array(text.replacing("\"schemaVersion\":2", with: "\"schemaVersion\":1").utf8))?.kind
        == .schemaVersion
    )
    for (old, new) in [
      ("\"block\"", "\"blok\""), ("\"bases\":[", "\"bases\":[1,"), ("bob@", "bob"),
    ] {
      #expect(
        error(Array(text.replacing(old, with: new, maxReplacements: 1).utf8))?.kind == .malformed
      )
    }
    #expect(error(Array(text.dropLast(2).utf8))?.kind == .syntax)
    #expect(error([])?.kind == .syntax)
    #expect(error(Array("[]".utf8))?.kind == .malformed)
  }

  @Test func `a file that somebody rewrote is not the plan that is made now`() throws {
    let plan = try plan()
    let text = text(plan)
    for (old, new) in [
      ("\"block\"", "\"delete\""), (plan.digest, plan.digest.replacing("a", with: "b")),
    ] {
      let altered = try PlanFile.decode(Array(text.replacing(old, with: new).utf8))
      let freshness = PlanFreshness(altered, now: plan)
      #expect(!freshness.isFresh || !freshness.differences.isEmpty)
    }
  }
}
