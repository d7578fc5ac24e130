internal import GraphEmulator
internal import HTTPServer

/// What must be true of every reply: an input is `METHOD target`, a line end, and a body.
enum RequestProperties {
  private static let core: EmulatorCore? = {
    let moment = Timestamp(milliseconds: 1_795_176_000_000)
    var configuration = EmulatorConfiguration(clock: EmulatorClock { moment })
    configuration.enforcesLimits = false
    configuration.source =
      TenantSize("guests=20,members=5,apps=3,groups=2,assignments=30").map { .size($0) } ?? .empty
    return try? EmulatorCore(configuration)
  }()

  private static let token: String = {
    guard let core, let client = core.clients.first else { return "" }
    let form =
      "grant_type=client_credentials&client_id=\(client.clientID)"
      + "&client_secret=\(client.secret?.revealed ?? "")"
      + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
    let reply = core.respond(
      to: ServerRequest(
        method: "POST",
        target: "/\(core.tenantID)/oauth2/v2.0/token",
        headers: [.init("Content-Type", "application/x-www-form-urlencoded")],
        body: Array(form.utf8)
      )
    )
    return (try? JSONValue.parse(reply.body))?["access_token"]?.string ?? ""
  }()

  /// Ends the process where a property does not hold.
  static func hold(for bytes: [UInt8]) {
    guard let core else { return }
    let lines = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
    let words = lines[0].split(separator: 0x20, maxSplits: 1)
    guard words.count == 2 else { return }
    let target = String(decoding: words[1], as: UTF8.self)
    // A file or a clock that an input names is not the input's to touch.
    guard !target.hasPrefix("/_emulator/") else { return }
    let reply = core.respond(
      to: ServerRequest(
        method: String(decoding: words[0], as: UTF8.self),
        target: target,
        headers: [
          .init("Authorization", "Bearer \(token)"), .init("ConsistencyLevel", "eventual"),
        ],
        body: lines.count > 1 ? Array(lines[1]) : []
      )
    )
    precondition(reply.status < 500, "an error of the emulator's own")
    let isText = target.prefix { $0 != "?" }.hasSuffix("$count")
    if !reply.body.isEmpty, !isText {
      precondition((try? JSONValue.parse(reply.body)) != nil, "a reply that is not JSON")
    }
  }
}
