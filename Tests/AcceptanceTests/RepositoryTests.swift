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
    #expect(plan.output.contains("eve@fabrikam.example"), "\(plan.output)")
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
    #expect(looking.output.contains("eve@fabrikam.example"))
    #expect(looking.errors.contains("`HEAD` is on `feature`; `apply` writes from `main`"))
    let file = place.folder.path("plan.json")
    let saved = try await place.guestlist("plan", "--out", file)
    #expect(!saved.output.contains("eve@fabrikam.example"), "\(saved.output)")
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
}
