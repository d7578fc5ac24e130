import GraphEmulator
import HTTP
import TestSupport
import Testing

/// An emulator inside the test's process, reached over HTTP; every reply of Graph is held to the
/// API description.
struct RunningEmulator {
  let server: EmulatorServer
  private var transport = CurlTransport()
  private var token: String
  private let number: Int

  /// 2026-11-20T12:00:00Z, the time of the emulator until a test moves it.
  static let noon = Timestamp(milliseconds: 1_795_176_000_000)

  init(
    _ scenario: JSONValue = Scenario.contoso,
    client number: Int = 0,
    configure: (inout EmulatorConfiguration) -> Void = { _ in }
  ) async throws {
    var configuration = EmulatorConfiguration(clock: EmulatorClock { Self.noon })
    configuration.source = .scenario(scenario.bytes)
    configure(&configuration)
    server = try await EmulatorServer.start(configuration)
    self.number = number
    token = ""
    token = try await Self.token(server, number, transport)
  }

  /// The same emulator with a token of now.
  func signedInAgain() async throws -> RunningEmulator {
    var copy = self
    copy.token = try await Self.token(server, number, transport)
    return copy
  }

  private static func token(
    _ server: EmulatorServer,
    _ number: Int,
    _ transport: CurlTransport
  ) async throws -> String {
    let client = server.clients[number]
    let form =
      "grant_type=client_credentials&client_id=\(client.clientID)"
      + "&client_secret=\(client.secret?.revealed ?? "")"
      + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
    let url = try #require(HTTPURL("\(server.baseURL)/\(server.tenantID)/oauth2/v2.0/token"))
    let response = try await transport.send(
      HTTPRequest(
        .post,
        url,
        headers: HTTPHeaders([("Content-Type", "application/x-www-form-urlencoded")]),
        body: Array(form.utf8)
      )
    )
    #expect(response.headers["Cache-Control"]?.contains("no-store") == true)
    return try #require(try JSONValue.parse(response.body)["access_token"]?.string)
  }

  /// The same emulator over a connection of its own: libcurl sends a request again by itself where
  /// a connection that it had used before ends without a reply.
  var onNewConnection: RunningEmulator {
    var copy = self
    copy.transport = CurlTransport()
    return copy
  }

  struct Answer {
    let status: Int
    let headers: HTTPHeaders
    let body: JSONValue

    /// The code of Graph's error envelope.
    var code: String? { body["error"]?["code"]?.string }
    var message: String? { body["error"]?["message"]?.string }
    /// The items of a list.
    var value: [JSONValue] { body["value"]?.array ?? [] }
  }

  /// Sends a call to Graph below `/v1.0`, or to a whole address such as a next link.
  func graph(
    _ method: HTTPMethod = .get,
    _ path: String,
    _ body: JSONValue? = nil,
    headers: [(String, String)] = [],
    isChecked: Bool = true,
    location: SourceLocation = #_sourceLocation
  ) async throws -> Answer {
    let address = path.hasPrefix("http") ? path : "\(server.baseURL)/v1.0\(path)"
    let answer = try await send(
      method,
      address,
      body,
      headers: headers + [("Authorization", "Bearer \(token)")]
    )
    if isChecked, let checker = GraphConformance.shared {
      let target = address.dropFirst("\(server.baseURL)/v1.0".utf8.count)
      let problems = checker.violations(
        method: method.rawValue,
        target: String(target),
        requestBody: body?.bytes ?? [],
        status: answer.status,
        body: answer.bytes
      )
      #expect(problems.isEmpty, "\(method.rawValue) \(path)", sourceLocation: location)
    }
    return answer.answer
  }

  /// Sends a call to Graph that bears no token.
  func anonymous(_ path: String) async throws -> Answer {
    try await send(.get, "\(server.baseURL)/v1.0\(path)", nil, headers: []).answer
  }

  /// Sends a call to Graph whose reply is not Graph's.
  func unchecked(_ method: HTTPMethod, _ path: String) async throws -> Answer {
    let headers = [("Authorization", "Bearer \(token)")]
    return try await send(method, "\(server.baseURL)/v1.0\(path)", nil, headers: headers).answer
  }

  /// Sends a request to the emulator's own routes.
  @discardableResult
  func control(
    _ method: HTTPMethod = .get,
    _ name: String,
    _ body: JSONValue? = nil
  ) async throws
    -> Answer
  {
    try await send(method, "\(server.baseURL)/_emulator/\(name)", body, headers: []).answer
  }

  private func send(
    _ method: HTTPMethod,
    _ address: String,
    _ body: JSONValue?,
    headers: [(String, String)]
  ) async throws -> (answer: Answer, status: Int, bytes: [UInt8]) {
    var fields = headers.map { (name: $0.0, value: $0.1) }
    if body != nil { fields.append((name: "Content-Type", value: "application/json")) }
    let url = try #require(HTTPURL(address))
    let response = try await transport.send(
      HTTPRequest(method, url, headers: HTTPHeaders(fields), body: body?.bytes ?? [])
    )
    let json = response.body.isEmpty ? .null : (try? JSONValue.parse(response.body)) ?? .null
    return (
      Answer(status: response.status, headers: response.headers, body: json), response.status,
      response.body
    )
  }
}
