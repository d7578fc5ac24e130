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
    #expect(again.exitCode == 6, "\(again.output)\(again.errors)")
    #expect(try await place.counts().total.writes == 6)
    #expect(try await place.outbox().count == 3)
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
    #expect(apply.output.contains("ana@fabrikam.example"), "\(apply.output)")
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
    #expect(try await place.counts().total.writes == 0)
  }
}
