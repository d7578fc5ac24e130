import TestSupport
import Testing

/// A pull request cannot loosen the rule that it breaks, whoever merges it.
@Suite struct PolicyOfStepsTests {
  private static func policy(allows: String) -> String {
    SmallTenant.policy().replacing(
      "domains: [fabrikam.example]}",
      with: "domains: [fabrikam.example], allows: {groups: \(allows)}}"
    )
  }

  private static func guests(_ ana: String) -> String {
    """
    guests:
      - {email: ana@fabrikam.example, \(ana)}
      - {email: malin@fabrikam.example, groups: [suppliers]}

    """
  }

  @Test func `what a commit allows itself is withheld until a later one asks again`() async throws {
    let place = try await Workplace.small(
      policy: Self.policy(allows: "[suppliers]"),
      guests: Self.guests("groups: [suppliers]")
    )
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    let writes = try await place.counts().total.writes
    let loosened = SmallTenant.policy()
    let both = "groups: [suppliers], apps: [\"expenses:Approver\"]"
    try await place.repository.commit(
      "Ana approves, and may",
      files: [
        "desired-state/guestlist.yaml": loosened, "desired-state/guests.yaml": Self.guests(both),
      ]
    )
    let plan = try await place.guestlist("plan")
    #expect(plan.exitCode == 5, "\(plan.output)\(plan.errors)")
    #expect(plan.output.contains("Skipped (nothing new is given)"), "\(plan.output)")
    #expect(!plan.errors.contains("[GL060]"), "\(plan.errors)")
    #expect(plan.output.contains("`fabrikam` is allowed more since"), "\(plan.output)")
    let apply = try await place.guestlist("apply", "--confirm")
    #expect(apply.exitCode == 5, "\(apply.output)\(apply.errors)")
    #expect(try await place.counts().total.writes == writes)

    try await place.repository.commit(
      "Ana approves",
      files: ["desired-state/guests.yaml": Self.guests("\(both), ticket: CHG-7")]
    )
    let again = try await place.guestlist("apply", "--confirm")
    #expect(again.exitCode == 0, "\(again.output)\(again.errors)")
    #expect(try await place.counts().total.writes == writes + 1)
  }

  @Test func `a rule that is tightened later takes nothing away, and says so`() async throws {
    let place = try await Workplace.small(
      policy: Self.policy(allows: "[suppliers]"),
      guests: Self.guests("groups: [suppliers]")
    )
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    let writes = try await place.counts().total.writes
    try await place.repository.commit(
      "Fabrikam gets no groups any longer",
      files: ["desired-state/guestlist.yaml": Self.policy(allows: "[]")]
    )
    let apply = try await place.guestlist("apply", "--confirm")
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    #expect(apply.errors.contains("1 warning; `guestlist validate` lists"), "\(apply.errors)")
    #expect(try await place.counts().total.writes == writes)
  }
}
