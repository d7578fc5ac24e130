import TestSupport
import Testing

@Suite struct BadInputTests {
  /// Asserts what a plan and an apply say, how they end, and that nothing was written.
  private func expectRefusal(
    _ place: Workplace,
    exitCode: Int,
    saying parts: [String],
    arguments: [String] = [],
    changing changes: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    for command in [["plan"], ["apply", "--confirm"]] {
      let run = try await place.guestlist(command + arguments, changing: changes)
      let text = run.output + run.errors
      #expect(run.exitCode == exitCode, "\(command): \(text)", sourceLocation: sourceLocation)
      for part in parts {
        #expect(text.contains(part), "\(command): \(text)", sourceLocation: sourceLocation)
      }
    }
    let writes = try await place.counts().total.writes
    #expect(writes == 0, sourceLocation: sourceLocation)
  }

  @Test func `no repository`() async throws {
    let place = try await Workplace.small()
    try await expectRefusal(
      place,
      exitCode: 1,
      saying: ["error: ", "repository"],
      arguments: ["--repo", "/dev"]
    )
  }

  @Test func `a ref that does not exist`() async throws {
    let place = try await Workplace.small()
    try await expectRefusal(
      place,
      exitCode: 1,
      saying: ["error: ", "`release`"],
      arguments: ["--ref", "release"]
    )
  }

  @Test func `a folder that the commit does not have`() async throws {
    let place = try await Workplace.small()
    try await expectRefusal(
      place,
      exitCode: 1,
      saying: ["error: ", "`access`"],
      arguments: ["--path", "access"]
    )
  }

  @Test func `a folder without declarations`() async throws {
    let place = try await Workplace.small()
    try await place.repository.commit("Notes", files: ["notes/readme.txt": "nothing here"])
    try await expectRefusal(
      place,
      exitCode: 3,
      saying: ["error: the folder has no `*.yaml` or `*.yml` file"],
      arguments: ["--path", "notes"]
    )
  }

  @Test func `broken YAML is shown with its line and a caret`() async throws {
    let place = try await Workplace.small(guests: "guests:\n  - {email: ana@fabrikam.example\n")
    try await expectRefusal(
      place,
      exitCode: 3,
      saying: ["desired-state/guests.yaml:", ": error: ", "^"]
    )
  }

  /// Plans and applies; faults of the catalog stop only what they concern.
  private func expectRest(
    _ place: Workplace,
    exitCode: Int,
    saying parts: [String],
    mailing guests: Int,
    writes: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    for command in [["plan"], ["apply", "--confirm"]] {
      let run = try await place.guestlist(command)
      let text = run.output + run.errors
      #expect(run.exitCode == exitCode, "\(command): \(text)", sourceLocation: sourceLocation)
      #expect(!text.contains("as the commit declares"), "\(text)", sourceLocation: sourceLocation)
      for part in parts {
        #expect(text.contains(part), "\(command): \(text)", sourceLocation: sourceLocation)
      }
    }
    #expect(try await place.outbox().count == guests, sourceLocation: sourceLocation)
    #expect(try await place.counts().total.writes == writes, sourceLocation: sourceLocation)
  }

  @Test func `a role that the app does not have is not given, and the rest goes on`() async throws {
    let place = try await Workplace.small(
      guests: """
        guests:
          - {email: ana@fabrikam.example, apps: ["expenses:Submiter"]}
          - {email: oskar@fabrikam.example}

        """
    )
    try await expectRest(
      place,
      exitCode: 5,
      saying: ["Submiter", "desired-state/guests.yaml:2"],
      mailing: 2,
      writes: 2
    )
  }

  @Test func `a fault in an entry does not stop its block`() async throws {
    let place = try await Workplace.small()
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    let guests = SmallTenant.guests.replacing(
      "name: Ana Horvat",
      with: "name: Ana Horvat, blocked: stolen laptop, colour: red"
    )
    try await place.repository.commit("Stolen", files: ["desired-state/guests.yaml": guests])
    let run = try await place.guestlist("apply", "--confirm")
    #expect(run.exitCode == 5, "\(run.output)\(run.errors)")
    #expect(run.output.contains("Applied: 1 blocked"), "\(run.output)\(run.errors)")
  }

