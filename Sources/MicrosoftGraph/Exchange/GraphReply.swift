internal import Access
internal import HTTP
internal import JSON

/// What Graph answered to one message, by itself or inside a batch.
struct GraphReply: Sendable {
  var status: Int
  var headers: HTTPHeaders
  /// What a success holds, of the type that the message named; `nil` for an empty body.
  var content: (any Sendable)?
  /// What the body of a failure says; `nil` where it says nothing that can be read.
  var fault: GraphFault?
  /// The service's clock (`Date`).
  var serviceTime: Moment?
  /// The service's name for the request, from the fields or from the error's own.
  var requestID: String?

  /// Takes a reply, without the secrets that it repeats.
  init(
    status: Int,
    headers: HTTPHeaders,
    content: (any Sendable)?,
    fault: GraphFault?,
    _ secrets: HeldSecrets
  ) {
    self.status = status
    self.headers = headers
    self.content = content
    serviceTime = headers["date"].flatMap(HTTPDate.moment)
    requestID = (headers["request-id"] ?? fault?.innerError?.requestID)
      .map { secrets.excerpt($0, 100) }
    self.fault = fault
    self.fault?.code = fault?.code.map { secrets.excerpt($0, 100) }
    self.fault?.message = fault?.message.map { secrets.excerpt($0, 500) }
  }

  /// Whether the status is one of 200 to 299.
  var isSuccess: Bool { (200..<300).contains(status) }

  /// How long the service asks to wait; `nil` where it does not.
  func retryAfter(now: Moment) -> Duration? { HTTPDate.wait(headers["retry-after"], now: now) }

  /// `x-ms-throttle-limit-percentage`, which is a fraction such as `0.85`, in percent.
  var throttlePercentage: Int? {
    guard let text = headers["x-ms-throttle-limit-percentage"], let fraction = Double(text),
      fraction >= 0, fraction < 100
    else { return nil }
    return Int(fraction * 100)
  }

  /// What a message cost, by the service, or as expected where it does not say.
  func resourceUnits(_ expected: Int) -> Int {
    let told = headers["x-ms-resource-unit"].flatMap { Int($0) }
    return min(max(0, told ?? expected), 1_000_000)
  }

  /// The error of a status that is not a success.
  func error(_ operation: GraphOperation) -> TenantError {
    let kind: TenantError.Kind =
      switch status {
      case 401: .authentication
      case 403:
        operation == .invite && fault?.code != "Authorization_RequestDenied"
          ? .refused : .permission
      case 404: .notFound
      case 429: .throttled
      case 500...: .unavailable
      default: .refused
      }
    let message = fault?.message ?? ""
    return TenantError(
      kind,
      operation: operation.words,
      status: status,
      code: fault?.code,
      message: message.isEmpty ? "the service answered \(status) without saying why" : message,
      requestID: requestID,
      hint: kind == .permission ? operation.permissionHint : nil
    )
  }
}

/// How one attempt to deliver a message ended.
enum MessageOutcome: Sendable {
  case reply(GraphReply)
  case noReply(HTTPError)
  /// The reply is not one of Graph's; whether the message was carried out is unknown.
  case garbled(String)
  /// The message was not sent.
  case notSent(TenantError)

  /// Reads the reply to a message that was sent by itself.
  init(_ response: HTTPResponse, to message: GraphMessage, _ secrets: HeldSecrets) {
    let decoder = ForeignJSONDecoder()
    // What is read is shown; what answers a write holds at most the address that we asked for.
    let body = message.operation.isWrite ? response.body : secrets.redact(response.body)
    var content: (any Sendable)?
    var fault: GraphFault?
    if !response.isSuccess {
      fault = try? decoder.decode(GraphFault.Envelope.self, from: body).error
    } else if !body.isEmpty {
      do throws(JSONError) {
        content = try decoder.decode(message.model, from: body)
      } catch {
        self = .garbled("the reply cannot be read: \(error)")
        return
      }
    }
    self = .reply(
      GraphReply(
        status: response.status,
        headers: response.headers,
        content: content,
        fault: fault,
        secrets
      )
    )
  }

