/// Why a request has no whole reply.
package struct HTTPError: Error, Hashable, Sendable {
  package var kind: Kind
  package var delivery: Delivery
  /// Whom the request was for (`https://graph.microsoft.com`).
  package var server: String
  /// The library's own words.
  package var detail: String

  package init(_ kind: Kind, delivery: Delivery, server: String, detail: String = "") {
    self.kind = kind
    self.delivery = delivery
    self.server = server
    self.detail = detail
  }

  /// What went wrong, as far as callers decide by it.
  package enum Kind: String, Hashable, Sendable {
    /// A header field that would have become two, and the like.
    case invalidRequest
    case couldNotResolve
    case couldNotConnect
    /// No agreement on encryption, or a certificate that is not trusted.
    case tls
    case timedOut
    case cancelled
    /// The connection ended before the reply did.
    case interrupted
    /// What came back was no HTTP, or in an encoding that cannot be undone.
    case malformedReply
    /// The body exceeds the request's limit.
    case tooLarge
    /// This machine gave out: no memory, no thread.
    case exhausted
  }

  /// Whether the server may have acted on the request.
  package enum Delivery: String, Hashable, Sendable {
    case notSent
    /// At least the head of the request left, and no whole reply came.
    case perhapsSent
  }
}

extension HTTPError: CustomStringConvertible {
  package var description: String {
    let what =
      switch kind {
      case .invalidRequest: "the request to \(server) cannot be sent"
      case .couldNotResolve: "the name of \(server) cannot be resolved"
      case .couldNotConnect: "nothing answers at \(server)"
      case .tls: "no trusted connection to \(server)"
      case .timedOut: "\(server) did not answer in time"
      case .cancelled: "the request to \(server) was cancelled"
      case .interrupted: "\(server) ended the connection before its reply was whole"
      case .malformedReply: "\(server) did not answer in HTTP"
      case .tooLarge: "the reply of \(server) is too large"
      case .exhausted: "no resources for a request to \(server)"
      }
    return detail.isEmpty ? what : "\(what) (\(detail))"
  }
}
