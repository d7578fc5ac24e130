internal import Access
internal import HTTP
@testable internal import MicrosoftGraph
internal import Platform
internal import TestSupport
internal import Testing

/// How a token is got and kept, and where credentials never go.
struct SignInTests {
  @Test func `a secret is sent to the tenant's token endpoint, encoded`() async throws {
    let rig = try Rig { _ in .reply(200, "{\"value\":[]}") }
    #expect(try await rig.reader.tenant() == TenantID(ScriptedGraph.tenant))
    let request = try #require(rig.graph.trips.first)
    #expect(request.method == .post)
    #expect(request.url.target == "/\(ScriptedGraph.tenant)/oauth2/v2.0/token")
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == "grant_type=client_credentials&client_id=client"
        + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&client_secret=s3cret%26%3D"
    )
    #expect(try await rig.connection.token().permissions == ["User.Read.All"])
  }

  @Test func `a token is used until shortly before it expires`() async throws {
    let rig = try Rig { _ in .reply(200, "{\"value\":[]}") }
    for _ in 0..<3 { _ = try await rig.reader.observe(ObservationScope()) }
    #expect(rig.graph.tokenCount == 1)
    rig.clock.advance(by: .seconds(3298))
    _ = try await rig.reader.observe(ObservationScope())
    #expect(rig.graph.tokenCount == 1)
    rig.clock.advance(by: .seconds(1))
    _ = try await rig.reader.observe(ObservationScope())
    #expect(rig.graph.tokenCount == 2)
  }

  @Test func `a caller that asks while a token is fetched waits for the same`() async throws {
    let rig = try Rig { _ in .reply(200, "{\"value\":[]}") }
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<20 { group.addTask { _ = try? await rig.connection.token() } }
    }
    #expect(rig.graph.tokenCount == 1)
  }

  @Test func `a token that Graph refuses is replaced once`() async throws {
    let rig = try Rig { message in
      message.number == 0 ? .reply(401, "{}") : .reply(200, "{\"value\":[]}")
    }
    _ = try await rig.reader.observe(ObservationScope())
    #expect(rig.graph.tokenCount == 2)
    let used = rig.graph.trips.compactMap { $0.headers["authorization"] }
    #expect(Set(used).count == 2)
  }

  @Test(arguments: [
    Refusal(400, "invalid_client", .authentication),
    Refusal(401, "invalid_client", .authentication),
    Refusal(400, "unauthorized_client", .authentication), Refusal(429, "temporarily", .throttled),
    Refusal(503, "temporarily", .unavailable),
  ])
  func `a refused sign-in says so in the server's first line`(refusal: Refusal) async throws {
    let clock = ManualClock()
    let transport = AnsweringTransport { _ in
      ScriptedGraph.response(
        refusal.status,
        "{\"error\":\"\(refusal.code)\",\"error_description\":\"AADSTS7: no.\\r\\nTrace ID: x\"}",
        [:]
      )
    }
    let connection = try connection(transport, clock)
    let error = await #expect(throws: TenantError.self) { try await connection.token() }
    #expect(error?.kind == refusal.kind)
    #expect(error?.code == refusal.code)
    #expect(error?.message == "AADSTS7: no.")
    #expect(clock.sleeps.isEmpty == (refusal.kind == .authentication))
  }

  @Test(arguments: [
    "<html>", "{}", "{\"access_token\":\"x\",\"expires_in\":3599}",
    "{\"access_token\":\"e30.e30.x\",\"expires_in\":3599}",
    "{\"access_token\":\"e30.eyJ0aWQiOiI1YjJhOWMzZS0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDEifQ.x\"}",
  ])
  func `a reply without a token that names its tenant is malformed`(body: String) async throws {
    let transport = AnsweringTransport { _ in ScriptedGraph.response(200, body, [:]) }
    let connection = try connection(transport, ManualClock())
    let error = await #expect(throws: TenantError.self) { try await connection.token() }
    #expect(error?.kind == .malformedReply)
  }

  @Test func `a tenant that does not answer is unreachable, at once`() async throws {
    let clock = ManualClock()
    let transport = AnsweringTransport { request throws(HTTPError) in
      throw HTTPError(.couldNotConnect, delivery: .notSent, server: request.url.origin)
    }
    let connection = try connection(transport, clock)
    let error = await #expect(throws: TenantError.self) { try await connection.token() }
    #expect(error?.kind == .unreachable)
    #expect(clock.sleeps.isEmpty)
  }

  @Test(arguments: [
    "https://graph.microsoft.com", "http://10.0.0.1:80", "http://127.0.0.1.evil.example",
    "http://127.0.0.1/path", "http://user@127.0.0.1", "ftp://127.0.0.1", "", "127.0.0.1:80",
  ])
  func `an endpoint beyond this machine is refused`(text: String) {
    #expect(throws: GraphSetupError.self) { try GraphEndpoints(loopback: text) }
  }

  @Test(arguments: TenantDeclaration.Cloud.allCases)
  func `every cloud has its own two servers, over TLS`(cloud: TenantDeclaration.Cloud) {
    let endpoints = GraphEndpoints(cloud: cloud)
    #expect(endpoints.login.scheme == .https && endpoints.graph.scheme == .https)
    #expect(endpoints.admits(endpoints.login) && endpoints.admits(endpoints.graph))
    for other in TenantDeclaration.Cloud.allCases where other != cloud {
      #expect(!endpoints.admits(GraphEndpoints(cloud: other).graph))
    }
  }

  @Test func `nothing prints a token`() async throws {
    let rig = try Rig { _ in .reply(200, "{\"value\":[]}") }
    let token = try await rig.connection.token()
    var text = "\(token)" + String(reflecting: token)
    dump(token, to: &text)
    #expect(!text.contains(token.secret.reveal()))
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    var status: Int
    var code: String
    var kind: TenantError.Kind
    var testDescription: String { "\(status) \(code)" }

    init(_ status: Int, _ code: String, _ kind: TenantError.Kind) {
      self.status = status
      self.code = code
      self.kind = kind
    }
  }

  private func connection(
    _ transport: any Transport,
    _ clock: ManualClock
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

/// A transport that is a function.
struct AnsweringTransport: Transport {
  let answer: @Sendable (HTTPRequest) throws(HTTPError) -> HTTPResponse

  init(_ answer: @escaping @Sendable (HTTPRequest) throws(HTTPError) -> HTTPResponse) {
    self.answer = answer
  }

  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse { try answer(request) }
}
