/// Answers `$batch`: up to twenty calls in one (FACTS section 6).
struct Batch {
  private let dispatcher: Dispatcher
  private let call: Call

  static let template = "/$batch"
  private static let limit = 20

  /// The dispatcher answers it by the calls within.
  static let operation = Operation("POST \(template)", units: 0, isRead: true, .none) { _, _ in
    throw GraphFailure.methodNotAllowed
  }

  init(_ dispatcher: Dispatcher, _ call: Call) {
    self.dispatcher = dispatcher
    self.call = call
  }

  private struct Item {
    let id: String
    let call: Call
    let dependsOn: [String]
  }

  /// - Throws: 400 for a batch that cannot be read; what goes wrong in an item is the item's own.
  func reply() throws -> Reply {
    let items = try read()
    var responses: [JSONValue] = []
    var statuses: [String: Int] = [:]
    var faults: [FaultKind] = []
    for item in items {
      let isBlocked = item.dependsOn.contains { (statuses[$0.lowercased()] ?? 424) >= 400 }
      let answer = isBlocked ? blocked() : dispatcher.answer(item.call)
      statuses[item.id.lowercased()] = answer.status
      faults += answer.faults.filter { !faults.contains($0) }
      responses.append(Self.json(item.id, answer))
    }
    var reply = Reply(200, ["responses": .array(responses)])
    reply.faults = faults
    return reply
  }

  private func blocked() -> Reply {
    Reply(
      .init(424, "FailedDependency", "A request on which this one depends has failed."),
      date: dispatcher.clock.announced,
      requestID: call.requestID,
      clientRequestID: call.clientRequestID
    )
  }

  private func read() throws -> [Item] {
    guard let requests = try call.readBody()["requests"]?.array else {
      throw Self.invalid("The batch request must contain the property 'requests'.")
    }
    guard !requests.isEmpty else { throw Self.invalid("The batch contains no requests.") }
    guard requests.count <= Self.limit else {
      throw Self.invalid(
        "Number of batch request steps exceeds the maximum value of \(Self.limit)."
      )
    }
    var ids: Set<String> = []
    return try requests.map { request in
      let item = try read(request)
      guard ids.insert(item.id.lowercased()).inserted else {
        throw Self.invalid("Request id: \(item.id) has to be unique in a batch.")
      }
      // Only what is earlier can be waited for, so that a circle cannot be asked for.
      guard item.dependsOn.allSatisfy({ ids.contains($0.lowercased()) && $0 != item.id }) else {
        throw Self.invalid("Request id: \(item.id) depends on a request that is not before it.")
      }
      return item
    }
  }

  private func read(_ request: JSONValue) throws -> Item {
    guard let id = request["id"]?.string, !id.isEmpty else {
      throw Self.invalid("A request in the batch has no id.")
    }
    guard let method = request["method"]?.string?.uppercased(), let url = request["url"]?.string,
      ["GET", "POST", "PATCH", "PUT", "DELETE"].contains(method)
    else { throw Self.invalid("Request id: \(id) has no valid method and url.") }
    var headers: [String: String] = [:]
    for (name, value) in request["headers"]?.members ?? [:] {
      headers[name.lowercased()] = value.string
    }
    let body = request["body"].flatMap { $0.isNull ? nil : $0 }
    if body != nil, headers["content-type"] == nil {
      throw Self.invalid("Request id: \(id) has a body and no Content-Type header.")
    }
    guard !url.contains("://"), !url.lowercased().hasPrefix(Self.template) else {
      throw Self.invalid("Request id: \(id) has a url that is not relative to the service.")
    }
    headers["client-request-id"] = headers["client-request-id"] ?? call.clientRequestID
    return Item(
      id: id,
      call: Call(
        method: method,
        version: call.version,
        target: url.hasPrefix("/") ? url[...] : "/" + url,
        headers: headers,
        body: body?.bytes ?? [],
        base: call.base,
        caller: call.caller,
        requestID: call.requestID,
        isBatchItem: true
      ),
      dependsOn: (request["dependsOn"]?.array ?? []).compactMap(\.string)
    )
  }

  private static func invalid(_ message: String) -> GraphFailure {
    .init(400, "BadRequest", message)
  }

  private static func json(_ id: String, _ reply: Reply) -> JSONValue {
    var headers: [String: JSONValue] = [:]
    for (name, value) in reply.headers { headers[name] = .string(value) }
    var response: [String: JSONValue] = ["id": .string(id), "status": .integer(reply.status)]
    if !reply.body.isEmpty {
      headers["Content-Type"] = .string(reply.contentType)
      response["body"] = .verbatim(reply.body)
    }
    response["headers"] = .object(headers)
    return .object(response)
  }
}