  @Test func `of an app that the tenant does not have nothing is given`() async throws {
    let place = try await Workplace.small(
      policy: SmallTenant.policy(app: "0f3c0000-0000-4000-8000-0000000000ff")
    )
    try await expectRest(
      place,
      exitCode: 5,
      saying: ["0f3c0000-0000-4000-8000-0000000000ff", "desired-state/guestlist.yaml:6"],
      mailing: 3,
      writes: 4
    )
    let drift = try await place.guestlist("drift", "--format", "json", "--detailed-exitcode")
    #expect(drift.exitCode == 5, "\(drift.output)\(drift.errors)")
    #expect(drift.output.contains("\"hasDifferences\": true"), "\(drift.output)")
  }

  @Test func `a name that is not its identifier's is a warning`() async throws {
    let place = try await Workplace.small(policy: SmallTenant.policy(name: "Contoso Wiki"))
    try await expectRest(
      place,
      exitCode: 0,
      saying: ["Contoso Wiki", "Contoso Expenses"],
      mailing: 3,
      writes: 6
    )
  }

  @Test(arguments: [
    ("  - {email: Ana@Fabrikam.example}\n", ["guests.yaml:2", "guests.yaml:5"]),
    ("  - {email: eve@fabrikam.example, apps: [\"wages:Reader\"]}\n", ["wages", "guests.yaml:5"]),
  ])
  func `one person's mistake withholds that person and the rest goes on`(
    line: String,
    places: [String]
  ) async throws {
    let place = try await Workplace.small(guests: SmallTenant.guests + line)
    let apply = try await place.guestlist("apply", "--confirm")
    let text = apply.output + apply.errors
    #expect(apply.exitCode == 5, "\(text)")
    for part in places { #expect(text.contains(part), "\(text)") }
    let mailed = try await place.outbox()
    #expect(mailed.contains("oskar@fabrikam.example"))
    // An unknown name is a fault of its grant; of two declarations of one person none counts.
    #expect(mailed.contains("ana@fabrikam.example") == line.contains("eve"))
  }

  @Test func `a wrong secret`() async throws {
    let place = try await Workplace.small()
    try await expectRefusal(
      place,
      exitCode: 7,
      saying: ["error: ", "AZURE_CLIENT_SECRET"],
      changing: ["AZURE_CLIENT_SECRET": "wrong"]
    )
  }

  @Test func `no credentials at all`() async throws {
    let place = try await Workplace.small()
    try await expectRefusal(
      place,
      exitCode: 7,
      saying: ["AZURE_CLIENT_SECRET"],
      changing: ["AZURE_CLIENT_SECRET": ""]
    )
  }

  @Test func `another tenant than the declared one`() async throws {
    let place = try await Workplace.small(policy: SmallTenant.policy(tenant: SmallTenant.otherID))
    try await expectRefusal(place, exitCode: 4, saying: [SmallTenant.id, SmallTenant.otherID])
  }

  @Test func `an endpoint that is not this machine's`() async throws {
    let place = try await Workplace.small()
    try await expectRefusal(
      place,
      exitCode: 64,
      saying: ["loopback"],
      arguments: ["--endpoint", "https://graph.contoso.example"]
    )
  }

  @Test func `nothing that listens`() async throws {
    let place = try await Workplace.small()
    // A port that is bound and never listens refuses, and cannot be given to anybody else.
    let run = try await place.guestlist(
      "plan",
      changing: ["GUESTLIST_ENDPOINT": "http://127.0.0.1:1"]
    )
    #expect(run.exitCode == 1, "\(run.errors)")
    #expect(run.errors.contains("127.0.0.1:1"))
    #expect(run.errors.contains("GUESTLIST_ENDPOINT"))
  }

  @Test(arguments: [
    (["pln"], "did you mean `guestlist plan`?"),
    (["plan", "--detailed-exitcod"], "did you mean `--detailed-exitcode`?"),
    (["plan", "--format", "jsn"], "did you mean `json`?"),
    (["apply", "--confirm", "--accept", "everything"], "GUARD:DIGEST"),
  ])
  func `words that do not fit name the nearest that do`(
    words: [String],
    hint: String
  ) async throws {
    let place = try await Workplace.small()
    let run = try await place.guestlist(words)
    #expect(run.exitCode == 64)
    #expect(run.errors.contains(hint), "\(run.errors)")
  }
}
