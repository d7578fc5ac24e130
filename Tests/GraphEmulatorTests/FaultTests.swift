import GraphEmulator
import HTTP
import Testing

struct FaultTests {
  private func set(_ emulator: RunningEmulator, _ fault: JSONValue) async throws {
    #expect(
      try await emulator.control(.post, "faults", ["faults": [fault], "seed": 7]).status == 200
    )
  }

  private static let one = "/users/\(Scenario.ana)?$select=accountEnabled"

  @Test(
    arguments: [
      ("throttle", 429, "TooManyRequests"), ("error503", 503, "serviceNotAvailable"),
      ("error500", 500, "Service_InternalServerError"),
    ]
  ) func `an error strikes before anything is applied`(
    kind: String,
    status: Int,
    code: String
  )
    async throws
  {
    let emulator = try await RunningEmulator()
    try await set(emulator, ["kind": "\(kind)", "rate": 1, "route": "PATCH", "count": 1])
    let path = "/users/\(Scenario.ana)"
    let struck = try await emulator.graph(.patch, path, ["accountEnabled": false])
    #expect(struck.status == status)
    #expect(struck.code == code)
    #expect(try await emulator.graph(.get, Self.one).body["accountEnabled"] == true)
    #expect(try await emulator.graph(.patch, path, ["accountEnabled": false]).status == 204)
  }

  @Test(arguments: ["lost", "truncate"])
  func `a lost or truncated reply was applied all the same`(kind: String) async throws {
    let emulator = try await RunningEmulator()
    try await set(emulator, ["kind": "\(kind)", "rate": 1, "route": "POST", "count": 1])
    await #expect(throws: HTTPError.self) {
      try await emulator.onNewConnection.graph(
        .post,
        "/users/\(Scenario.ana)/revokeSignInSessions"
      )
    }
    let counts = try await emulator.control(.get, "counts").body
    #expect(counts["total"]?["writes"] == 1)
  }

  @Test func `a reset connection was not applied`() async throws {
    let emulator = try await RunningEmulator()
    try await set(emulator, ["kind": "reset", "rate": 1, "route": "POST", "count": 1])
    await #expect(throws: HTTPError.self) {
      try await emulator.onNewConnection.graph(
        .post,
        "/users/\(Scenario.ana)/revokeSignInSessions"
      )
    }
    #expect(try await emulator.control(.get, "counts").body["total"]?["writes"] == 0)
  }

  @Test func `a page of HTML comes with status 200`() async throws {
    let emulator = try await RunningEmulator()
    try await set(emulator, ["kind": "html200", "rate": 1, "route": "GET /v1.0/users", "count": 1])
    let answer = try await emulator.unchecked(.get, Self.one)
    #expect(answer.status == 200)
    #expect(answer.headers["Content-Type"] == "text/html")
    #expect(answer.body == .null)
  }

  @Test func `a slow reply comes late, and a stalled one when it is released`() async throws {
    let emulator = try await RunningEmulator()
    try await set(
      emulator,
      ["kind": "slow", "rate": 1, "route": "GET /v1.0/users", "seconds": 1, "count": 1]
    )
    let clock = ContinuousClock()
    let took = try await clock.measure { _ = try await emulator.graph(.get, Self.one) }
    #expect(took >= .seconds(1))
    // Nothing else waits for a reply that never comes.
    try await set(emulator, ["kind": "stall", "rate": 1, "route": "GET /v1.0/users", "count": 1])
    let stalled = Task { try await emulator.graph(.get, Self.one) }
    while try await emulator.control(.get, "faults").body["faults"]?.array?.first?["struck"] != 1 {
      await Task.yield()
    }
    #expect(try await emulator.graph(.get, "/groups").status == 200)
    stalled.cancel()
    await #expect(throws: (any Error).self) { try await stalled.value }
  }

  @Test func `some items of a batch fail, the same ones for the same seed`() async throws {
    let items = (0..<20).map { number -> JSONValue in
      ["id": "\(number)", "method": "GET", "url": "/users/\(Scenario.ana)?$select=id&n=\(number)"]
    }
    var runs: [[Int?]] = []
    for _ in 0..<2 {
      let emulator = try await RunningEmulator()
      try await set(emulator, ["kind": "partial", "rate": 0.4])
      let reply = try await emulator.graph(.post, "/$batch", ["requests": .array(items)])
      runs.append(reply.body["responses"]?.array?.map { $0["status"]?.integer } ?? [])
    }
    #expect(runs[0] == runs[1])
    #expect(Set(runs[0]) == [200, 503])
  }

  @Test func `a write lags behind for reads and settles by the clock`() async throws {
    let emulator = try await RunningEmulator { $0.lagSeconds = 30 }
    let path = "/users/\(Scenario.ana)"
    _ = try await emulator.graph(.patch, path, ["accountEnabled": false])
    #expect(try await emulator.graph(.get, Self.one).body["accountEnabled"] == true)
    let invited = try await emulator.graph(
      .post,
      "/invitations",
      ["invitedUserEmailAddress": "dan@fabrikam.example", "inviteRedirectUrl": "https://m.example"]
    )
    let id = try #require(invited.body["invitedUser"]?["id"]?.string)
    #expect(try await emulator.graph(.get, "/users/\(id)").status == 404)
    let assigned = "/servicePrincipals/\(Scenario.expenses)/appRoleAssignedTo"
    let granted = try await emulator.graph(
      .post,
      assigned,
      [
        "principalId": "\(Scenario.bo)", "resourceId": "\(Scenario.expenses)",
        "appRoleId": "\(Scenario.approver)",
      ]
    )
    #expect(granted.status == 201)
    let members = "/groups/\(Scenario.suppliers)/members"
    #expect(try await emulator.graph(.delete, "\(members)/\(Scenario.ana)/$ref").status == 204)
    #expect(try await emulator.graph(.delete, "/users/\(Scenario.carl)").status == 204)
    #expect(try await emulator.graph(.get, assigned).value.count == 1)
    #expect(try await emulator.graph(.get, members).value.count == 1)
    #expect(try await emulator.graph(.get, "/users/\(Scenario.carl)").status == 200)

    try await emulator.control(.post, "clock", ["advance": 30])
    #expect(try await emulator.graph(.get, Self.one).body["accountEnabled"] == false)
    #expect(try await emulator.graph(.get, "/users/\(id)").status == 200)
    #expect(try await emulator.graph(.get, assigned).value.count == 2)
    #expect(try await emulator.graph(.get, members).value.isEmpty)
    #expect(try await emulator.graph(.get, "/users/\(Scenario.carl)").status == 404)
  }

  @Test func `tokens expire: a page with 400, a delta with 410 and a way to start over`()
    async throws
  {
    let emulator = try await RunningEmulator()
    let page = try await emulator.graph(.get, "/users?$top=1")
    let delta = try await emulator.graph(.get, "/users/delta")
    try await set(emulator, ["kind": "expired", "rate": 1])
    let next = try #require(page.body["@odata.nextLink"]?.string)
    #expect(try await emulator.graph(.get, next).code == "Directory_ExpiredPageToken")
    let link = try #require(delta.body["@odata.deltaLink"]?.string)
    let gone = try await emulator.graph(.get, link)
    #expect(gone.status == 410)
    #expect(gone.headers["Location"]?.hasSuffix("/v1.0/users/delta?$deltatoken=") == true)
  }

  @Test func `a delta repeats and reorders`() async throws {
    let emulator = try await RunningEmulator()
    let plain = try await emulator.graph(.get, "/users/delta?$select=id")
    try await set(emulator, ["kind": "reorder", "rate": 1])
    let shuffled = try await emulator.graph(.get, "/users/delta?$select=id")
    #expect(shuffled.value.count > plain.value.count)
    let ids = Set(plain.value.map { $0["id"]?.string })
    #expect(Set(shuffled.value.map { $0["id"]?.string }) == ids)
  }
}
