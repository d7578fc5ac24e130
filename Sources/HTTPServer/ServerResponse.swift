/// A reply, and on request a way of failing to deliver it.
package struct ServerResponse: Sendable {
  package var status: Int
  package var headers: [ServerRequest.Header]
  package var body: [UInt8]
  package var delivery: Delivery
  /// The reply is held back for so long; nothing else waits for it.
  package var delay: Duration

  package enum Delivery: Sendable, Equatable {
    case whole
    /// The header announces the whole body and the connection ends after so many bytes of it.
    case truncated(after: Int)
    /// The connection ends without a byte of reply.
    case dropped
    /// The connection is reset.
    case reset
  }

  package init(
    status: Int,
    headers: [ServerRequest.Header] = [],
    body: [UInt8] = [],
    delivery: Delivery = .whole,
    delay: Duration = .zero
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.delivery = delivery
    self.delay = delay
  }
}
