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
      saying: ["error: the folder holds no `*.yaml` or `*.yml` file"],
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

  @Test func `a role that the app does not have stops all writes`() async throws {
    let place = try await Workplace.small(
      guests: """
        guests:
          - {email: ana@fabrikam.example, apps: ["expenses:Submiter"]}
          - {email: oskar@fabrikam.example}

        """
    )
    try await expectRefusal(
      place,
      exitCode: 3,
      saying: ["Submiter", "desired-state/guests.yaml:2"]
    )
  }

  @Test func `an identifier that the tenant does not know stops all writes`() async throws {
    let place = try await Workplace.small(
      policy: SmallTenant.policy(app: "0f3c0000-0000-4000-8000-0000000000ff")
    )
    try await expectRefusal(
      place,
      exitCode: 3,
      saying: ["0f3c0000-0000-4000-8000-0000000000ff", "desired-state/guestlist.yaml:6"]
    )
  }

  @Test func `a name that is not its identifier's stops all writes`() async throws {
    let place = try await Workplace.small(policy: SmallTenant.policy(name: "Contoso Wiki"))
    try await expectRefusal(place, exitCode: 3, saying: ["Contoso Wiki", "Contoso Expenses"])
  }

  @Test(arguments: [
    ["plan"], ["plan", "--format", "markdown"], ["apply", "--confirm"], ["drift"],
    ["drift", "--format", "json"],
  ])
  func `what a catalog fault stopped is not called as declared`(command: [String]) async throws {
    let place = try await Workplace.small(policy: SmallTenant.policy(name: "Contoso Wiki"))
    let told = try await place.guestlist(command)
    #expect(told.exitCode == 3, "\(told.errors)")
    let isJSON = command.contains("json")
    let words = isJSON ? "\"hasDifferences\": true" : "Nothing is planned: the catalog"
    #expect(told.output.contains(words), "\(told.output)")
    #expect(!told.output.contains("the tenant matches"), "\(told.output)")
  }

  @Test func `a commit that a catalog fault stopped owns nothing`() async throws {
    let elsewhere = "  elsewhere: {name: Elsewhere, domains: [elsewhere.example]}\n"
    let stranger = "  - {email: unmanaged@elsewhere.example, groups: [suppliers]}\n"
    let place = try await Workplace.small(
      policy: SmallTenant.policy(name: "Contoso Wiki") + elsewhere,
      guests: SmallTenant.guests + stranger
    )
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 3)
    try await place.repository.commit(
      "The name is right, the stranger is gone",
      files: [
        "desired-state/guestlist.yaml": SmallTenant.policy() + elsewhere,
        "desired-state/guests.yaml": SmallTenant.guests,
      ]
    )
    let apply = try await place.guestlist("apply", "--confirm")
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    #expect(!apply.output.contains("to revoke"), "\(apply.output)")
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
    let withheld = line.contains("eve") ? "eve@fabrikam.example" : "ana@fabrikam.example"
    #expect(!mailed.contains(withheld))
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