  /// Reads the reply to a batch, in the order of the messages.
  static func batch(
    _ response: HTTPResponse,
    to messages: [GraphMessage],
    _ secrets: HeldSecrets
  ) -> [MessageOutcome] {
    guard response.isSuccess else {
      return messages.map { MessageOutcome(response, to: $0, secrets) }
    }
    let models = messages.enumerated().map { (String($0), $1.model) }
    let isRead = messages.allSatisfy { !$0.operation.isWrite }
    let batch: BatchReply
    do throws(JSONError) {
      batch = try ForeignJSONDecoder().decode(
        BatchReply.self,
        from: isRead ? secrets.redact(response.body) : response.body,
        userInfo: BatchReply.models.map { [$0: Dictionary(models) { first, _ in first }] } ?? [:]
      )
    } catch {
      return messages.map { _ in .garbled("the batch cannot be read: \(error)") }
    }
    var found: [String: BatchReply.Item] = [:]
    for item in batch.responses {
      guard found.updateValue(item, forKey: item.id) == nil else {
        return messages.map { _ in .garbled("a batch that answers one request twice") }
      }
    }
    return messages.indices.map { number in
      guard let item = found[String(number)] else {
        return .garbled("a batch without one of its replies")
      }
      if let reason = item.unreadable { return .garbled("the reply cannot be read: \(reason)") }
      var reply = GraphReply(
        status: item.status,
        headers: HTTPHeaders(item.headers),
        content: item.content,
        fault: item.fault,
        secrets
      )
      reply.serviceTime = response.headers["date"].flatMap(HTTPDate.moment)
      return .reply(reply)
    }
  }
}

/// The reply to a batch, whose items are each of a type of their own.
private struct BatchReply: Decodable {
  let responses: [Item]

  /// Where the decoder finds the type of each item, by its identifier.
  static let models = CodingUserInfoKey(rawValue: "models")

  typealias Models = [String: any GraphModel.Type]

  struct Item: Decodable {
    let id: String
    let status: Int
    let headers: [String: String]
    let content: (any Sendable)?
    let fault: GraphFault?
    /// Why the body of a success is not what was asked for.
    let unreadable: String?

    private enum CodingKeys: String, CodingKey { case id, status, headers, body }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      id = try container.decode(String.self, forKey: .id)
      status = try container.decode(Int.self, forKey: .status)
      let fields = try container.decodeIfPresent([String: SpelledText].self, forKey: .headers)
      headers = (fields ?? [:]).mapValues(\.text)
      var content: (any Sendable)?
      var fault: GraphFault?
      var unreadable: String?
      if !(200..<300).contains(status) {
        fault = try? container.decode(GraphFault.Envelope.self, forKey: .body).error
      } else if container.contains(.body) {
        let models = BatchReply.models.flatMap { decoder.userInfo[$0] as? Models }
        let model: any GraphModel.Type = if let asked = models?[id] { asked } else { AnyJSON.self }
        do {
          content = try Self.body(model, in: container)
        } catch {
          unreadable = "\(JSONError(error))"
        }
      }
      self.content = content
      self.fault = fault
      self.unreadable = unreadable
    }

    private static func body(
      _ model: (some GraphModel).Type,
      in container: KeyedDecodingContainer<CodingKeys>
    ) throws -> any Sendable {
      try container.decode(model, forKey: .body)
    }
  }
}

extension TenantError {
  /// The error of a request without a reply.
  init(_ error: HTTPError, operation: String, _ secrets: HeldSecrets) {
    let kind: Kind =
      switch error.kind {
      case .couldNotResolve, .couldNotConnect, .tls: .unreachable
      case .timedOut, .interrupted, .exhausted: .unavailable
      case .cancelled: .cancelled
      case .malformedReply, .tooLarge: .malformedReply
      case .invalidRequest: .refused
      }
    self.init(kind, operation: operation, message: secrets.excerpt("\(error)", 500))
  }
}
