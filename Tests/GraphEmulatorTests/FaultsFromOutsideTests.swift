import GraphEmulator
import Testing

/// Each fault as it looks from outside: to the program `curl`, in front of the emulator's process.
struct FaultsFromOutsideTests {
  /// A fault that strikes one call, and what is seen of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let kind: FaultKind
    var exitCode = 0
    var status = 200
    var code: String?
    /// Header fields that are there, with how their values begin.
    var headers: [String: String] = [:]
    /// Whether the call did its work all the same.
    let isApplied: Bool
    var options: [String] = []
    var seconds: Int?
    /// Seconds until the reply begins, at least.
    var wait = 0.0

    var testDescription: String { kind.rawValue }
  }

  static let cases = [
    Case(
      kind: .throttle,
      status: 429,
      code: "TooManyRequests",
      headers: [
        "retry-after": "3", "x-ms-throttle-information": "CPULimitExceeded",
        "x-ms-throttle-scope": "Tenant_Application/ReadWrite/",
      ],
      isApplied: false,
      seconds: 3
    ),
    Case(kind: .error503, status: 503, code: "serviceNotAvailable", isApplied: false),
    Case(kind: .error500, status: 500, code: "Service_InternalServerError", isApplied: false),
    Case(
      kind: .conflict,
      status: 409,
      code: "Directory_ConcurrencyViolation",
      isApplied: false
    ),
    // 56: failure in receiving, here "connection reset by peer".
    Case(kind: .reset, exitCode: 56, status: 0, isApplied: false),
    // 18: the transfer ended before all that was announced had come.
    Case(kind: .truncate, exitCode: 18, headers: ["content-length": ""], isApplied: true),
    // 52: nothing was returned.
    Case(kind: .lost, exitCode: 52, status: 0, isApplied: true),
    Case(kind: .slow, isApplied: true, seconds: 1, wait: 1),
    // 28: the client's patience ended.
    Case(kind: .stall, exitCode: 28, status: 0, isApplied: true, options: ["--max-time", "1"]),
    Case(kind: .html200, headers: ["content-type": "text/html"], isApplied: false),
  ]

  @Test(arguments: cases) func `a call that is struck`(expected: Case) async throws {
    let curl = try await Curl()
    let rule: JSONValue = [
      "kind": .string(expected.kind.rawValue), "rate": 1, "route": "POST /users", "count": 1,
      "seconds": expected.seconds.map { .integer($0) } ?? .null,
    ]
    try await curl.control("faults", ["faults": [rule]])
    let path = "/users/\(Scenario.ana)/revokeSignInSessions"
    let answer = try await curl.graph("POST", path, options: expected.options)
    #expect(answer.exitCode == expected.exitCode)
    #expect(answer.status == expected.status)
    #expect(answer.code == expected.code)
    for (name, start) in expected.headers {
      #expect(answer.headers[name]?.hasPrefix(start) == true, "\(name)")
    }
    #expect(answer.wait >= expected.wait)
    if expected.kind == .html200 { #expect(answer.body.hasPrefix("<html>")) }
    // The tenant's own log says what was done.
    let log = try await curl.graph("GET", "/auditLogs/directoryAudits")
    #expect(log.value.count == (expected.isApplied ? 1 : 0))
    // It struck once, and the next call is served.
    let again = try await curl.graph("POST", path)
    #expect(again.exitCode == 0)
    #expect(again.status == 200)
  }

  @Test func `partial: the batch is 200, and some of its items are 503`() async throws {
    let curl = try await Curl()
    try await curl.control("faults", ["faults": [["kind": "partial", "rate": 0.4]], "seed": 7])
    let items = (0..<20).map { number -> JSONValue in
      ["id": "\(number)", "method": "GET", "url": "/users/\(Scenario.ana)?$select=id&n=\(number)"]
    }
    let answer = try await curl.graph("POST", "/$batch", ["requests": .array(items)])
    #expect(answer.exitCode == 0)
    #expect(answer.status == 200)
    let statuses = answer.json["responses"]?.array?.compactMap { $0["status"]?.integer } ?? []
    #expect(statuses.count == 20)
    #expect(Set(statuses) == [200, 503])
    // Alone, no call is an item.
    #expect(try await curl.graph("GET", "/users/\(Scenario.ana)").status == 200)
  }

  @Test func `lag: a write is answered, and reads see it when the clock has moved`() async throws {
    let curl = try await Curl()
    try await curl.fail(.lag, ["seconds": 30])
    let invited = try await curl.graph(
      "POST",
      "/invitations",
      ["invitedUserEmailAddress": "dan@fabrikam.example", "inviteRedirectUrl": "https://m.example"]
    )
    #expect(invited.status == 201)
    let id = try #require(invited.json["invitedUser"]?["id"]?.string)
    let fresh = try await curl.graph("GET", "/users/\(id)")
    #expect(fresh.status == 404)
    #expect(fresh.code == "Request_ResourceNotFound")
    try await curl.control("clock", ["advance": 31])
    #expect(try await curl.graph("GET", "/users/\(id)").status == 200)
  }

  @Test func `reorder: a delta repeats objects and changes their order`() async throws {
    let curl = try await Curl()
    let plain = try await curl.graph("GET", "/users/delta?$select=id").value
    try await curl.fail(.reorder)
    let answer = try await curl.graph("GET", "/users/delta?$select=id")
    #expect(answer.status == 200)
    #expect(answer.value.count > plain.count)
    #expect(Array(answer.value.prefix(plain.count)) != plain)
    let ids = { (values: [JSONValue]) in Set(values.compactMap { $0["id"]?.string }) }
    #expect(ids(answer.value) == ids(plain))
  }

  @Test func `expired: a page token is 400, a delta token 410 with a way to start over`()
    async throws
  {
    let curl = try await Curl()
    let page = try await curl.graph("GET", "/users?$top=1")
    let delta = try await curl.graph("GET", "/users/delta")
    try await curl.fail(.expired)
    let next = try #require(page.json["@odata.nextLink"]?.string)
    let refused = try await curl.graph("GET", next)
    #expect(refused.status == 400)
    #expect(refused.code == "Directory_ExpiredPageToken")
    let link = try #require(delta.json["@odata.deltaLink"]?.string)
    let gone = try await curl.graph("GET", link)
    #expect(gone.status == 410)
    let location = try #require(gone.headers["location"])
    #expect(location.hasSuffix("/v1.0/users/delta?$deltatoken="))
    // Which works once the tokens are believed again.
    try await curl.heal()
    #expect(try await curl.graph("GET", location).value.count == delta.value.count)
  }

  /// Sixty calls in the order that is given; what came of each, by its number.
  private func outcomes(_ numbers: some Sequence<Int>, seed: Int) async throws -> [Int: String] {
    let curl = try await Curl()
    let kinds: [FaultKind] = [.throttle, .error503, .reset, .truncate, .lost, .html200]
    let rules = kinds.map { kind -> JSONValue in ["kind": "\(kind.rawValue)", "rate": 0.1] }
    try await curl.control(
      "faults",
      ["faults": .array(rules), "seed": .integer(seed)]
    )
    var found: [Int: String] = [:]
    for number in numbers {
      let answer = try await curl.graph("GET", "/groups?$select=id&n=\(number)")
      found[number] = "\(answer.exitCode) \(answer.status) \(answer.headers["content-type"] ?? "")"
    }
    return found
  }

  @Test func `the same seed strikes the same calls of two processes, in whatever order`()
    async throws
  {
    let first = try await outcomes(0..<60, seed: 7)
    let second = try await outcomes((0..<60).reversed(), seed: 7)
    #expect(first == second)
    #expect(Set(first.values).count > 4, "of six faults and none")
    #expect(try await outcomes(0..<60, seed: 8) != first)
  }
}
