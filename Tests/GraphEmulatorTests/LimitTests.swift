import HTTP
import Testing

@testable import GraphEmulator

struct LimitTests {
  private static let start = Timestamp(milliseconds: 0)

  private static func operation(_ route: String) throws -> Operation {
    try #require(Operation.all.first { $0.route == route })
  }

  private static func charge(
    _ route: String,
    users: Int,
    app: String = "a"
  ) throws -> Limiter.Charge {
    let operation = try operation(route)
    return Limiter.Charge(
      operation: operation,
      units: operation.units,
      app: app,
      tenantID: .zero,
      users: users,
      selectsSignInActivity: false
    )
  }

  /// Uses up what there is every five seconds, for ten virtual minutes.
  private static func accepted(_ charge: Limiter.Charge) -> Int {
    var limiter = Limiter()
    var accepted = 0
    for seconds in stride(from: Int64(0), through: 600, by: 5) {
      let now = start.adding(seconds: seconds)
      while (try? limiter.charge(charge, now: now)) != nil { accepted += 1 }
    }
    return accepted
  }

  @Test(arguments: [(49, 213_500), (50, 305_000), (500, 305_000), (501, 488_000)])
  func `resource units refill continuously to the documented count`(users: Int, units: Int) throws {
    // Each call costs five units.
    let charge = try Self.charge("GET /groups/{}/transitiveMembers", users: users)
    let spent = Self.accepted(charge) * 5
    #expect(abs(spent - units) <= units / 100, "\(spent) of \(units)")
  }

  @Test func `writes and invitations have quotas of their own`() throws {
    let write = Double(Self.accepted(try Self.charge("PATCH /users/{}", users: 1000)))
    #expect(abs(write - (3000 + 20 * 600)) <= 150)
    let invitations = try Self.charge("POST /invitations", users: 1000)
    var limiter = Limiter()
    for _ in 0..<150 { _ = try limiter.charge(invitations, now: Self.start) }
    #expect(throws: GraphFailure.self) { try limiter.charge(invitations, now: Self.start) }
    // Another application draws on the same quota.
    let other = try Self.charge("POST /invitations", users: 1000, app: "b")
    #expect(throws: GraphFailure.self) { try limiter.charge(other, now: Self.start) }
  }

  @Test func `a refused call says when to come back, and waiting that long is enough`() throws {
    let charge = try Self.charge("GET /groups/{}/transitiveMembers", users: 10)
    var limiter = Limiter()
    var refused: GraphFailure?
    while refused == nil {
      do {
        _ = try limiter.charge(charge, now: Self.start)
      } catch {
        refused = error as? GraphFailure
      }
    }
    let failure = try #require(refused)
    #expect(failure.status == 429)
    #expect(failure.code == "TooManyRequests")
    let seconds = try #require(
      failure.headers.first { $0.name == "Retry-After" }.flatMap { Int64($0.value) }
    )
    #expect(failure.headers.contains { $0.name == "x-ms-throttle-scope" })
    #expect(failure.headers.contains { $0.value == "ResourceUnitLimitExceeded" })
    _ = try limiter.charge(charge, now: Self.start.adding(seconds: seconds))
  }

  @Test func `throttling is seen in and out of batches, and switched off on request`() async throws
  {
    let emulator = try await RunningEmulator()
    try await emulator.control(.post, "limits", ["retryAfter": false])
    var last = 0
    for number in 0..<160 {
      let answer = try await emulator.graph(
        .post,
        "/invitations",
        [
          "invitedUserEmailAddress": "p\(number)@fabrikam.example",
          "inviteRedirectUrl": "https://my.example",
        ]
      )
      last = answer.status
      if last == 429 {
        #expect(number == 150)
        #expect(answer.headers["Retry-After"] == nil)
        let inner = answer.body["error"]?["innerError"]
        #expect(inner?["code"] == "429")
        #expect(inner?["status"] == "429")
        #expect(inner?["message"] == "Please retry after")
        break
      }
    }
    #expect(last == 429)
    let batch = try await emulator.graph(
      .post,
      "/$batch",
      [
        "requests": [
          [
            "id": "1", "method": "POST", "url": "/invitations",
            "headers": ["Content-Type": "application/json"],
            "body": [
              "invitedUserEmailAddress": "x@fabrikam.example",
              "inviteRedirectUrl": "https://my.example",
            ],
          ]
        ]
      ]
    )
    #expect(batch.status == 200)
    #expect(batch.body["responses"]?.array?.first?["status"] == 429)
    // Time heals it.
    try await emulator.control(.post, "clock", ["advance": 5])
    let invitation: JSONValue = [
      "invitedUserEmailAddress": "y@fabrikam.example", "inviteRedirectUrl": "https://my.example",
    ]
    #expect(try await emulator.graph(.post, "/invitations", invitation).status == 201)
    try await emulator.control(.post, "limits", ["enforced": false])
    for _ in 0..<200 {
      #expect(try await emulator.graph(.post, "/invitations", invitation).status == 201)
    }
  }
}
