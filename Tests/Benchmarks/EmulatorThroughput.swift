internal import FoundationEssentials
internal import Platform
internal import TestSupport

extension Benchmark {
  /// The emulator beside nginx serving the same bytes from a file, and invitations by themselves.
  static let emulatorThroughput = Benchmark(name: "emulator-throughput") {
    let world = try await EmulatorThroughput()
    return try await world.measure()
  }
}

/// A generated tenant under `wrk`, with nginx beside it.
private struct EmulatorThroughput {
  private static let page =
    "/v1.0/users?$filter=userType%20eq%20'Guest'&$top=999&$select=id,displayName,mail,userType,"
    + "userPrincipalName,externalUserState,accountEnabled,createdDateTime,creationType,otherMails,"
    + "proxyAddresses,identities"

  private let folder: TemporaryFolder
  private let emulator: EmulatorFixture
  private let token: String

  init() async throws {
    folder = try TemporaryFolder()
    emulator = try await EmulatorFixture(
      arguments: [
        "--size", "guests=5000,members=500,apps=20,groups=10,assignments=20000", "--limits", "none",
      ]
    )
    let form =
      "grant_type=client_credentials&client_id=\(emulator.variables["AZURE_CLIENT_ID"] ?? "")"
      + "&client_secret=\(emulator.variables["AZURE_CLIENT_SECRET"] ?? "")"
      + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
    let tenant = emulator.variables["AZURE_TENANT_ID"] ?? ""
    let reply = try await Self.run(
      "curl",
      ["--silent", "--data", form, "\(emulator.baseURL)/\(tenant)/oauth2/v2.0/token"],
      folder
    )
    struct Token: Decodable { var access_token: String }
    token = try JSONDecoder().decode(Token.self, from: Data(reply.utf8)).access_token
  }

  func measure() async throws -> [Measurement] {
    let list = try await get(Self.page)
    struct List: Decodable {
      struct User: Decodable { var id: String }
      var value: [User]
    }
    let users = try JSONDecoder().decode(List.self, from: Data(list.utf8)).value
    let point = "/v1.0/users/\(users.first?.id ?? "")?$select=id,displayName,mail"
    try PrivateFile.write(Array(list.utf8), to: folder.path("page.json"))
    try PrivateFile.write(Array(try await get(point).utf8), to: folder.path("point.json"))
    let nginx = try startServer()
    defer { nginx.kill() }
    // It listens a moment after it was started.
    _ = try await Self.run(
      "curl",
      ["--silent", "--retry", "30", "--retry-connrefused", "http://127.0.0.1:18099/point.json"],
      folder
    )
    var measurements: [Measurement] = []
    for (name, path, file, share) in [
      ("emulator-page", Self.page, "page.json", 0.05), ("emulator-point", point, "point.json", 0.3),
    ] {
      let yardstick = try await rate("http://127.0.0.1:18099/\(file)", [])
      let figure = try await rate(emulator.baseURL + path, [])
      measurements.append(
        Measurement(
          name: name,
          figure: figure,
          unit: "requests/s",
          bar: "at least \(share) x",
          yardstick: "nginx \(Measurement.rounded(yardstick)) requests/s",
          ratio: figure / yardstick,
          isMet: figure >= share * yardstick
        )
      )
    }
    let invitations = try await rate(emulator.baseURL, ["--script", try script()])
    measurements.append(
      Measurement(
        name: "emulator-invitations",
        figure: invitations,
        unit: "requests/s",
        bar: "at least 3000 requests/s",
        isMet: invitations >= 3000
      )
    )
    return measurements
  }

  private func get(_ path: String) async throws -> String {
    try await Self.run(
      "curl",
      ["--silent", "--header", "Authorization: Bearer \(token)", emulator.baseURL + path],
      folder
    )
  }

  /// Requests a second over three seconds on eight connections.
  private func rate(_ url: String, _ arguments: [String]) async throws -> Double {
    let output = try await Self.run(
      "wrk",
      [
        "--threads", "2", "--connections", "8", "--duration", "3", "--header",
        "Authorization: Bearer \(token)", "--header", "Content-Type: application/json",
      ] + arguments + [url],
      folder
    )
    let line = output.split(separator: "\n").first { $0.hasPrefix("Requests/sec") }
    guard let text = line?.split(separator: " ").last, let rate = Double(text),
      !output.contains("Non-2xx")
    else { throw Failure(description: output) }
    return rate
  }

  private func script() throws -> String {
    let path = folder.path("invite.lua")
    let text = """
      local id, n = 0, 0
      function setup(thread) thread:set("tid", id); id = id + 1 end
      function request()
        n = n + 1
        return wrk.format("POST", "/v1.0/invitations", nil, string.format(
          '{"invitedUserEmailAddress":"p%d.%d@fabrikam.example","inviteRedirectUrl":"https://m"}',
          tid, n))
      end
      """
    try PrivateFile.write(Array(text.utf8), to: path)
    return path
  }

  private func startServer() throws -> RunningProcess {
    let configuration = """
      worker_processes 2; daemon off; pid \(folder.path("nginx.pid"));
      error_log \(folder.path("nginx.errors"));
      events {}
      http {
        access_log off; sendfile on; keepalive_requests 10000000; root \(folder.path);
        server { listen 127.0.0.1:18099; }
      }
      """
    // Run by root, nginx would give its workers a user who cannot read the folder.
    let path = folder.path("nginx.conf")
    try PrivateFile.write(Array(("user root;\n" + configuration).utf8), to: path)
    return try RunningProcess(
      ChildProcess(
        "nginx",
        ["-c", path],
        environment: Programs.environment(home: folder.path),
        folder: folder.path
      )
    )
  }

  private static func run(
    _ program: String,
    _ arguments: [String],
    _ folder: TemporaryFolder
  ) async throws -> String {
    let child = ChildProcess(
      program,
      arguments,
      environment: Programs.environment(home: folder.path),
      folder: folder.path
    )
    let done = try await child.run(timeout: .seconds(60))
    guard done.isSuccess else {
      throw Failure(description: String(decoding: done.errors, as: UTF8.self))
    }
    return String(decoding: done.output, as: UTF8.self)
  }

  struct Failure: Error, CustomStringConvertible { var description: String }
}
