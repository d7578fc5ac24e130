import FoundationEssentials
import Platform
import TestSupport
import Testing

/// `guestlist export`: the first day on a tenant that has guests already.
@Suite struct ExportTests {
  private static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  private func contoso() async throws -> Workplace {
    let place = try await Workplace(
      scenario: "\(Self.root)/desired-state/rehearsal/tenant.json"
    )
    // Its dates are of the winter of 2026.
    place.repository.now = 1_795_158_000
    try await place.emulator.send(
      "POST",
      "/_emulator/clock",
      json: #"{"now": "2026-11-20T08:00:00Z"}"#
    )
    return place
  }

  private func tenant(_ scenario: HostileTenant) async throws -> Workplace {
    let folder = try TemporaryFolder()
    return try await Workplace(scenario: try folder.write("tenant.json", try scenario.json))
  }

  /// The declarations of the work tree, one file below the other.
  private func files(_ place: Workplace) throws -> [String: String] {
    let folder = "\(place.repository.path)/desired-state"
    var files: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder)
    where path.hasSuffix(".yaml") {
      files[path] = String(
        decoding: try PublicFile.read("\(folder)/\(path)", limit: 1 << 20),
        as: UTF8.self
      )
    }
    return files
  }

  private func text(_ run: Workplace.Run, _ files: [String: String]) -> String {
    let all = files.sorted { $0.key < $1.key }.map { "==> \($0.key)\n\($0.value)" }
    // Reading says how far it is after a few seconds, which a busy machine may take.
    let errors = run.errors.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("reading the tenant: ") }.joined(separator: "\n")
    return "exit \(run.exitCode)\n\(run.output)\(errors)\n\(all.joined(separator: "\n"))"
  }

  private struct PlanJSON: Decodable {
    struct Action: Decodable {
      var mail: String
      var action: String
    }
    var actions: [Action]
  }

  private func plan(_ place: Workplace) async throws -> (run: Workplace.Run, plan: PlanJSON) {
    let run = try await place.guestlist("plan", "--format", "json", "--detailed-exitcode")
    return (run, try JSONDecoder().decode(PlanJSON.self, from: Data(run.output.utf8)))
  }

  /// Expects declarations that are valid, in their layout, and whose plan is empty.
  private func expectEmptyPlan(_ place: Workplace, _ comment: Comment) async throws {
    let valid = try await place.guestlist("validate", "--worktree")
    #expect(valid.exitCode == 0, "\(comment)\n\(valid.output)\(valid.errors)")
    let layout = try await place.guestlist("fmt", "--check")
    #expect(layout.exitCode == 0, "\(comment)\n\(layout.output)\(layout.errors)")
    try await place.repository.git(["add", "--all"])
    try await place.repository.git(["commit", "--quiet", "--message", "Export"])
    let planned = try await plan(place)
    #expect(planned.run.exitCode == 0, "\(comment)\n\(planned.run.output)\(planned.run.errors)")
    #expect(planned.plan.actions.isEmpty, comment)
  }

  // MARK: The first day

  @Test func `the guests of Contoso are declared, and the plan of them is empty`() async throws {
    let place = try await contoso()
    let run = try await place.guestlist(
      ["export", "--require-read-only"],
      changing: place.reader
    )
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    try expectSnapshot(text(run, try files(place)), named: "export-contoso.txt")
    try await expectEmptyPlan(place, "Contoso")
    let again = try await place.guestlist("export", "--add")
    #expect(again.exitCode == 0, "\(again.output)\(again.errors)")
    #expect(again.output.contains("Nothing to export"), "\(again.output)")
    #expect(try await place.counts().total.writes == 0)
  }

  @Test func `an export from a national cloud names the cloud`() async throws {
    let place = try await contoso()
    let run = try await place.guestlist(
      ["export"],
      changing: ["AZURE_AUTHORITY_HOST": "https://login.microsoftonline.us/"]
    )
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    #expect(try files(place)["guestlist.yaml"]?.contains("  cloud: usgov\n") == true)
  }

  @Test func `what is deleted after an import is removed, and nothing else`() async throws {
    let place = try await contoso()
    #expect(try await place.guestlist("export").exitCode == 0)
    try await expectEmptyPlan(place, "Contoso")
    let before = try await place.guests()
    let apply = try await place.guestlist("apply", "--confirm")
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    #expect(try await place.guests() == before)
    #expect(try await place.counts().total.writes == 0)

    place.repository.now += 86_400
    try await place.emulator.send("POST", "/_emulator/clock", json: #"{"advance": 90000}"#)
    let path = "partners/fabrikam.yaml"
    let fabrikam = try #require(try files(place)[path])
    let without = fabrikam.replacing(
      /[ ] - email: ana\.horvat@fabrikam\.example\n([ ]{4}.*\n)*\n/,
      with: ""
    )
    #expect(without != fabrikam)
    try await place.repository.commit("Ana leaves", files: ["desired-state/\(path)": without])
    let planned = try await plan(place)
    #expect(Set(planned.plan.actions.map(\.mail)) == ["ana.horvat@fabrikam.example"])
    #expect(Set(planned.plan.actions.map(\.action)) == ["revoke"], "\(planned.run.output)")
    let removal = try await place.guestlist("apply", "--confirm")
    #expect(removal.exitCode == 0, "\(removal.output)\(removal.errors)")
    var expected = before
    expected["Ana.Horvat"] = [Workplace.Guest()]
    #expect(try await place.guests() == expected)
    let later = try await place.guestlist("export", "--add")
    #expect(!(try files(place)[path] ?? "").contains("ana.horvat"), "\(later.output)")
    #expect(later.exitCode == 5 && later.output.contains("removed by an earlier commit"))
  }

  @Test(arguments: [true, false])
  func `few permissions are enough, and a missing one is named`(mayReadDirectory: Bool) async throws
  {
    let client = "0f3c0000-0000-4000-8000-0000000000c1"
    let permissions =
      ["User.Read.All", "Application.Read.All", "GroupMember.Read.All"]
      + (mayReadDirectory ? ["Directory.Read.All"] : [])
    let clients = """
      "clients": [{"clientId": "\(client)", "secret": "a-secret-of-the-test",
                   "permissions": [\(permissions.map { "\"\($0)\"" }.joined(separator: ", "))]}],
      "users": [
      """
    let folder = try TemporaryFolder()
    let place = try await Workplace(
      scenario: try folder.write(
        "tenant.json",
        SmallTenant.scenario.replacing("\"users\": [", with: clients)
      )
    )
    let run = try await place.guestlist(
      ["export"],
      changing: ["AZURE_CLIENT_ID": client, "AZURE_CLIENT_SECRET": "a-secret-of-the-test"]
    )
    if mayReadDirectory {
      #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
      #expect(run.errors.contains("lacks `EntitlementManagement.Read.All`"), "\(run.errors)")
      #expect(try files(place).count == 3)
    } else {
      #expect(run.exitCode == 7, "\(run.output)\(run.errors)")
      #expect(run.errors.contains("`Directory.Read.All`"), "\(run.errors)")
      #expect(
        !FileManager.default.fileExists(atPath: "\(place.repository.path)/desired-state")
      )
    }
  }

  // MARK: Hostile tenants

  @Test func `what cannot be declared is listed, and the rest is`() async throws {
    let place = try await tenant(HostileTenant())
    let run = try await place.guestlist("export")
    try expectSnapshot(text(run, try files(place)), named: "export-hostile.txt")
    #expect(run.exitCode == 5)
    try await expectEmptyPlan(place, "the hostile tenant")
  }

  private struct ExportJSON: Decodable {
    struct Group: Decodable {
      struct Item: Decodable {
        var subject: String
      }
      var reason: String
      var items: [Item]
    }
    struct Summary: Decodable {
      var guests: Int
    }
    var summary: Summary
    var leftOut: [Group]
  }

  @Test(arguments: 1...6)
  func `of any tenant the export is valid, and its plan is empty`(seed: UInt64) async throws {
    let scenario = HostileTenant(drawing: SeededRandomness(seed: seed))
    let place = try await tenant(scenario)
    let run = try await place.guestlist("export", "--format", "json")
    let report = try JSONDecoder().decode(ExportJSON.self, from: Data(run.output.utf8))
    let kinds: Set = ["publicDomain", "ownDomain", "noAddress", "sharedAddress", "otherIdentity"]
    let missing = report.leftOut.filter { kinds.contains($0.reason) }.flatMap(\.items).count
    #expect(report.summary.guests + missing == 40, "\(run.output)")
    #expect(!report.leftOut.contains { $0.reason == "refused" }, "\(run.output)")
    try await expectEmptyPlan(place, "seed \(seed)")
    let apply = try await place.guestlist("apply", "--confirm")
    #expect(apply.exitCode == 0, "\(apply.output)\(apply.errors)")
    #expect(try await place.counts().total.writes == 0)
  }

  // MARK: Beside declarations

  /// What the last commit and the work tree differ in, as git shows it.
  private func difference(_ place: Workplace) async throws -> String {
    try await place.repository.git(["add", "--all"])
    return try await place.repository.git(["diff", "--cached", "--unified=0", "--no-color"])
      .split(separator: "\n").filter { $0.hasPrefix("+") || $0.hasPrefix("-") }
      .joined(separator: "\n")
  }

  @Test func `declarations that are there are not touched without the flag`() async throws {
    let place = try await Workplace.small()
    let run = try await place.guestlist("export")
    #expect(run.exitCode == 1)
    #expect(run.errors.contains("has declarations already; nothing was written"), "\(run.errors)")
    #expect(try await place.counts().total.requests == 0)
    #expect(try await difference(place).isEmpty)
  }

  @Test func `what is not declared yet is added with the smallest change`() async throws {
    let nils = """
      {"id": "11111111-0000-4000-8000-000000000003", "displayName": "Nils", "userType": "Guest",
       "mail": "nils@fabrikam.example", "creationType": "Invitation", "accountEnabled": true,
       "userPrincipalName": "nils_fabrikam.example#EXT#@contoso.onmicrosoft.com"},
      """
    let place = try await Workplace.small(
      scenario: SmallTenant.scenario.replacing("\"users\": [", with: "\"users\": [\(nils)")
    )
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    try await place.interfere(
      "join",
      "malin",
      with: #""group": "7a000000-0000-4000-8000-000000000020""#
    )
    let run = try await place.guestlist("export", "--add")
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    try expectSnapshot(
      try await difference(place).replacing(/id: [0-9a-f-]{36}/, with: "id: …"),
      named: "export-add.txt"
    )
    let planned = try await plan(place)
    #expect(planned.plan.actions.isEmpty, "\(planned.run.output)")
  }

  @Test func `who was removed by a commit does not come back`() async throws {
    let place = try await Workplace.small()
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    let without = SmallTenant.guests.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("oskar@") }.joined(separator: "\n")
    try await place.repository.commit("Leaves", files: ["desired-state/guests.yaml": without])
    #expect(try await place.guestlist("export", "--add").exitCode == 0)
    #expect(try await !difference(place).contains("oskar"))
    #expect(try await place.guestlist("apply", "--confirm").exitCode == 0)
    let run = try await place.guestlist("export", "--add")
    #expect(try await !difference(place).contains("oskar"), "\(run.output)")
  }

  @Test func `declarations with an error are not added to`() async throws {
    let place = try await Workplace.small()
    try place.repository.write("desired-state/guests.yaml", "guests: [\n")
    let run = try await place.guestlist("export", "--add")
    #expect(run.exitCode == 3, "\(run.output)\(run.errors)")
    #expect(try files(place).count == 2)
  }

  @Test func `a rule that refuses a guest leaves it out, with the reason`() async throws {
    let policy = SmallTenant.policy().replacing(
      "domains: [fabrikam.example]}",
      with: "domains: [fabrikam.example]}\n  elsewhere: {domains: [elsewhere.example], "
        + "requires: [ticket]}"
    )
    let place = try await Workplace.small(policy: policy)
    let run = try await place.guestlist("export", "--add")
    #expect(run.exitCode == 5)
    #expect(run.output.contains("not allowed by the declarations"), "\(run.output)")
    #expect(run.output.contains("unmanaged@elsewhere.example"), "\(run.output)")
    #expect(try await difference(place).isEmpty)
  }

  @Test func `a file in another layout is left alone, and its guests are listed`() async throws {
    let odd = "guests:\n  -\n    email: ana@elsewhere.example\n"
    let policy = SmallTenant.policy().replacing(
      "domains: [fabrikam.example]}",
      with: "domains: [fabrikam.example]}\n  elsewhere: {domains: [elsewhere.example]}"
    )
    let place = try await Workplace.small(policy: policy, guests: odd)
    let run = try await place.guestlist("export", "--add")
    #expect(run.exitCode == 5, "\(run.output)\(run.errors)")
    #expect(run.output.contains("unmanaged@elsewhere.example: guests.yaml"), "\(run.output)")
    #expect(run.output.contains("hint: run `guestlist fmt`"), "\(run.output)")
    #expect(try await difference(place).isEmpty)
    #expect(try await place.guestlist("fmt").exitCode == 0)
    #expect(try await place.guestlist("export", "--add").exitCode == 0)
    #expect(try await difference(place).contains("+  - email: unmanaged@elsewhere.example"))
  }

  @Test func `where paths limit what files may declare, a partner goes directly into the folder`()
    async throws
  {
    let policy = SmallTenant.policy() + "authority:\n  \"partners/**\": {partners: [fabrikam]}\n"
    let place = try await Workplace.small(policy: policy)
    let run = try await place.guestlist("export", "--add")
    #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    #expect(try files(place).keys.contains("elsewhere.yaml"), "\(run.output)")
    #expect(try await place.guestlist("validate", "--worktree").exitCode == 0)
  }

  @Test func `a folder that is a link is not written through`() async throws {
    let place = try await contoso()
    let outside = place.folder.path("outside")
    try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      atPath: "\(place.repository.path)/desired-state",
      withIntermediateDirectories: true
    )
    try FileManager.default.createSymbolicLink(
      atPath: "\(place.repository.path)/desired-state/partners",
      withDestinationPath: outside
    )
    let run = try await place.guestlist("export")
    #expect(run.exitCode == 1, "\(run.output)\(run.errors)")
    #expect(run.errors.contains("`partners` is a symbolic link"), "\(run.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside).isEmpty)
  }
}
