/// Answers `$batch`: up to twenty calls in one (FACTS section 6).
struct BatchRunner {
  let dispatcher: Dispatcher
  let context: RequestContext

  static let limit = 20

  private struct Item {
    let id: String
    let method: String
    let target: Substring
    let headers: [String: String]
    let body: [UInt8]
    let dependsOn: [String]
  }

  /// - Throws: 400 for a batch that cannot be read; what goes wrong in an item is the item's own.
  func reply() throws(GraphFailure) -> Reply {
    let items = try read()
    var responses: [JSONValue] = []
    var statuses: [String: Int] = [:]
    var faults: [FaultKind] = []
    for item in items {
      let isBlocked = item.dependsOn.contains { (statuses[$0.lowercased()] ?? 424) >= 400 }
      let answer = isBlocked ? blocked() : run(item)
      statuses[item.id.lowercased()] = answer.status
      faults += answer.faults.filter { !faults.contains($0) }
      responses.append(Self.json(item.id, answer))
    }
    var reply = Reply(200, ["responses": .array(responses)])
    reply.faults = faults
    return reply
  }

  private func run(_ item: Item) -> Reply {
    var headers = item.headers
    headers["client-request-id"] = headers["client-request-id"] ?? context.clientRequestID
    return dispatcher.answer(
      GraphCall(
        method: item.method,
        version: context.version,
        target: item.target,
        headers: headers,
        body: item.body,
        base: context.base,
        caller: context.caller,
        requestID: context.requestID,
        isBatchItem: true
      )
    )
  }

  private func blocked() -> Reply {
    Reply(
      .init(424, "FailedDependency", "A request on which this one depends has failed."),
      date: dispatcher.clock.announced,
      requestID: context.requestID,
      clientRequestID: context.clientRequestID ?? context.requestID.text
    )
  }

  private func read() throws(GraphFailure) -> [Item] {
    let members = try context.members()
    guard let requests = members.first(where: { $0.name == "requests" })?.value.array else {
      throw Self.invalid("The batch request must contain the property 'requests'.")
    }
    guard !requests.isEmpty else { throw Self.invalid("The batch contains no requests.") }
    guard requests.count <= Self.limit else {
      throw Self.invalid(
        "Number of batch request steps exceeds the maximum value of \(Self.limit)."
      )
    }
    var ids: Set<String> = []
    var items: [Item] = []
    for request in requests {
      let item = try read(request)
      guard ids.insert(item.id.lowercased()).inserted else {
        throw Self.invalid("Request id: \(item.id) has to be unique in a batch.")
      }
      // Only what stands earlier can be waited for, so that a circle cannot be asked for.
      guard item.dependsOn.allSatisfy({ ids.contains($0.lowercased()) && $0 != item.id }) else {
        throw Self.invalid("Request id: \(item.id) depends on a request that is not before it.")
      }
      items.append(item)
    }
    return items
  }

  private func read(_ request: JSONValue) throws(GraphFailure) -> Item {
    guard let id = request["id"]?.string, !id.isEmpty else {
      throw Self.invalid("A request in the batch has no id.")
    }
    guard let method = request["method"]?.string?.uppercased(), let url = request["url"]?.string,
      ["GET", "POST", "PATCH", "PUT", "DELETE"].contains(method)
    else { throw Self.invalid("Request id: \(id) has no valid method and url.") }
    var headers: [String: String] = [:]
    for member in request["headers"]?.members ?? [] {
      if let value = member.value.string { headers[member.name.lowercased()] = value }
    }
    let body = request["body"].flatMap { $0.isNull ? nil : $0 }
    if body != nil, headers["content-type"] == nil {
      throw Self.invalid("Request id: \(id) has a body and no Content-Type header.")
    }
    guard !url.contains("://"), !url.lowercased().hasPrefix("/$batch") else {
      throw Self.invalid("Request id: \(id) has a url that is not relative to the service.")
    }
    let dependsOn = (request["dependsOn"]?.array ?? []).compactMap(\.string)
    return Item(
      id: id,
      method: method,
      target: url.hasPrefix("/") ? url[...] : "/" + url,
      headers: headers,
      body: body?.bytes ?? [],
      dependsOn: dependsOn
    )
  }

  private static func invalid(_ message: String) -> GraphFailure {
    .init(400, "BadRequest", message)
  }

  private static func json(_ id: String, _ reply: Reply) -> JSONValue {
    var headers = reply.headers.map { JSONValue.Member($0.name, .string($0.value)) }
    var members: [JSONValue.Member] = [
      .init("id", .string(id)), .init("status", .number(String(reply.status))),
    ]
    if !reply.body.isEmpty { headers.append(.init("Content-Type", .string(reply.contentType))) }
    members.append(.init("headers", .object(headers)))
    if !reply.body.isEmpty { members.append(.init("body", .verbatim(reply.body))) }
    return .object(members)
  }
}
