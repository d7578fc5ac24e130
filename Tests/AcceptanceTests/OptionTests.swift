import Platform
import TestSupport
import Testing

/// Options and exit codes that are a promise to scripts.
@Suite struct OptionTests {
  @Test func `an acceptance that matches nothing is an error`() async throws {
    let place = try await Workplace.small()
    for command in [["plan"], ["apply", "--confirm"]] {
      let run = try await place.guestlist(command + ["--accept", "removals:0123456789abcdef"])
      #expect(run.exitCode == 1, "\(run.output)\(run.errors)")
      #expect(run.errors.contains("`--accept removals:0123456789abcdef` matches nothing"))
    }
    #expect(try await place.counts().total.writes == 0)
  }

  @Test func `an acceptance releases exactly what it was printed for`() async throws {
    let place = try await Workplace.small()
    let held = try await place.guestlist("plan", "--max-invitations", "2")
    #expect(held.exitCode == 4, "\(held.output)\(held.errors)")
    let answer = try #require(held.output.firstMatch(of: /--accept (invitations:[0-9a-f]+)/)).1
    let apply = try await place.guestlist(
      ["apply", "--confirm", "--max-invitations", "2", "--accept", String(answer)]
        + ["--reason", "CHG-1042"]
    )
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    #expect(try await place.outbox().count == 3)
  }

  @Test(arguments: [true, false])
  func `without a journal somebody says whose a guest is, once`(isOurs: Bool) async throws {
    let place = try await Workplace.small()
    // Between the two commits: an account that was made after its entry went is not asked about.
    try await place.emulator.send(
      "POST",
      "/_emulator/clock",
      json: #"{"now": "2026-01-01T00:30:00Z"}"#
    )
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    try await place.repository.commit(
      "Oskar leaves",
      files: [
        "desired-state/guests.yaml": SmallTenant.guests.replacing(
          "  - {email: oskar@fabrikam.example, apps: [\"expenses:Submitter\"]}\n",
          with: ""
        )
      ]
    )
    try await place.emulator.send("POST", "/_emulator/clock", json: #"{"advance": 7200}"#)
    let anew = ["GUESTLIST_JOURNAL": place.folder.path("state/anew.sqlite")]
    let held = try await place.guestlist(["apply", "--confirm"], changing: anew)
    #expect(held.exitCode == 4, "\(held.output)\(held.errors)")
    let asked = try #require(held.output.firstMatch(of: /--accept (ownership:[0-9a-f]+)/)).1
    let answer = [isOurs ? "--accept" : "--decline", String(asked)]
    if !isOurs {
      let silent = try await place.guestlist(["apply", "--confirm"] + answer, changing: anew)
      #expect(silent.exitCode == 64, "\(silent.errors)")
    }
    let told = try await place.guestlist(
      ["apply", "--confirm", "--reason", "CHG-7"] + answer,
      changing: anew
    )
    #expect(told.exitCode == 0, "\(told.output)\(told.errors)")
    let next = try await place.guestlist(["apply", "--confirm"], changing: anew)
    #expect(next.exitCode == 0, "\(next.output)\(next.errors)")
    let state = String(
      decoding: try await place.emulator.send("GET", "/_emulator/state"),
      as: UTF8.self
    )
    #expect(state.contains("\"accountEnabled\":false") == isOurs)
  }

  @Test func `a target that was never declared is a usage error`() async throws {
    let place = try await Workplace.small()
    let run = try await place.guestlist("plan", "--target", "anna@fabrikam.example")
    #expect(run.exitCode == 64, "\(run.output)\(run.errors)")
    #expect(run.errors.contains("did you mean `ana@fabrikam.example`?"), "\(run.errors)")
  }

  @Test func `writes that are all denied end as a lack of permission`() async throws {
    let place = try await Workplace.small(guests: "guests:\n  - {email: ana@fabrikam.example}\n")
    let apply = try await place.guestlist(["apply", "--confirm"], changing: place.reader)
    #expect(apply.exitCode == 7, "\(apply.output)\(apply.errors)")
    #expect(try await place.outbox().isEmpty)
  }

  @Test func `credentials that could write are refused where only reading is wanted`() async throws
  {
    let place = try await Workplace.small()
    let refused = try await place.guestlist("plan", "--require-read-only")
    #expect(refused.exitCode == 7, "\(refused.output)\(refused.errors)")
    #expect(refused.errors.contains("User.Invite.All"), "\(refused.errors)")
    let plan = try await place.guestlist(["plan", "--require-read-only"], changing: place.reader)
    #expect(plan.exitCode == 0, "\(plan.output)\(plan.errors)")
  }

  @Test func `the exit code of drift agrees with its JSON`() async throws {
    let place = try await Workplace.small()
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    let json = ["drift", "--detailed-exitcode", "--format", "json"]
    let clean = try await place.guestlist(json)
    #expect(clean.exitCode == 0, "\(clean.output)\(clean.errors)")
    #expect(clean.output.contains("\"hasDifferences\": false"), "\(clean.output)")
    // A guest whom somebody blocked is a difference, though no action follows from it.
    try await place.emulator.send(
      "POST",
      "/_emulator/leave",
      json: #"{"user": "malin@fabrikam.example"}"#
    )
    let drift = try await place.guestlist(json)
    #expect(drift.output.contains("\"hasDifferences\": true"), "\(drift.output)")
    #expect(drift.exitCode == 2, "\(drift.output)\(drift.errors)")
  }

  @Test(arguments: [("yes", 0, 6), ("y", 1, 0)])
  func `a terminal is asked, and only yes in full is an answer`(
    answer: String,
    code: Int,
    writes: Int
  ) async throws {
    let place = try await Workplace.small()
    let child = ChildProcess(
      "script",
      [
        "--quiet", "--return", "--command", "'\(try Programs.built("guestlist"))' apply",
        "/dev/null",
      ],
      environment: place.environment,
      folder: place.repository.path,
      input: Array("\(answer)\n".utf8)
    )
    let done = try await child.run(timeout: .seconds(120))
    let said = String(decoding: done.output, as: UTF8.self)
    #expect(done.status == .exited(code), "\(said)")
    #expect(said.contains("Apply this plan? Only `yes` is accepted: "), "\(said)")
    #expect(try await place.counts().total.writes == writes)
  }

  @Test func `a skipped entry exits 5, and the rest is done`() async throws {
    let place = try await Workplace.small(
      guests: """
        guests:
          - {email: ana@fabrikam.example}
          - {email: oskar@fabrikam.example, apps: ["expenses:Submiter"], shoe: 43}

        """
    )
    for command in [["plan"], ["apply", "--confirm"]] {
      let run = try await place.guestlist(command)
      #expect(run.exitCode == 5, "\(run.output)\(run.errors)")
    }
    #expect(try await place.outbox() == ["ana@fabrikam.example"])
  }

  @Test func `an unusable commit exits 3 and still blocks`() async throws {
    let place = try await Workplace.small()
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    try await place.repository.commit(
      "Ana's laptop is lost, and a file is broken",
      files: [
        "desired-state/guests.yaml":
          "guests:\n  - {email: ana@fabrikam.example, blocked: \"lost laptop\"}\n",
        "desired-state/broken.yaml": "guests: [",
      ]
    )
    let plan = try await place.guestlist("plan")
    #expect(plan.exitCode == 3, "\(plan.output)\(plan.errors)")
    let apply = try await place.guestlist("apply", "--confirm")
    #expect(apply.exitCode == 3, "\(apply.output)\(apply.errors)")
    #expect(apply.output.contains("Applied: 1 blocked."), "\(apply.output)")
  }
}
