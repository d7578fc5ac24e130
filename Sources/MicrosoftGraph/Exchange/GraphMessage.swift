internal import Access
internal import HTTP
internal import JSON

/// One request to Graph, alone or as an item of a batch.
struct GraphMessage: Sendable {
  var method: HTTPMethod
  /// From the version on, beginning with `/`; the connection decides where it is sent.
  var path: String
  var body: Body?
  var operation: GraphOperation
  /// Sent as `client-request-id`, which joins the request to the tenant's audit log.
  var requestID: GUID
  var priority: Priority
  /// What FACTS section 7 says it costs, for where the service does not say.
  var resourceUnits = 1
  /// What a success is decoded into.
  var model: any GraphModel.Type

  /// Who is shed first when the service is short (`x-ms-throttle-priority`).
  enum Priority: String, Hashable, Sendable { case low = "Low", normal = "Normal" }

  /// What is sent, alone or inside a batch.
  struct Body: Encodable, Sendable {
    let value: any Encodable & Sendable

    init(_ value: any Encodable & Sendable) { self.value = value }

    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
  }

  private var fields: [String: String] {
    var fields = [
      "Accept": "application/json",
      "client-request-id": requestID.description,
      "x-ms-throttle-priority": priority.rawValue,
    ]
    if body != nil { fields["Content-Type"] = "application/json" }
    return fields
  }

  /// The message as a request of its own; `nil` where its path cannot be part of a URL.
  func request(to endpoints: GraphEndpoints) -> HTTPRequest? {
    guard let url = endpoints.graph.replacingTarget("/v1.0" + path) else { return nil }
    var request = HTTPRequest(method, url, headers: HTTPHeaders(fields), limits: Self.limits)
    if let body {
      guard let bytes = try? CanonicalJSONEncoder().encode(body) else { return nil }
      request.body = bytes
    }
    return request
  }

  // A batch of twenty full pages takes less than ten megabytes.
  private static let limits = HTTPLimits(body: 32 << 20)

  // MARK: Batches (FACTS section 6)

  /// How many messages a batch may hold.
  static let largestBatch = 20

  private struct Batch: Encodable {
    var requests: [Item]

    struct Item: Encodable {
      var id: String
      var method: String
      var url: String
      var headers: [String: String]
      var body: Body?
    }
  }

  /// Messages as one request; `nil` where a path cannot be part of a URL.
  static func batch(_ messages: [GraphMessage], to endpoints: GraphEndpoints) -> HTTPRequest? {
    let items = messages.enumerated().map { number, message in
      Batch.Item(
        id: String(number),
        method: message.method.rawValue,
        url: message.path,
        headers: message.fields,
        body: message.body
      )
    }
    guard let url = endpoints.graph.replacingTarget("/v1.0/$batch"),
      // An item's address is read by the service as part of its own: it must have the same form.
      messages.allSatisfy({ endpoints.graph.replacingTarget($0.path) != nil }),
      let body = try? CanonicalJSONEncoder().encode(Batch(requests: items))
    else { return nil }
    let isUrgent = messages.contains { $0.priority == .normal }
    let fields = HTTPHeaders([
      "Content-Type": "application/json", "Accept": "application/json",
      "x-ms-throttle-priority": isUrgent ? "Normal" : "Low",
    ])
    return HTTPRequest(.post, url, headers: fields, body: body, limits: limits)
  }
}

extension HTTPHeaders {
  /// Fields in the order of their names.
  init(_ fields: [String: String]) {
    self.init(fields.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) })
  }
}
