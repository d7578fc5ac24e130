internal import FoundationEssentials
internal import Platform
internal import TestSupport

extension Benchmark {
  /// A plan that finds nothing to do over 300 guests, 10 apps with 300 role assignments and 10
  /// groups with 300 memberships, as a whole process beside `guestlist --version`.
  static let noOpPlan = Benchmark(name: "no-op-plan") {
    let world = try await NoOpWorld()
    try await world.guestlist(["apply", "--confirm"])
    try await world.emulator.send("POST", "/_emulator/counts/reset")
    try await world.guestlist(["plan", "--detailed-exitcode"])
    let trips = try await world.roundTrips()
    let (plan, version) = try await Timing.pairs(
      15,
      { try await world.guestlist(["plan", "--detailed-exitcode"]) },
      { try await world.guestlist(["--version"]) }
    )
    return [
      .absolute("no-op-plan round trips", figure: trips, unit: "trips", atMost: 12),
      .ratio(
        "no-op-plan time",
        figure: plan,
        unit: "s",
        to: version,
        of: "guestlist --version",
        atMost: 6
      ),
    ]
  }
}

/// A repository and an emulated tenant of the size that the benchmark names.
private struct NoOpWorld {
  let folder: TemporaryFolder
  let repository: GitFixture
  let emulator: EmulatorFixture

  init() async throws {
    folder = try TemporaryFolder()
    let scenario = try folder.write("tenant.json", Self.scenario)
    emulator = try await EmulatorFixture(scenario: scenario, arguments: ["--limits", "none"])
    try FileManager.default.createDirectory(
      atPath: folder.path("home"),
      withIntermediateDirectories: true
    )
    repository = try await GitFixture(at: folder.path("access"), home: folder.path("home"))
    try await repository.commit("Everybody", files: ["desired-state/all.yaml": Self.declarations])
  }

  /// Runs the program; any exit code but zero is an error.
  func guestlist(_ arguments: [String]) async throws {
    let child = ChildProcess(
      try Programs.built("guestlist"),
      arguments,
      environment: Programs.environment(
        home: folder.path("home"),
        adding: emulator.variables.merging([
          "GUESTLIST_JOURNAL": folder.path("journal.sqlite")
        ]) { $1 }
      ),
      folder: repository.path
    )
    let done = try await child.run(timeout: .seconds(120))
    guard done.isSuccess else {
      let said = String(decoding: done.output + done.errors, as: UTF8.self)
      throw Failure(description: "guestlist \(arguments): \(done.status)\n\(said)")
    }
  }

  /// The HTTP requests that reached the emulator since the last reset.
  func roundTrips() async throws -> Double {
    struct Counts: Decodable { var roundTrips: Int }
    return Double(try await emulator.read("/_emulator/counts", as: Counts.self).roundTrips)
  }

  struct Failure: Error, CustomStringConvertible { var description: String }

  private static func id(_ kind: Int, _ number: Int) -> String {
    let digits = String(number, radix: 16)
    let padded = String(repeating: "0", count: 12 - digits.count) + digits
    return "\(kind)0000000-0000-4000-8000-\(padded)"
  }

  private static let scenario: String = {
    let apps = (0..<10).map { app in
      """
      {"id": "\(id(2, app))", "appId": "\(id(3, app))", "displayName": "App \(app)", "appRoles": [
        {"id": "\(id(4, app))", "value": "User", "displayName": "User", "description": "Uses it",
         "isEnabled": true, "allowedMemberTypes": ["User"]}]}
      """
    }
    let groups = (0..<10).map { group in
      """
      {"id": "\(id(5, group))", "displayName": "Group \(group)", "securityEnabled": true,
       "mailEnabled": false, "mailNickname": "group\(group)", "members": []}
      """
    }
    return """
      {"tenant": {"id": "\(id(1, 1))", "displayName": "Contoso",
        "verifiedDomains": [{"name": "contoso.example", "isDefault": true}]},
       "servicePrincipals": [\(apps.joined(separator: ","))],
       "groups": [\(groups.joined(separator: ","))]}
      """
  }()

  private static let declarations: String = {
    var text = """
      version: 1
      tenant: {id: \(id(1, 1)), name: Contoso, domains: [contoso.example], ref: main}
      guards: {invitations: {guests: 1000}, grants: {count: 10000}}
      partners:
        fabrikam: {name: Fabrikam, domains: [fabrikam.example]}

      """
    text += "apps:\n"
    for app in 0..<10 { text += "  app\(app): {appId: \(id(3, app)), name: App \(app)}\n" }
    text += "groups:\n"
    for group in 0..<10 { text += "  group\(group): {id: \(id(5, group))}\n" }
    text += "guests:\n"
    for guest in 0..<300 {
      text += """
          - {email: guest\(guest)@fabrikam.example, apps: ["app\(guest % 10):User"], \
        groups: [group\(guest / 30)]}

        """
    }
    return text
  }()
}
