import TestSupport
import Testing

@Suite struct ConvergenceTests {
  @Test func `a commit becomes a converged tenant, and a second plan is empty`() async throws {
    let place = try await Workplace.small()
    let plan = try await place.guestlist("plan", "--detailed-exitcode")
    #expect(plan.exitCode == 2, "\(plan.errors)")
    #expect(plan.output.contains("Plan: 3 to invite, 3 to grant."))
    #expect(try await place.counts().total.writes == 0)

    let apply = try await place.guestlist("apply", "--confirm")
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    #expect(try await place.counts().total.writes == 6)
    #expect(
      try await place.outbox().sorted() == [
        "ana@fabrikam.example", "malin@fabrikam.example", "oskar@fabrikam.example",
      ]
    )

    let again = try await place.guestlist("plan", "--detailed-exitcode")
    #expect(again.exitCode == 0, "\(again.output)\(again.errors)")
    #expect(again.output.contains("No changes: the tenant matches"))
    let idle = try await place.guestlist("apply", "--confirm")
    #expect(idle.exitCode == 0)
    #expect(try await place.counts().total.writes == 6)
  }

  @Test func `a guest that is no longer declared is blocked and loses every grant`() async throws {
    let place = try await Workplace.small()
    _ = try await place.guestlist("apply", "--confirm")
    try await place.repository.commit(
      "Ana leaves, Oskar approves",
      files: [
        "desired-state/guests.yaml": """
        guests:
          - {email: oskar@fabrikam.example, apps: ["expenses:Approver"]}
          - {email: malin@fabrikam.example}

        """
      ]
    )
    let plan = try await place.guestlist("plan")
    #expect(plan.output.contains("Plan: 1 to grant, 3 to revoke, 1 to block."))
    let apply = try await place.guestlist("apply", "--confirm")
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    let again = try await place.guestlist("plan", "--detailed-exitcode")
    #expect(again.exitCode == 0, "\(again.output)\(again.errors)")
    #expect(try await place.outbox().count == 3)
  }

  @Test func `what was never declared is reported and not touched`() async throws {
    let place = try await Workplace.small()
    let apply = try await place.guestlist("apply", "--confirm")
    #expect(apply.output.contains("Not managed here   1 guest"), "\(apply.output)")
    let drift = try await place.guestlist("drift")
    #expect(drift.output.contains("unmanaged@elsewhere.example"), "\(drift.output)")
    struct Members: Decodable {
      struct Member: Decodable { var id: String }
      var value: [Member]
    }
    let state = String(
      decoding: try await place.emulator.send("GET", "/_emulator/state"),
      as: UTF8.self
    )
    #expect(state.contains("11111111-0000-4000-8000-000000000002"))
    let removed = try await place.guestlist("plan")
    #expect(!removed.output.contains("unmanaged@elsewhere.example"))
  }

  @Test func `nothing is written without confirmation`() async throws {
    let place = try await Workplace.small()
    let run = try await place.guestlist("apply")
    #expect(run.exitCode == 64)
    #expect(run.errors.contains("nothing was written"), "\(run.errors)")
    #expect(run.output.contains("Plan: 3 to invite, 3 to grant."), "\(run.output)")
    #expect(try await place.counts().total.writes == 0)
    #expect(throws: (any Error).self) { try place.folder.bytes("state/journal.sqlite") }
  }

  @Test func `only the configured ref is written from, whatever is checked out`() async throws {
    let place = try await Workplace.small()
    try await place.repository.git("checkout", "--quiet", "-b", "feature")
    try await place.repository.commit(
      "Somebody else's idea",
      files: [
        "desired-state/guests.yaml": SmallTenant.guests + """
            - {email: eve@fabrikam.example}

          """
      ]
    )
    let apply = try await place.guestlist("apply", "--confirm")
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    #expect(try await place.outbox().contains("eve@fabrikam.example") == false)
    let other = try await place.guestlist("apply", "--confirm", "--ref", "feature")
    #expect(other.exitCode == 4, "\(other.output)\(other.errors)")
    #expect(try await place.outbox().contains("eve@fabrikam.example") == false)
  }
}
