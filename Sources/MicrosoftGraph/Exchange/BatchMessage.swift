internal import Access
internal import HTTP

/// The two shapes in which messages travel: one as itself, up to twenty as `$batch` (FACTS section
/// 6).
enum BatchMessage {
  /// How many messages a batch may hold.
  static let largest = 20

  /// One message as a request; `nil` where its path cannot stand in an address.
  static func request(_ message: GraphMessage, to endpoints: GraphEndpoints) -> HTTPRequest? {
    guard let url = endpoints.graph.replacingTarget("/v1.0" + message.path) else { return nil }
    var request = HTTPRequest(message.method, url, headers: headers(message))
    if let body = message.body { request.body = body.bytes }
    return request
  }

  /// Messages as one batch; `nil` where a path cannot stand in an address.
  static func request(_ messages: [GraphMessage], to endpoints: GraphEndpoints) -> HTTPRequest? {
    guard let url = endpoints.graph.replacingTarget("/v1.0/$batch"),
      // An item's address is read by the service as part of its own: it is held to the same form.
      messages.allSatisfy({ endpoints.graph.replacingTarget($0.path) != nil })
    else { return nil }
    let items = messages.enumerated().map { number, message in
      var item: [String: CanonicalJSON] = [
        "id": .string(String(number)),
        "method": .string(message.method.rawValue),
        "url": .string(message.path),
        "headers": .object(
          Dictionary(
            headers(message).fields.map { ($0.name, .string($0.value)) },
            uniquingKeysWith: { first, _ in first }
          )
        ),
      ]
      item["body"] = message.body
      return CanonicalJSON.object(item)
    }
    var fields = HTTPHeaders([("Content-Type", "application/json"), ("Accept", "application/json")])
    let isUrgent = messages.contains { $0.priority == .normal }
    fields["x-ms-throttle-priority"] = isUrgent ? "Normal" : "Low"
    let body = CanonicalJSON.object(["requests": .array(items)])
    return HTTPRequest(.post, url, headers: fields, body: body.bytes)
  }

  private static func headers(_ message: GraphMessage) -> HTTPHeaders {
    var headers = HTTPHeaders([
      ("Accept", "application/json"),
      ("client-request-id", message.requestID.description),
      ("x-ms-throttle-priority", message.priority.rawValue),
    ])
    if message.body != nil { headers["Content-Type"] = "application/json" }
    return headers
  }

  /// Reads the reply to a message that was sent by itself.
  static func outcome(of response: HTTPResponse) -> MessageOutcome {
    var reply = GraphReply(status: response.status, headers: response.headers)
    reply.serviceTime = response.headers["date"].flatMap(HTTPDate.moment)
    guard !response.body.isEmpty else { return .reply(reply) }
    do throws(JSONError) {
      reply.body = try JSONDocument(response.body).root
    } catch {
      // A gateway's page beside an error is only an error; in place of an answer it is no answer.
      if response.isSuccess { return .garbled("its body is no JSON") }
    }
    return .reply(reply)
  }

  /// Reads the reply to a batch, in the order of the messages.
  static func outcomes(
    of response: HTTPResponse,
    for messages: [GraphMessage]
  ) -> [MessageOutcome] {
    let whole = outcome(of: response)
    guard case .reply(let reply) = whole, reply.isSuccess else {
      return messages.map { _ in whole }
    }
    guard let items = reply.body?["responses"]?.elements else {
      return messages.map { _ in .garbled("a batch without its `responses`") }
    }
    var found: [String: GraphReply] = [:]
    for item in items {
      guard let id = item["id"]?.string, let status = item["status"]?.integer else { continue }
      let fields = (item["headers"]?.members ?? []).compactMap { name, value in
        value.string.map { (name: name, value: $0) }
      }
      found[id] = GraphReply(
        status: status,
        headers: HTTPHeaders(fields),
        body: item["body"],
        serviceTime: reply.serviceTime
      )
    }
    return messages.indices.map { number in
      found[String(number)].map { .reply($0) } ?? .garbled("a batch without one of its replies")
    }
  }

  /// What the messages cost, by the service's own word where it gave one.
  static func resourceUnits(_ messages: [GraphMessage], _ outcomes: [MessageOutcome]) -> Int {
    zip(messages, outcomes).reduce(0) { sum, pair in
      guard case .reply(let reply) = pair.1 else { return sum }
      let told = reply.headers["x-ms-resource-unit"].flatMap { Int($0) }
      return sum + min(max(0, told ?? pair.0.resourceUnits), 1_000_000)
    }
  }
}
