internal import Access
internal import Crypto
internal import HTTP
internal import JSON
@testable internal import MicrosoftGraph
internal import Platform
internal import TestSupport

/// A transport on which a test plays sign-in and Graph: it sees each message, whether it came by
/// itself or in a batch, and says what comes back.
final class ScriptedGraph: Transport {
  private let state = Locked(State())
  private let answer: @Sendable (Message) -> Answer

  private struct State {
    var messages: [Message] = []
    var trips: [HTTPRequest] = []
    var tokens = 0
  }

  /// One message to Graph, counted from 0.
  struct Message: Sendable {
    var number: Int
    var method: String
    var path: String
    var body: String
    var fields: [String: String]
    var isInBatch: Bool
  }

  enum Answer: Sendable {
    case reply(Int, String = "", fields: [String: String] = [:])
    /// The whole trip ends so.
    case noReply(HTTPError.Kind, HTTPError.Delivery)
    case whole(HTTPResponse)
    /// The batch says nothing about this message.
    case nothing
  }

  static let tenant = "5b2a9c3e-0000-4000-8000-000000000001"

  init(_ answer: @escaping @Sendable (Message) -> Answer) { self.answer = answer }

  var messages: [Message] { state.withLock { $0.messages } }
  var trips: [HTTPRequest] { state.withLock { $0.trips } }
  var tokenCount: Int { state.withLock { $0.tokens } }

  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    state.withLock { $0.trips.append(request) }
    if request.url.target.hasSuffix("/oauth2/v2.0/token") { return token() }
    guard request.url.target == "/v1.0/$batch" else {
      let fields = Dictionary(
        request.headers.fields.map { ($0.name.lowercased(), $0.value) }
      ) { first, _ in first }
      let path = String(request.url.target.dropFirst("/v1.0".count))
      let body = String(decoding: request.body, as: UTF8.self)
      switch ask(request.method.rawValue, path, body, fields, isInBatch: false) {
      case .reply(let status, let body, let fields):
        return Self.response(status, body, fields)
      case .noReply(let kind, let delivery):
        throw HTTPError(kind, delivery: delivery, server: request.url.origin)
      case .whole(let response): return response
      case .nothing: return Self.response(500, "", [:])
      }
    }
    return try batch(request)
  }

  private func batch(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
    guard let document = Self.document(request.body), let items = document["requests"]?.array else {
      return Self.response(400, "{}", [:])
    }
    var replies: [String] = []
    for item in items {
      let fields = Dictionary(
        (item["headers"]?.object ?? [:]).map { ($0.key.lowercased(), $0.value.string ?? "") }
      ) { first, _ in first }
      let body = item["body"].map { Self.text(of: $0) } ?? ""
      let path = item["url"]?.string ?? ""
      switch ask(item["method"]?.string ?? "", path, body, fields, isInBatch: true) {
      case .reply(let status, let body, let fields):
        let text = Self.text(of: fields)
        let id = item["id"]?.string ?? ""
        replies.append(
          "{\"id\":\"\(id)\",\"status\":\(status),\"headers\":\(text)"
            + (body.isEmpty ? "}" : ",\"body\":\(body)}")
        )
      case .noReply(let kind, let delivery):
        throw HTTPError(kind, delivery: delivery, server: request.url.origin)
      case .whole(let response): return response
      case .nothing: break
      }
    }
    // In another order than they were asked in, as Graph does.
    return Self.response(
      200,
      "{\"responses\":[\(replies.reversed().joined(separator: ","))]}",
      ["Date": "Thu, 01 Jan 2026 00:00:00 GMT"]
    )
  }

  private static func text(of value: some Encodable) -> String {
    String(decoding: (try? CanonicalJSONEncoder().encode(value)) ?? [], as: UTF8.self)
  }

  /// A text as JSON; `nil` where it is none.
  static func document(_ bytes: [UInt8]) -> JSONDocument? {
    try? ForeignJSONDecoder().decode(JSONDocument.self, from: bytes)
  }

  private func ask(
    _ method: String,
    _ path: String,
    _ body: String,
    _ fields: [String: String],
    isInBatch: Bool
  ) -> Answer {
    let message = state.withLock { state in
      let message = Message(
        number: state.messages.count,
        method: method,
        path: path,
        body: body,
        fields: fields,
        isInBatch: isInBatch
      )
      state.messages.append(message)
      return message
    }
    return answer(message)
  }

  private func token() -> HTTPResponse {
    let count = state.withLock { state in
      state.tokens += 1
      return state.tokens
    }
    let claims = "{\"tid\":\"\(Self.tenant)\",\"roles\":[\"User.Read.All\"],\"n\":\(count)}"
    let token = "e30.\(Base64URL.encode(Array(claims.utf8))).c2ln"
    let body = "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"\(token)\"}"
    return Self.response(200, body, [:])
  }

  static func response(_ status: Int, _ body: String, _ fields: [String: String]) -> HTTPResponse {
    HTTPResponse(
      status: status,
      headers: HTTPHeaders(
        fields.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
      ),
      body: Array(body.utf8)
    )
  }
}

/// What every test of this module talks through.
struct Rig {
  let clock: ManualClock
  let graph: ScriptedGraph
  let connection: GraphConnection

  init(
    maxRequests: Int? = nil,
    limits: ReadLimits = ReadLimits(),
    clock: ManualClock = ManualClock(),
    _ answer: @escaping @Sendable (ScriptedGraph.Message) -> ScriptedGraph.Answer
  ) throws {
    self.clock = clock
    graph = ScriptedGraph(answer)
    connection = GraphConnection(
      to: try GraphEndpoints(loopback: "http://127.0.0.1:9"),
      as: try Rig.identity(),
      transport: graph,
      clock: clock,
      randomness: SeededRandomness(),
      maxRequests: maxRequests,
      limits: limits
    )
  }

  static func identity() throws -> GraphIdentity {
    guard
      let identity = GraphIdentity(
        tenant: ScriptedGraph.tenant,
        proof: .secret(client: "client", Secret("s3cret&="))
      )
    else { throw Unusable() }
    return identity
  }

  struct Unusable: Error {}

  var reader: GraphReader { GraphReader(connection, normalise: Rig.normalise) }
  var writer: GraphWriter { GraphWriter(connection) }

  static let normalise: @Sendable (String) -> EmailAddress? = {
    EmailAddress(normalised: $0.lowercased())
  }

  /// An identifier that ends in a number.
  static func id<ID: Identifier>(_ number: UInt64) -> ID { ID(GUID(high: 0xA, low: number)) }
}
