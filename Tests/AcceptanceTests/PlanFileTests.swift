import TestSupport
import Testing

@Suite struct PlanFileTests {
  @Test func `a plan file is applied exactly, once`() async throws {
    let place = try await Workplace.small()
    let file = place.folder.path("plan.json")
    let plan = try await place.guestlist("plan", "--out", file)
    #expect(plan.exitCode == 0, "\(plan.errors)")
    let apply = try await place.guestlist("apply", file, "--confirm")
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    #expect(try await place.counts().total.writes == 6)
    let again = try await place.guestlist("apply", file, "--confirm")
    #expect(again.exitCode == 0, "\(again.output)\(again.errors)")
    #expect(again.output.contains("This plan was applied on "), "\(again.output)")
    #expect(try await place.counts().total.writes == 6)
    #expect(try await place.outbox().count == 3)
  }

  @Test func `a plan file is never obeyed: a rewritten one is checked like any other`() async throws
  {
    let place = try await Workplace.small()
    let file = place.folder.path("plan.json")
    _ = try await place.guestlist("plan", "--out", file)
    // Anyone who rewrites the plan itself changes nothing: it is for people to look at.
    let text = try place.folder.read("plan.json")
    let parts = text.split(separator: #""schemaVersion":"#, maxSplits: 1)
    try #require(parts.count == 2)
    let plan = parts[0].replacing("oskar@fabrikam.example", with: "lena@contoso.example")
    #expect(plan != parts[0])
    try place.folder.write("plan.json", plan + #""schemaVersion":"# + parts[1])
    let apply = try await place.guestlist("apply", file, "--confirm")
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    #expect(
      try await place.outbox().sorted() == [
        "ana@fabrikam.example", "malin@fabrikam.example", "oskar@fabrikam.example",
      ]
    )
  }

  @Test func `a plan is made again with the options that it was made with`() async throws {
    let place = try await Workplace.small()
    let file = place.folder.path("plan.json")
    let plan = try await place.guestlist("plan", "--out", file, "--target", "ana@fabrikam.example")
    #expect(plan.exitCode == 0, "\(plan.errors)")
    for option in [["--target", "oskar@fabrikam.example"], ["--only", "people"]] {
      let other = try await place.guestlist(["apply", file, "--confirm"] + option)
      #expect(other.exitCode == 64, "\(other.output)\(other.errors)")
    }
    let held = try await place.guestlist("apply", file, "--confirm", "--max-invitations", "0")
    #expect(held.exitCode == 4, "\(held.output)\(held.errors)")
    #expect(try await place.outbox().isEmpty)
    let apply = try await place.guestlist("apply", file, "--confirm")
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    #expect(try await place.outbox() == ["ana@fabrikam.example"])
  }

  @Test func `a plan that waited too long is not applied`() async throws {
    let place = try await Workplace.small(
      guests: """
        guests:
          - {email: ana@fabrikam.example, expires: 2099-12-31}
          - {email: malin@fabrikam.example}

        """
    )
    let file = place.folder.path("plan.json")
    _ = try await place.guestlist("plan", "--out", file)
    try await place.emulator.send(
      "POST",
      "/_emulator/clock",
      json: #"{"now": "2100-01-02T00:00:00Z"}"#
    )
    let apply = try await place.guestlist("apply", file, "--confirm")
    #expect(apply.exitCode == 6, "\(apply.output)\(apply.errors)")
    #expect(apply.output.contains("- no longer planned: invite ana@fabrikam.example"))
    #expect(try await place.counts().total.writes == 0)
  }

  @Test func `a guard holds back a saved plan, too`() async throws {
    let place = try await Workplace.small()
    let file = place.folder.path("plan.json")
    _ = try await place.guestlist("plan", "--out", file)
    try await place.repository.git("checkout", "--quiet", "-b", "feature")
    let apply = try await place.guestlist("apply", file, "--confirm", "--ref", "feature")
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    try await place.repository.commit(
      "Suspended",
      files: [
        "desired-state/guestlist.yaml": SmallTenant.policy()
          + "suspend: {until: 2099-12-27, reason: change freeze}\n",
        "desired-state/guests.yaml": "guests:\n  - {email: ana@fabrikam.example}\n",
      ]
    )
    try await place.repository.git("branch", "--force", "main", "feature")
    _ = try await place.guestlist("plan", "--out", file)
    let held = try await place.guestlist("apply", file, "--confirm")
    #expect(held.exitCode == 4, "\(held.output)\(held.errors)")
    #expect(held.output.contains("guard `suspend`"), "\(held.output)")
  }

  @Test func `a plan that no longer fits says what changed and writes nothing`() async throws {
    let place = try await Workplace.small()
    _ = try await place.guestlist("apply", "--confirm")
    try await place.repository.commit(
      "Ana leaves",
      files: [
        "desired-state/guests.yaml": """
        guests:
          - {email: oskar@fabrikam.example, apps: ["expenses:Submitter"]}
          - {email: malin@fabrikam.example, apps: ["expenses:Submitter"]}

        """
      ]
    )
    let file = place.folder.path("plan.json")
    _ = try await place.guestlist("plan", "--out", file)
    try await place.emulator.send(
      "POST",
      "/_emulator/leave",
      json: #"{"user": "ana@fabrikam.example"}"#
    )
    let before = try await place.counts().total.writes
    let apply = try await place.guestlist("apply", file, "--confirm")
    #expect(apply.exitCode == 6, "\(apply.output)\(apply.errors)")
    #expect(
      apply.output.contains("- no longer planned: block ana@fabrikam.example"),
      "\(apply.output)"
    )
    #expect(try await place.counts().total.writes == before)
  }

  @Test func `an altered plan file is refused`() async throws {
    let place = try await Workplace.small()
    let file = place.folder.path("plan.json")
    _ = try await place.guestlist("plan", "--out", file)
    let text = try place.folder.read("plan.json")
    try place.folder.write(
      "plan.json",
      text.replacing("oskar@fabrikam.example", with: "mallory@fabrikam.example")
    )
    let apply = try await place.guestlist("apply", file, "--confirm")
    #expect(apply.exitCode == 6, "\(apply.output)\(apply.errors)")
    #expect(apply.errors.contains("altered"))
    #expect(try await place.counts().total.writes == 0)
  }

  @Test func `a plan for a commit that the branch has left is refused`() async throws {
    let place = try await Workplace.small()
    let file = place.folder.path("plan.json")
    _ = try await place.guestlist("plan", "--out", file)
    try await place.repository.commit("Nothing of note", files: ["notes.txt": "x"])
    let apply = try await place.guestlist("apply", file, "--confirm")
    #expect(apply.exitCode == 6, "\(apply.output)\(apply.errors)")
    #expect(apply.errors.contains("The plan is for commit"), "\(apply.errors)")
    #expect(try await place.counts().total.writes == 0)
  }
}
