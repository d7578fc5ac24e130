import GraphEmulator
import HTTPServer
import Testing

/// Requests that nobody should send, straight into the emulator's core.
struct HostileInputTests {
  private static let seeds: [(method: String, target: String, body: String)] = [
    (
      "GET",
      "/v1.0/users?$filter=userType eq 'Guest' and (startsWith(mail,'a') or not(id eq null))&$count=true",
      ""
    ),
    (
      "GET",
      "/v1.0/users?$filter=identities/any(i:i/issuerAssignedId eq 'a' and i/issuer eq 'b')&$top=5",
      ""
    ),
    (
      "GET",
      "/v1.0/users?$search=\"displayName:guest\" OR \"mail:a\"&$orderby=displayName desc&$count=true",
      ""
    ),
    ("GET", "/v1.0/groups?$filter=members/$count gt 1&$expand=members($select=id;$top=2)", ""),
    (
      "GET",
      "/v1.0/users/delta()?$select=displayName&$filter=id eq '00000000-0000-4000-8000-000000000000'",
      ""
    ),
    (
      "GET", "/v1.0/servicePrincipals(appId='x''y')/appRoleAssignedTo?$skiptoken=Z3JhcGhwZzEAAAAA",
      ""
    ),
    (
      "GET",
      "/v1.0/users?$filter=createdDateTime ge 2026-11-20T00:00:00Z&$select=id,mail&%24top=999", ""
    ),
    (
      "POST", "/v1.0/invitations",
      #"{"invitedUserEmailAddress":"x@fabrikam.example","inviteRedirectUrl":"https://x","invitedUserMessageInfo":{"ccRecipients":[{"emailAddress":{"address":"a@b"}}]}}"#
    ),
    (
      "POST", "/v1.0/$batch",
      #"{"requests":[{"id":"1","method":"GET","url":"/users?$top=1"},{"id":"2","method":"GET","url":"/users/delta","dependsOn":["1"]}]}"#
    ),
    (
      "POST", "/v1.0/users",
      #"{"accountEnabled":true,"displayName":"A","mailNickname":"a","userPrincipalName":"a@contoso.onmicrosoft.com","passwordProfile":{"password":"x"},"identities":[{"issuer":"a"}]}"#
    ),
    (
      "PATCH", "/v1.0/groups/e0000000-0000-4000-8000-000000000001",
      #"{"members@odata.bind":["https://x/v1.0/users/b0000000-0000-4000-8000-000000000002"],"displayName":"é\u0000\ud83d\ude00"}"#
    ),
    (
      "POST", "/v1.0/directoryObjects/getByIds",
      #"{"ids":["b0000000-0000-4000-8000-000000000002"],"types":["user"]}"#
    ),
    (
      "POST", "/v1.0/identityGovernance/entitlementManagement/assignmentRequests",
      #"{"requestType":"adminAdd","assignment":{"targetId":"b0000000-0000-4000-8000-000000000002","accessPackageId":"a","assignmentPolicyId":"b"}}"#
    ),
  ]

  private static let pieces: [[UInt8]] = [
    "'", "''", "(", ")", "((((((((", "$", "%", "%00", "%C3%28", "null", "and", "not ", "9e999",
    "-1",
    "9223372036854775808", "\u{0}", "\u{2028}", "{", "[", "[[[[[[[[", "\"", "\\u", "\\ud800",
    "@odata.id",
    "nan", "/any(a:", "$count", "&$top=0", "&$select=*", "&$expand=members", "🙂", "=", "?", "//",
    "..",
  ].map { Array($0.utf8) }

  private let core: EmulatorCore
  private let token: String

  init() throws {
    var configuration = EmulatorConfiguration(clock: EmulatorClock { RunningEmulator.noon })
    configuration.source = .scenario(Scenario.everything.bytes)
    configuration.enforcesLimits = false
    core = try EmulatorCore(configuration)
    let client = core.clients[0]
    let form =
      "grant_type=client_credentials&client_id=\(client.clientID)&client_secret="
      + "\(client.secret?.revealed ?? "")&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
    let reply = core.respond(
      to: ServerRequest(
        method: "POST",
        target: "/\(core.tenantID)/oauth2/v2.0/token",
        headers: [.init("Content-Type", "application/x-www-form-urlencoded")],
        body: Array(form.utf8)
      )
    )
    token = try #require(try JSONValue.parse(reply.body)["access_token"]?.string)
  }

  private func send(_ method: String, _ target: [UInt8], _ body: [UInt8]) -> ServerResponse {
    core.respond(
      to: ServerRequest(
        method: method,
        target: String(decoding: target, as: UTF8.self),
        headers: [
          .init("Authorization", "Bearer \(token)"), .init("ConsistencyLevel", "eventual"),
          .init("Content-Type", "application/json"),
        ],
        body: body
      )
    )
  }

  @Test func `no request makes an error of the emulator's own, and every reply is JSON`() throws {
    var generator = SeededGenerator(seed: 2026)
    for round in 0..<4000 {
      let seed = Self.seeds[round % Self.seeds.count]
      var target = Array(seed.target.utf8)
      var body = Array(seed.body.utf8)
      for _ in 0..<Int.random(in: 0...3, using: &generator) {
        if body.isEmpty || Bool.random(using: &generator) {
          Self.mutate(&target, using: &generator)
        } else {
          Self.mutate(&body, using: &generator)
        }
      }
      guard !String(decoding: target, as: UTF8.self).hasPrefix("/_emulator/") else { continue }
      let reply = send(seed.method, target, body)
      #expect(reply.status < 500, "\(String(decoding: target, as: UTF8.self))")
      guard !reply.body.isEmpty else { continue }
      #expect(
        (try? JSONValue.parse(reply.body)) != nil,
        "\(String(decoding: target, as: UTF8.self))"
      )
    }
  }

  private static func mutate(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
    let place = Int.random(in: 0...bytes.count, using: &generator)
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: bytes.insert(contentsOf: pieces.randomElement(using: &generator) ?? [], at: place)
    case 1 where place < bytes.count: bytes.remove(at: place)
    case 2 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &generator)
    default: bytes.removeSubrange(place..<min(bytes.count, place + 5))
    }
  }

  @Test(
    arguments: [
      String(repeating: "(", count: 100_000), String(repeating: "not ", count: 100_000),
      String(repeating: "a eq 1 or ", count: 10_000) + "a eq 1",
      String(repeating: "identities/any(a:", count: 5000),
    ]
  ) func `a filter that is nested without end is refused`(filter: String) throws {
    let reply = send("GET", Array("/v1.0/users?$filter=\(filter)".utf8), [])
    #expect(reply.status == 400)
  }

  @Test func `JSON that is nested without end is refused`() throws {
    for text in [
      String(repeating: "[", count: 1_000_000), String(repeating: #"{"a":"#, count: 200_000),
    ] {
      #expect(send("POST", Array("/v1.0/users".utf8), Array(text.utf8)).status == 400)
    }
  }

  @Test(arguments: ["/$batch", "/%24batch", "$batch"])
  func `a batch holds no batches`(url: String) throws {
    let inner = #"{"requests":[{"id":"1","method":"GET","url":"/users"}]}"#
    let body =
      #"{"requests":[{"id":"1","method":"POST","url":"\#(url)","headers":{"Content-Type":"#
      + #""application/json"},"body":\#(inner)}]}"#
    let reply = send("POST", Array("/v1.0/$batch".utf8), Array(body.utf8))
    let json = try JSONValue.parse(reply.body)
    let status = json["responses"]?.array?.first?["status"]?.integer ?? reply.status
    #expect(status == 400)
  }
}
