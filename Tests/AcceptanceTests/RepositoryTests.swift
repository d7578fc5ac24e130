import TestSupport
import Testing

/// Which commit counts, and what is said of the rest of the repository.
@Suite struct RepositoryTests {
  private static let twoGuests = """
    guests:
      - {email: ana@fabrikam.example, name: Ana Horvat, apps: ["expenses:Submitter"], groups: [suppliers]}
      - {email: eve@fabrikam.example}

    """

  @Test func `plan and apply say what is not in the commit that counts`() async throws {
    let place = try await Workplace.small()
    let clean = try await place.guestlist("plan")
    #expect(!clean.errors.contains("note: "), "\(clean.errors)")
    // What is pushed counts: the local branch is ahead of it.
    let first = try await place.repository.git("rev-parse", "HEAD")
    try await place.repository.git("update-ref", "refs/remotes/origin/main", first)
    try await place.repository.commit(
      "Only here",
      files: ["desired-state/guests.yaml": Self.twoGuests]
    )
    try place.folder.write("access/desired-state/more.yaml", "guests: []\n")
    let plan = try await place.guestlist("plan")
    #expect(
      plan.errors.contains(
        "note: `main` is 1 commit ahead of `origin/main`, which is what counts; 1 file is not committed"
      ),
      "\(plan.errors)"
    )
    let apply = try await place.guestlist("apply", "--confirm")
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    #expect(apply.errors.contains("note: this is `origin/main` at \(first.prefix(7))"))
    #expect(try await place.outbox().contains("eve@fabrikam.example") == false)
  }

  @Test func `a plan of the work tree shows uncommitted files and cannot be saved`() async throws {
    let place = try await Workplace.small()
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    try place.folder.write("access/desired-state/guests.yaml", Self.twoGuests)
    let committed = try await place.guestlist("plan", "--detailed-exitcode")
    #expect(committed.exitCode == 0, "\(committed.output)\(committed.errors)")
    let plan = try await place.guestlist("plan", "--worktree", "--detailed-exitcode")
    #expect(plan.exitCode == 2, "\(plan.output)\(plan.errors)")
    #expect(plan.output.contains("@fabrikam.example"), "\(plan.output)")
    #expect(plan.output.contains("  + eve"), "\(plan.output)")
    #expect(plan.output.contains("block"), "\(plan.output)")
    #expect(plan.output.contains("malin@fabrikam.example"), "\(plan.output)")
    let file = place.folder.path("plan.json")
    for option in [["--worktree"], ["--at", "2030-01-01"]] {
      let saved = try await place.guestlist(["plan", "--out", file] + option)
      #expect(saved.exitCode == 64, "\(saved.output)\(saved.errors)")
    }
  }

  @Test func `a saved plan is one of the configured ref`() async throws {
    let place = try await Workplace.small()
    try await place.repository.git("checkout", "--quiet", "-b", "feature")
    try await place.repository.commit(
      "Somebody else's idea",
      files: ["desired-state/guests.yaml": Self.twoGuests]
    )
    let looking = try await place.guestlist("plan")
    #expect(looking.exitCode == 0, "\(looking.output)\(looking.errors)")
    #expect(looking.output.contains("eve"), "\(looking.output)")
    #expect(looking.errors.contains("`HEAD` is on `feature`; `apply` writes from `main`"))
    let file = place.folder.path("plan.json")
    let saved = try await place.guestlist("plan", "--out", file)
    #expect(!saved.output.contains("eve"), "\(saved.output)")
    let apply = try await place.guestlist("apply", file, "--confirm")
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
  }

  @Test func `a rehearsal has a journal of its own, or none`() async throws {
    let place = try await Workplace.small()
    let run = try await place.guestlist(
      ["plan"],
      changing: ["GUESTLIST_JOURNAL": ""]
    )
    #expect(run.exitCode == 64, "\(run.errors)")
    #expect(run.errors.contains("with an endpoint, the journal has no default place"))
  }

  @Test func `another ref for a tenant that the journal knows is held back`() async throws {
    let place = try await Workplace.small()
    // The day of the commits: what was declared long ago would be asked about, too.
    try await place.emulator.send(
      "POST",
      "/_emulator/clock",
      json: #"{"now": "2026-01-01T06:00:00Z"}"#
    )
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    let writes = try await place.counts().total.writes
    try await place.repository.git("checkout", "--quiet", "-b", "trunk")
    try await place.repository.commit(
      "From trunk",
      files: [
        "desired-state/guestlist.yaml": SmallTenant.policy().replacing(
          "ref: main",
          with: "ref: trunk"
        ),
        "desired-state/guests.yaml": Self.twoGuests,
      ]
    )
    let plan = try await place.guestlist("plan")
    #expect(plan.exitCode == 0, "\(plan.output)\(plan.errors)")
    let apply = try await place.guestlist("apply", "--confirm")
    #expect(apply.exitCode == 4, "\(apply.output)\(apply.errors)")
    #expect(apply.output.contains("the journal knows this tenant from `main`"), "\(apply.output)")
    #expect(try await place.counts().total.writes == writes)
  }

  @Test func `an ancestor that a merge brought in holds nothing back`() async throws {
    let place = try await Workplace.small()
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    // What `git pull` makes of a local commit: the applied commit becomes the second parent.
    try await place.repository.git("checkout", "--quiet", "--orphan", "mine")
    try await place.repository.commit("Mine", files: ["notes.txt": "x"])
    try await place.repository.git("merge", "--quiet", "--allow-unrelated-histories", "main")
    try await place.repository.git("branch", "--force", "main", "mine")
    try await place.repository.git("checkout", "--quiet", "main")
    let apply = try await place.guestlist("apply", "--confirm")
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
  }

  @Test func `history credits the author of a change, not who merged it`() async throws {
    let place = try await Workplace.small(guests: nil)
    try await place.repository.git("checkout", "--quiet", "-b", "change")
    try await place.repository.commit(
      "Ana",
      files: ["desired-state/guests.yaml": "guests:\n  - {email: ana@fabrikam.example}\n"]
    )
    try await place.repository.git(
      "commit",
      "--quiet",
      "--amend",
      "--no-edit",
      "--author",
      "Petra <petra@contoso.example>"
    )
    try await place.repository.git("checkout", "--quiet", "main")
    try await place.repository.git("merge", "--quiet", "--no-ff", "--message", "Merge", "change")
    let text = try await place.guestlist("history", "ana@fabrikam.example")
    #expect(text.output.contains("by Petra"), "\(text.output)\(text.errors)")
    let json = try await place.guestlist("history", "ana@fabrikam.example", "--format", "json")
    #expect(json.output.contains("\"author\": \"Petra\""), "\(json.output)")
  }
}
