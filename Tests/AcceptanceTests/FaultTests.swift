import TestSupport
import Testing

/// A fault stops giving, never taking, and only what it concerns (DESIGN section 4).
@Suite struct FaultTests {
  private static let ana = #"email: ana@fabrikam.example, apps: ["expenses:Submitter"]"#
  private static let bob = "email: bob@fabrikam.example, groups: [suppliers]"

  private func settled(policy: String = SmallTenant.policy()) async throws -> Workplace {
    let place = try await Workplace.small(policy: policy, guests: nil)
    try await place.commit(guests: [Self.ana, Self.bob, "email: cy@fabrikam.example"])
    let run = try await place.guestlist("apply", "--confirm")
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    return place
  }

  @Test(arguments: [
    ("a role that the app does not have", #"apps: ["expenses:Submiter"]"#),
    ("an app that is not in the catalog", #"apps: ["travel:User", "expenses:Submitter"]"#),
    ("an unknown bundle", #"bundles: [all], apps: ["expenses:Submitter"]"#),
    ("an unknown key", #"shoe: 43, apps: ["expenses:Submitter"]"#),
    ("a wrong value", #"expires: soon, apps: ["expenses:Submitter"]"#),
  ])
  func `a fault keeps nobody else in, and no stolen account open`(
    _ fault: (String, String)
  ) async throws {
    let place = try await settled()
    try await place.commit(
      guests: [
        "email: ana@fabrikam.example, \(fault.1)",
        "email: cy@fabrikam.example, blocked: stolen laptop",
      ]
    )
    let run = try await place.guestlist("apply", "--confirm")
    #expect(run.exitCode == 5, "\(fault.0): \(run.output)\(run.errors)")
    #expect(try await place.guest("ana") == .init(["Submitter"]), "\(fault.0)")
    #expect(try await place.guest("bob") == .init(isEnabled: false), "\(fault.0)")
    #expect(try await place.guest("cy") == .init(isEnabled: false), "\(fault.0)")
    let plan = try await place.guestlist("plan")
    #expect(plan.exitCode == 5)
    #expect(!plan.output.contains("No changes"), "\(plan.output)")
  }

  @Test(arguments: [
    ("expires: 2026-01-31", Workplace.Guest(isEnabled: false)),
    ("blocked: stolen", Workplace.Guest(isEnabled: false, ["Submitter"])),
  ])
  func `an entry that is skipped still ends, and is still blocked`(
    _ key: String,
    _ expected: Workplace.Guest
  ) async throws {
    let place = try await settled()
    try await place.commit(guests: [Self.ana + ", shoe: 43, " + key, Self.bob])
    let run = try await place.guestlist("apply", "--confirm")
    #expect(run.exitCode == 5, "\(run.output)\(run.errors)")
    #expect(try await place.guest("ana") == expected, "\(run.output)")
  }

  @Test func `a removed guest loses what a grants section still names`() async throws {
    let place = try await settled()
    try place.repository.write(
      "desired-state/grants.yaml",
      "grants:\n  expenses: {Submitter: [ana@fabrikam.example]}\n"
    )
    try await place.commit(guests: [Self.bob])
    let run = try await place.guestlist("apply", "--confirm")
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    #expect(try await place.guest("ana") == .init(isEnabled: false), "\(run.output)")
    #expect(run.output.contains("the account is deleted on"), "\(run.output)")
  }

  @Test func `a commit that lowers its own guards is judged by the earlier ones`() async throws {
    let guards = "removals: {guests: 1, percent: 100}, protected: [cy@fabrikam.example]"
    let strict = SmallTenant.policy().replacing("guards: {", with: "guards: {\(guards), ")
    let place = try await settled(policy: strict)
    try place.repository.write("desired-state/guestlist.yaml", SmallTenant.policy())
    try await place.commit(guests: [])
    let run = try await place.guestlist("apply", "--confirm")
    #expect(run.exitCode == 4, "\(run.output)\(run.errors)")
    for part in ["guard `removals`", "guard `protected`", "Rules that were loosened"] {
      #expect(run.output.contains(part), "\(run.output)")
    }
    #expect(try await place.guests().values.allSatisfy { $0.allSatisfy(\.isEnabled) })
  }

  @Test func `a new partner and its guests come in one commit, and a revert repairs`() async throws
  {
    let place = try await settled()
    let more = SmallTenant.policy() + "  litware: {name: Litware, domains: [litware.example]}\n"
    try place.repository.write("desired-state/guestlist.yaml", more)
    let zoe = #"email: zoe@litware.example, apps: ["expenses:Submitter"]"#
    try await place.commit(guests: [Self.ana, Self.bob, "email: cy@fabrikam.example", zoe])
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    #expect(try await place.guest("zoe") == .init(["Submitter"]))
    try await place.repository.git("revert", "--no-edit", "HEAD")
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    #expect(try await place.guest("zoe") == .init(isEnabled: false))
    try await place.repository.git("revert", "--no-edit", "HEAD")
    let run = try await place.guestlist("apply", "--confirm")
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    #expect(try await place.guest("zoe") == .init(["Submitter"]))
  }
}
