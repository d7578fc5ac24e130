internal import Access
internal import HTTP
@testable internal import MicrosoftGraph
internal import TestSupport
internal import Testing

/// What a reading asks, and that what it did not get never looks like what is not there.
struct ReadingTests {
  @Test func `guests come in pages, and every page is followed`() async throws {
    let rig = try Rig { message in
      switch message.number {
      case 0: .reply(200, Self.page([1, 2], next: "http://127.0.0.1:9/v1.0/users?$skiptoken=a"))
      case 1: .reply(200, Self.page([3], next: "http://127.0.0.1:9/v1.0/users?$skiptoken=b"))
      default: .reply(200, Self.page([]))
      }
    }
    let state = try await rig.reader.observe(ObservationScope())
    #expect(Set(state.accounts.keys) == Set([1, 2, 3].map { Rig.id($0) }))
    #expect(
      rig.graph.messages.map(\.path).dropFirst() == [
        "/users?$skiptoken=a", "/users?$skiptoken=b",
      ]
    )
    #expect(rig.graph.messages.first?.path.contains("$top=999") == true)
    #expect(state.cost == ReadCost(requests: 3, roundTrips: 4, resourceUnits: 3))
  }

  @Test(arguments: [
    "https://evil.example/v1.0/users", "http://127.0.0.1:10/v1.0/users", "/v1.0/users",
    "http://127.0.0.1:9@evil.example/v1.0/users", "http://127.0.0.1:9/beta/users",
    "http://127.0.0.1:9/v1.0/users?$filter=userType%20eq",
  ])
  func `a link that leads elsewhere is an error and is not followed`(link: String) async throws {
    let rig = try Rig { message in
      let own = "http://127.0.0.1:9/v1.0" + message.path
      return .reply(200, Self.page([1], next: link.hasSuffix("eq") ? own : link))
    }
    let error = await #expect(throws: TenantError.self) {
      try await rig.reader.observe(ObservationScope())
    }
    #expect(error?.kind == .malformedReply)
    #expect(rig.graph.trips.allSatisfy { $0.url.origin == "http://127.0.0.1:9" })
    #expect(rig.graph.messages.count == 1)
  }

  @Test(arguments: [
    Broken("no JSON", .reply(200, "<html>hello</html>"), .malformedReply),
    Broken("half a body", .reply(200, "{\"value\":[{\"id\":"), .malformedReply),
    Broken("no value", .reply(200, "{}"), .malformedReply),
    Broken("value of another kind", .reply(200, "{\"value\":{}}"), .malformedReply),
    Broken("no body", .reply(200), .malformedReply),
    Broken("a guest without id", .reply(200, "{\"value\":[{}]}"), .malformedReply),
    Broken(
      "forbidden",
      .reply(403, "{\"error\":{\"code\":\"Authorization_RequestDenied\"}}"),
      .permission
    ),
    Broken("not found", .reply(404, "{}"), .notFound),
    Broken("refused", .reply(400, "{}"), .refused),
    Broken("failing", .reply(500, "oops"), .unavailable),
    Broken("throttled", .reply(429), .throttled),
    Broken("reset", .noReply(.interrupted, .perhapsSent), .unavailable),
    Broken("nothing there", .noReply(.couldNotConnect, .notSent), .unreachable),
    Broken("untrusted", .noReply(.tls, .notSent), .unreachable),
    Broken("a redirect", .reply(302), .refused),
  ])
  func `a page that fails half-way is an error for the whole reading`(broken: Broken) async throws {
    let rig = try Rig { message in
      message.number == 0
        ? .reply(200, Self.page([1], next: "http://127.0.0.1:9/v1.0/users?$skiptoken=a"))
        : broken.answer
    }
    let error = await #expect(throws: TenantError.self) {
      try await rig.reader.observe(ObservationScope())
    }
    #expect(error?.kind == broken.kind)
    #expect(error?.operation == "reading the guests")
  }

  @Test func `a missing permission is named`() async throws {
    let rig = try Rig { _ in
      .reply(403, "{\"error\":{\"code\":\"Authorization_RequestDenied\",\"message\":\"no\"}}")
    }
    let error = await #expect(throws: TenantError.self) {
      try await rig.reader.observe(ObservationScope())
    }
    #expect(error?.hint?.contains("`User.Read.All`") == true)
    #expect(error?.message == "no")
  }

  @Test func `what passes is waited out, for as long as the service says`() async throws {
    let rig = try Rig { message in
      switch message.number {
      case 0: .reply(429, fields: ["Retry-After": "7"])
      case 1: .reply(503)
      case 2: .noReply(.interrupted, .perhapsSent)
      default: .reply(200, Self.page([1]))
      }
    }
    let state = try await rig.reader.observe(ObservationScope())
    #expect(state.accounts.count == 1)
    #expect(rig.clock.sleeps.count == 3)
    #expect(rig.clock.sleeps[0] >= .seconds(7))
    #expect(state.cost.requests == 4)
  }

  @Test func `of a batch only what was throttled is asked again`() async throws {
    let apps = Set((1...15).map { Rig.id($0) as AppID })
    let rig = try Rig { message in
      if message.path.hasPrefix("/users") { return .reply(200, Self.page([])) }
      if message.path.hasPrefix("/servicePrincipals?") { return .reply(200, Self.apps(1...15)) }
      let isFirst = message.fields["x-seen"] == nil && message.number < 17
      return isFirst && message.number % 3 == 0
        ? .reply(429, "{}", fields: ["Retry-After": "\(message.number)"])
        : .reply(200, "{\"value\":[]}")
    }
    let state = try await rig.reader.observe(ObservationScope(apps: apps))
    #expect(state.apps.count == 15)
    let asked = rig.graph.messages.filter { $0.path.contains("appRoleAssignedTo") }
    let again = Dictionary(grouping: asked, by: \.path).filter { $0.value.count == 2 }
    #expect(again.count == 5)
    #expect(asked.count == 20)
    #expect(rig.clock.sleeps.count == 1)
    #expect(rig.clock.sleeps.first.map { $0 >= .seconds(15) } == true)
  }

  @Test(arguments: [ScriptedGraph.Answer.nothing, .reply(200, "{}"), .reply(200, "\"text\"")])
  func `a batch that leaves a reply out, or its value, is an error`(
    answer: ScriptedGraph.Answer
  ) async throws {
    let groups = Set((1...3).map { Rig.id($0) as GroupID })
    let rig = try Rig { message in
      if message.path.hasPrefix("/users") { return .reply(200, Self.page([])) }
      return message.path.contains("000002/members") ? answer : .reply(200, "{\"value\":[]}")
    }
    let error = await #expect(throws: TenantError.self) {
      try await rig.reader.observe(ObservationScope(groups: groups))
    }
    #expect(error?.kind == .malformedReply)
  }

  @Test func `the budget of requests is kept, items of batches included`() async throws {
    let groups = Set((1...3).map { Rig.id($0) as GroupID })
    for (limit, isEnough) in [(4, false), (5, true)] {
      let rig = try Rig(maxRequests: limit) { message in .reply(200, Self.page([])) }
      let scope = ObservationScope(groups: groups)
      let result = await Result { try await rig.reader.observe(scope) }
      #expect(rig.graph.messages.count <= limit)
      switch result {
      case .success: #expect(isEnough)
      case .failure(let error):
        #expect(!isEnough)
        #expect((error as? TenantError)?.kind == .budgetExhausted)
      }
    }
  }

  static func page(_ numbers: [UInt64], next: String? = nil) -> String {
    let items = numbers.map { "{\"id\":\"\(Rig.id($0) as UserID)\",\"userType\":\"Guest\"}" }
    let link = next.map { ",\"@odata.nextLink\":\"\($0)\"" } ?? ""
    return "{\"value\":[\(items.joined(separator: ","))]\(link)}"
  }

  static func apps(_ numbers: ClosedRange<UInt64>) -> String {
    let items = numbers.map {
      "{\"id\":\"\(Rig.id($0 + 100) as ServicePrincipalID)\",\"appId\":\"\(Rig.id($0) as AppID)\"}"
    }
    return "{\"value\":[\(items.joined(separator: ","))]}"
  }

  struct Broken: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var answer: ScriptedGraph.Answer
    var kind: TenantError.Kind

    init(_ name: String, _ answer: ScriptedGraph.Answer, _ kind: TenantError.Kind) {
      testDescription = name
      self.answer = answer
      self.kind = kind
    }
  }
}

extension Result where Failure == any Error {
  /// Runs a body and keeps what became of it.
  init(_ body: () async throws -> Success) async {
    do { self = .success(try await body()) } catch { self = .failure(error) }
  }
}
