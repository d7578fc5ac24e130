import GraphEmulator
import HTTP
import Platform
import TestSupport
import Testing

struct RequestLogTests {
  /// The lines of the log, read as JSON.
  private func lines(_ folder: TemporaryFolder) throws -> [JSONValue] {
    try folder.bytes("log.jsonl").split(separator: 0x0A).map { try JSONValue.parse(Array($0)) }
  }

  @Test func `a line for each request, with its reply and the faults that struck it`() async throws
  {
    let folder = try TemporaryFolder()
    let emulator = try await RunningEmulator { $0.requestsPath = folder.path("log.jsonl") }
    try await emulator.control(
      .post,
      "faults",
      [
        "faults": [
          ["kind": "error503", "rate": 1, "route": "GET /groups", "count": 1],
          ["kind": "slow", "rate": 1, "seconds": 0, "route": "GET /groups", "count": 1],
        ]
      ]
    )
    _ = try await emulator.graph(.get, "/groups?$skiptoken=")
    _ = try await emulator.graph(.get, "/groups?$select=id")
    let log = try lines(folder)
    // The first is the sign-in.
    #expect(log.count == 3)
    #expect(log[1]["status"] == 503)
    #expect(log[1]["faults"] == ["slow", "error503"])
    #expect(log[1]["responseBody"]?.string?.contains("serviceNotAvailable") == true)
    #expect(log[2]["target"] == "/v1.0/groups?$select=id")
    #expect(log[2]["faults"] == nil)
    let body = try JSONValue.parse(Array((log[2]["responseBody"]?.string ?? "").utf8))
    #expect(body["value"]?.array?.count == 2)
    #expect(log[2]["responseHeaders"]?["request-id"] == log[2]["requestId"])
    #expect(try mode(of: folder.path("log.jsonl")) == 0o600)
  }

  @Test func `no token, secret, password or redeem URL is in the log`() async throws {
    let folder = try TemporaryFolder()
    let emulator = try await RunningEmulator { $0.requestsPath = folder.path("log.jsonl") }
    let invitation: JSONValue = [
      "invitedUserEmailAddress": "dan@fabrikam.example", "inviteRedirectUrl": "https://m.example",
    ]
    let sent = try await emulator.graph(.post, "/invitations", invitation)
    let url = try #require(sent.body["inviteRedeemUrl"]?.string)
    let ticket = try #require(url.split(separator: "ticket%3d").last?.prefix(36))
    let item: JSONValue = [
      "id": "1", "method": "POST", "url": "/invitations",
      "headers": ["Content-Type": "application/json"], "body": invitation,
    ]
    _ = try await emulator.graph(.post, "/$batch", ["requests": [item]])
    _ = try await emulator.graph(
      .post,
      "/users",
      [
        "accountEnabled": true, "displayName": "N", "mailNickname": "n",
        "userPrincipalName": "n@contoso.example", "passwordProfile": ["password": "hunter2hunter2"],
      ]
    )
    let text = try folder.read("log.jsonl")
    #expect(!text.contains(ticket))
    #expect(!text.contains("ticket%3d"))
    #expect(!text.contains("hunter2"))
    #expect(!text.contains("eyJ"))
    #expect(!text.contains(emulator.server.clients[0].secret?.revealed ?? "eyJ"))
    // What is blanked is blanked alone: the rest can be read.
    let log = try lines(folder)
    let reply = try JSONValue.parse(Array((log[1]["responseBody"]?.string ?? "").utf8))
    #expect(reply["inviteRedeemUrl"] == "<redacted>")
    #expect(reply["invitedUser"]?["id"] == sent.body["invitedUser"]?["id"])
    #expect(log[1]["requestHeaders"]?["authorization"] == "<redacted>")
  }

  @Test func `a page reached by its token is in the log`() async throws {
    let folder = try TemporaryFolder()
    let emulator = try await RunningEmulator { $0.requestsPath = folder.path("log.jsonl") }
    let page = try await emulator.graph(.get, "/users?$top=1")
    _ = try await emulator.graph(.get, try #require(page.body["@odata.nextLink"]?.string))
    #expect(try lines(folder)[2]["responseBody"]?.string?.contains("displayName") == true)
  }

  @Test func `a log that cannot be written is said at the start`() async throws {
    var configuration = EmulatorConfiguration()
    configuration.requestsPath = "/nowhere/at/all.jsonl"
    await #expect(throws: EmulatorError.self) { try await EmulatorServer.start(configuration) }
  }
}
