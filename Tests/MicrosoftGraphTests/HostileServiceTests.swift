internal import Access
internal import Crypto
internal import HTTP
@testable internal import MicrosoftGraph
internal import Platform
internal import TestSupport
internal import Testing

/// What a service that means harm, or is broken, cannot make the client say, hold or do.
struct HostileServiceTests {
  private static let block = TenantWrite(
    requestID: GUID(high: 0, low: 1),
    change: .block(Rig.id(1))
  )

  private static func failure(_ message: String, code: String = "x") -> String {
    "{\"error\":{\"code\":\"\(code)\",\"message\":\"\(message)\"}}"
  }

  @Test(arguments: Spelling.allCases)
  func `an error that repeats the client secret does not print it`(spelling: Spelling) async throws
  {
    let secret = spelling.of("s3cret&=")
    let rig = try Rig { _ in
      .reply(400, Self.failure("no: \(secret).", code: secret), fields: ["request-id": secret])
    }
    let error = await #expect(throws: TenantError.self) {
      try await rig.reader.observe(ObservationScope())
    }
    let text = "\(try #require(error))"
    #expect(!text.contains(secret))
    #expect(error?.message == "no: <redacted>.")
  }

  @Test(arguments: Spelling.allCases)
  func `an error that repeats the token does not print it`(spelling: Spelling) async throws {
    let token = Locked("")
    let rig = try Rig { _ in
      .reply(403, Self.failure("bad token \(spelling.of(token.withLock { $0 }))"))
    }
    let text = try await rig.connection.token().secret.reveal()
    token.withLock { $0 = text }
    let result = await rig.writer.perform([Self.block]).first
    guard case .failure(let error) = result else {
      Issue.record("a refused write succeeded")
      return
    }
    #expect(error.kind == .permission)
    #expect(error.message == "bad token <redacted>")
  }

  @Test func `a name that repeats the token is not taken over`() async throws {
    let token = Locked("")
    let rig = try Rig { _ in
      let name = "Ana \(token.withLock { $0 })"
      return .reply(
        200,
        "{\"value\":[{\"id\":\"\(Rig.id(1) as UserID)\",\"displayName\":\"\(name)\"}]}"
      )
    }
    let text = try await rig.connection.token().secret.reveal()
    token.withLock { $0 = text }
    let state = try await rig.reader.observe(ObservationScope())
    #expect(state.accounts[Rig.id(1)]?.displayName == "Ana <redacted>")
  }

  @Test func `a refused sign-in does not print what was shown for it`() async throws {
    let transport = AnsweringTransport { request in
      let body = String(decoding: request.body, as: UTF8.self)
      return ScriptedGraph.response(
        401,
        "{\"error\":\"\(body)\",\"error_description\":\"sent \(body)\",\"trace_id\":\"\(body)\"}",
        [:]
      )
    }
    let connection = try connection(transport)
    let error = await #expect(throws: TenantError.self) { try await connection.token() }
    let text = "\(try #require(error))"
    #expect(!text.contains("s3cret"))
    #expect(text.contains("grant_type=client_credentials"))
  }

  @Test(arguments: 30..<90)
  func `a long refusal that is cut in the middle of the secret prints no part of it`(
    words: Int
  ) async throws {
    // The first secret takes a long word along, so that what comes after it moves to the front.
    let long = "s3cret&=" + String(repeating: "q", count: 400)
    let text = long + String(repeating: " x", count: words) + " s3cret&="
    let connection = try connection(
      AnsweringTransport { _ in
        ScriptedGraph.response(401, "{\"error\":\"no\",\"error_description\":\"\(text)\"}", [:])
      }
    )
    let error = await #expect(throws: TenantError.self) { try await connection.token() }
    #expect(try !#require(error).message.contains("s3"))
  }

  @Test(arguments: Spelling.allCases)
  func `a redeem address that is repeated later is not printed`(spelling: Spelling) async throws {
    let address = "https://login.example/redeem?rd=hunter2hunter2"
    let rig = try Rig { message in
      guard message.path == "/invitations" else {
        return .reply(400, Self.failure("see \(spelling.of(address))"))
      }
      return .reply(
        201,
        "{\"invitedUser\":{\"id\":\"\(Rig.id(1) as UserID)\"},\"inviteRedeemUrl\":\"\(address)\"}"
      )
    }
    let invite = TenantWrite.Change.invite(
      address: "a@f.example",
      name: nil,
      InvitationSettings(send: false),
      sponsors: []
    )
    let writer = rig.writer
    let receipt = try #require(
      await writer.perform([TenantWrite(requestID: GUID(high: 0, low: 2), change: invite)]).first
    ).get()
    #expect(receipt.redeemURL?.reveal() == address)
    guard case .failure(let error) = await writer.perform([Self.block]).first else {
      Issue.record("a refused write succeeded")
      return
    }
    #expect(error.message == "see <redacted>")
  }

  @Test func `a refused endpoint is printed without its password`() {
    for text in ["http://user:s3cret@127.0.0.1:8080", "https://u:s3cret@graph.example/?k=s3cret"] {
      let error = #expect(throws: GraphSetupError.self) { try GraphEndpoints(loopback: text) }
      #expect(error?.description.contains("s3cret") == false)
    }
  }

  @Test func `a message of a megabyte is cut`() async throws {
    let long = String(repeating: "x", count: 1 << 20)
    let rig = try Rig { _ in
      .reply(400, Self.failure(long, code: long), fields: ["request-id": long])
    }
    let error = await #expect(throws: TenantError.self) {
      try await rig.reader.observe(ObservationScope())
    }
    #expect(error?.message == String(repeating: "x", count: 500) + "…")
    #expect(error?.code == String(repeating: "x", count: 100) + "…")
    #expect(error?.requestID == String(repeating: "x", count: 100) + "…")
  }

  @Test(arguments: [false, true])
  func `pages that never end are an error that names the limit`(areEmpty: Bool) async throws {
    let limits = ReadLimits(entries: 5000)
    let rig = try Rig(limits: limits) { message in
      let next = "http://127.0.0.1:9/v1.0/users?$skiptoken=\(message.number)"
      return .reply(200, ReadingTests.page(areEmpty ? [] : [1], next: next))
    }
    let error = await #expect(throws: TenantError.self) {
      try await rig.reader.observe(ObservationScope())
    }
    #expect(error?.kind == .malformedReply)
    #expect(error?.message == "the lists do not end; the limit is 5000 entries")
    #expect(rig.graph.messages.count == 51)
  }

  @Test func `pages that come slowly are an error that names the limit`() async throws {
    let clock = ManualClock()
    let rig = try Rig(clock: clock) { message in
      clock.advance(by: .seconds(60))
      let next = "http://127.0.0.1:9/v1.0/users?$skiptoken=\(message.number)"
      return .reply(200, ReadingTests.page([], next: next))
    }
    let error = await #expect(throws: TenantError.self) {
      try await rig.reader.observe(ObservationScope())
    }
    #expect(error?.kind == .unavailable)
    #expect(error?.message == "reading the tenant takes longer than 7200 seconds")
    #expect(rig.graph.messages.count == 121)
  }

  @Test func `a list that is looked through for an effect ends somewhere`() async throws {
    let rig = try Rig { message in
      guard message.method == "GET" else { return .reply(400, Self.failure("exists")) }
      let next = "http://127.0.0.1:9/v1.0/users/x/memberOf?$skiptoken=\(message.number)"
      return .reply(200, "{\"value\":[],\"@odata.nextLink\":\"\(next)\"}")
    }
    let join = TenantWrite(
      requestID: GUID(high: 0, low: 1),
      change: .join(Rig.id(1), Rig.id(2))
    )
    guard case .failure(let error) = await rig.writer.perform([join]).first else {
      Issue.record("an effect was seen that is nowhere")
      return
    }
    #expect(error.kind == .refused)
    #expect(rig.graph.messages.count == 101)
  }

  @Test func `a reply of millions of values is refused before it is read`() async throws {
    let bomb = "[" + String(repeating: ",", count: 2_000_000)
    let rig = try Rig { _ in .reply(200, bomb) }
    let error = await #expect(throws: TenantError.self) {
      try await rig.reader.observe(ObservationScope())
    }
    #expect(error?.kind == .malformedReply)
    #expect(error?.message.contains("the limit is 2000000") == true)
    #expect(rig.graph.trips.last?.limits.body == 32 << 20)
  }

  @Test func `a million levels of nesting do no harm`() async throws {
    let deep = String(repeating: "[", count: 1_000_000)
    for body in [deep, "{\"value\":\(deep)"] {
      let rig = try Rig { _ in .reply(200, body) }
      let error = await #expect(throws: TenantError.self) {
        try await rig.reader.observe(ObservationScope())
      }
      #expect(error?.kind == .malformedReply)
    }
  }

  @Test func `a batch that answers one request twice answers none`() async throws {
    let rig = try Rig { message in
      guard message.isInBatch else { return .reply(200, "{\"value\":[]}") }
      let reply = "{\"id\":\"0\",\"status\":200,\"body\":{\"value\":[]}}"
      let second = "{\"id\":\"1\",\"status\":200,\"body\":{\"value\":[]}}"
      return .whole(
        ScriptedGraph.response(200, "{\"responses\":[\(reply),\(second),\(reply)]}", [:])
      )
    }
    let error = await #expect(throws: TenantError.self) {
      try await rig.reader.observe(ObservationScope(groups: [Rig.id(1)]))
    }
    #expect(error?.kind == .malformedReply)
  }

  @Test func `a renewed token of another tenant is not used, for writes either`() async throws {
    let other = "5b2a9c3e-0000-4000-8000-00000000bad1"
    let count = Locked(0)
    let sent = Locked<[HTTPRequest]>([])
    let transport = AnsweringTransport { request in
      sent.withLock { $0.append(request) }
      guard request.url.target.hasSuffix("/token") else { return HTTPResponse(status: 204) }
      let number = count.withLock { count in
        count += 1
        return count
      }
      let claims = "{\"tid\":\"\(number == 1 ? ScriptedGraph.tenant : other)\"}"
      let token = "e30.\(Base64URL.encode(Array(claims.utf8))).c2ln"
      return ScriptedGraph.response(
        200,
        "{\"expires_in\":3599,\"access_token\":\"\(token)\"}",
        [:]
      )
    }
    let clock = ManualClock()
    let connection = try connection(transport, clock)
    let writer = GraphWriter(connection)
    #expect(try await writer.perform([Self.block])[0].get().effect == .changed)
    clock.advance(by: .seconds(3600))
    guard case .failure(let error) = await writer.perform([Self.block]).first else {
      Issue.record("a write went to another tenant")
      return
    }
    #expect(error.kind == .authentication)
    #expect(error.message.contains(other) && error.message.contains(ScriptedGraph.tenant))
    #expect(sent.withLock { $0.filter { $0.method == .patch }.count } == 1)
  }

  @Test(arguments: [
    TenantWrite.Change.block(Rig.id(1)), .delete(Rig.id(1)), .join(Rig.id(1), Rig.id(2)),
    .leave(Rig.id(1), Rig.id(2)), .assign(Rig.id(1), Rig.id(2), Rig.id(3)), .restore(Rig.id(1)),
    .revokeSessions(Rig.id(1)), .requestPackage(Rig.id(1), Rig.id(2), Rig.id(3)),
    .invite(address: "a@f.example", name: nil, InvitationSettings(), sponsors: []),
  ])
  func `a write without permission is told from one that is refused`(
    change: TenantWrite.Change
  ) async throws {
    let rig = try Rig { _ in .reply(403, Self.failure("no", code: "Authorization_RequestDenied")) }
    let write = TenantWrite(requestID: GUID(high: 0, low: 1), change: change)
    guard case .failure(let error) = await rig.writer.perform([write]).first else {
      Issue.record("a refused write succeeded")
      return
    }
    #expect(error.kind == .permission)
    #expect(error.hint?.contains("`") == true)
    #expect(rig.graph.messages.count == 1)
  }

  /// The ways in which a server may spell what it was sent.
  enum Spelling: CaseIterable {
    case plain, percentEncoded, lowerPercentEncoded, base64, base64WithPrefix, base64URL

    func of(_ text: String) -> String {
      switch self {
      case .plain: text
      case .percentEncoded: URLText.formEncoded(text)
      case .lowerPercentEncoded:
        URLText.formEncoded(text).replacing(#/%[0-9A-F]{2}/#) { $0.output.lowercased() }
      case .base64: Base64.encode(Array(text.utf8))
      case .base64WithPrefix: Base64.encode(Array("client:\(text)".utf8))
      case .base64URL: Base64URL.encode(Array("xy\(text)".utf8))
      }
    }
  }

  private func connection(
    _ transport: any Transport,
    _ clock: ManualClock = ManualClock()
  ) throws -> GraphConnection {
    GraphConnection(
      to: GraphEndpoints(cloud: .global),
      as: try Rig.identity(),
      transport: transport,
      clock: clock,
      randomness: SeededRandomness()
    )
  }
}
