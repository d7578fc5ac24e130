internal import Access
internal import HTTP

/// What Graph answered to one message, by itself or inside a batch.
struct GraphReply: Sendable {
  var status: Int
  var headers: HTTPHeaders
  /// `nil` where the reply had no body, or an error's body that is no JSON.
  var body: JSONValue?
  /// The service's clock (`Date`).
  var serviceTime: Moment?

  /// Whether the status is one of 200 to 299.
  var isSuccess: Bool { (200..<300).contains(status) }

  /// How long the service asks to wait; `nil` where it does not.
  func retryAfter(now: Moment) -> Duration? { HTTPDate.wait(headers["retry-after"], now: now) }

  /// The service's name for the request, from the fields or from the error's own.
  var requestID: String? {
    headers["request-id"] ?? body?["error"]?["innerError"]?["request-id"]?.string
  }

  /// The error's code (`Authorization_RequestDenied`).
  var code: String? { body?["error"]?["code"]?.string }

  /// The error that a status which is not a success is.
  func error(_ operation: GraphOperation) -> TenantError {
    let kind: TenantError.Kind =
      switch status {
      case 401: .authentication
      case 403:
        operation == .invite && code != "Authorization_RequestDenied" ? .refused : .permission
      case 404: .notFound
      case 429: .throttled
      case 500...: .unavailable
      default: .refused
      }
    let fallback = "the service answered \(status) without saying why"
    return TenantError(
      kind,
      operation: operation.words,
      status: status,
      code: code,
      message: body?["error"]?["message"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? fallback,
      requestID: requestID,
      hint: kind == .permission ? operation.permissionHint : nil
    )
  }
}

/// How one attempt to deliver a message ended.
enum MessageOutcome: Sendable {
  case reply(GraphReply)
  case noReply(HTTPError)
  /// Something came back that Graph would not send; whether the message was carried out is open.
  case garbled(String)
  /// The message was not sent.
  case notSent(TenantError)
}

extension TenantError {
  /// The error that a request without a reply is.
  init(_ error: HTTPError, operation: String) {
    let kind: Kind =
      switch error.kind {
      case .couldNotResolve, .couldNotConnect, .tls: .unreachable
      case .timedOut, .interrupted, .exhausted: .unavailable
      case .cancelled: .cancelled
      case .malformedReply, .tooLarge: .malformedReply
      case .invalidRequest: .refused
      }
    self.init(kind, operation: operation, message: "\(error)")
  }
}
