internal import CMicroHTTPD

/// Takes requests off libmicrohttpd's callbacks and queues the replies.
@safe
final class Responder: Sendable {
  private let bodyLimit: Int
  private let handler: @Sendable (ServerRequest) -> ServerResponse
  let suspensions = Suspensions()

  /// How long one request's body may take to arrive.
  private static let uploadLimit = Duration.seconds(120)

  init(bodyLimit: Int, handler: @escaping @Sendable (ServerRequest) -> ServerResponse) {
    self.bodyLimit = bodyLimit
    self.handler = handler
  }

  /// Answers one call of libmicrohttpd's access handler, which calls first with the header, then
  /// once for each part of the body, then with nothing, and again after a suspension.
  func advance(
    _ exchange: Exchange,
    _ connection: OpaquePointer,
    method: String,
    chunk: UnsafeRawBufferPointer
  ) -> MHD_Result {
    switch exchange.phase {
    case .begun:
      exchange.phase = .receiving
      // libmicrohttpd is lenient with request lines that have spaces in odd places.
      guard exchange.target.hasPrefix("/"), !exchange.target.contains(" ") else {
        return unsafe queue(Self.malformed, on: connection)
      }
      if let length = unsafe announcedLength(connection), length > bodyLimit {
        return unsafe queue(Self.tooLarge, on: connection)
      }
      return .YES
    case .receiving, .oversized:
      if unsafe !chunk.isEmpty { return unsafe receive(chunk, exchange) }
      if case .oversized = exchange.phase { return unsafe queue(Self.tooLarge, on: connection) }
      return unsafe respond(exchange, connection, method)
    case .waiting(let response):
      exchange.phase = .receiving
      return unsafe queue(response, on: connection)
    }
  }

  private static let malformed = ServerResponse(
    status: 400,
    headers: [.init("Connection", "close")]
  )

  private static let tooLarge = ServerResponse(
    status: 413,
    headers: [.init("Connection", "close")]
  )

  private func receive(_ chunk: UnsafeRawBufferPointer, _ exchange: Exchange) -> MHD_Result {
    guard ContinuousClock.now - exchange.startedAt < Self.uploadLimit else { return .NO }
    guard exchange.body.count + chunk.count <= bodyLimit else {
      // The rest is read and forgotten, so that the reply reaches the client; within reason.
      exchange.phase = .oversized
      exchange.body = []
      exchange.discarded += chunk.count
      return exchange.discarded <= 8 * bodyLimit ? .YES : .NO
    }
    unsafe exchange.body.append(contentsOf: chunk)
    return .YES
  }

  private func respond(
    _ exchange: Exchange,
    _ connection: OpaquePointer,
    _ method: String
  ) -> MHD_Result {
    let request = unsafe ServerRequest(
      method: method,
      target: exchange.target,
      headers: headers(of: connection),
      body: exchange.body
    )
    exchange.body = []
    let response = handler(request)
    guard response.delay > .zero else { return unsafe queue(response, on: connection) }
    exchange.phase = .waiting(response)
    unsafe MHD_suspend_connection(connection)
    // The connection lives while it is suspended, and is resumed exactly once.
    let address = UInt(bitPattern: connection)
    suspensions.schedule(after: response.delay) {
      if let connection = unsafe OpaquePointer(bitPattern: address) {
        unsafe MHD_resume_connection(connection)
      }
    }
    return .YES
  }

  private func announcedLength(_ connection: OpaquePointer) -> Int? {
    guard let text = unsafe MHD_lookup_connection_value(connection, .HEADER_KIND, "Content-Length")
    else { return nil }
    return unsafe Int(String(cString: text))
  }

  private func headers(of connection: OpaquePointer) -> [ServerRequest.Header] {
    var headers: [ServerRequest.Header] = []
    headers.reserveCapacity(8)
    unsafe withUnsafeMutablePointer(to: &headers) { pointer in
      _ = unsafe MHD_get_connection_values(
        connection,
        .HEADER_KIND,
        { context, _, name, value in
          guard let name = unsafe name, let value = unsafe value else { return .YES }
          unsafe context?.assumingMemoryBound(to: [ServerRequest.Header].self).pointee
            .append(.init(String(cString: name), String(cString: value)))
          return .YES
        },
        pointer
      )
    }
    return headers
  }
}
