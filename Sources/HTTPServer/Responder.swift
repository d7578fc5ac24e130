internal import CMicroHTTPD

/// Takes requests off libmicrohttpd's callbacks and queues the replies.
@safe
final class Responder: Sendable {
  private let bodyLimit: Int
  private let handler: @Sendable (ServerRequest) -> ServerResponse
  private let refusal: @Sendable (ServerRequest, Int) -> ServerResponse
  let suspensions = Suspensions()

  /// How long one request's body may take to arrive.
  private static let uploadLimit = Duration.seconds(120)

  init(
    bodyLimit: Int,
    handler: @escaping @Sendable (ServerRequest) -> ServerResponse,
    refusal: @escaping @Sendable (ServerRequest, Int) -> ServerResponse
  ) {
    self.bodyLimit = bodyLimit
    self.handler = handler
    self.refusal = refusal
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
      exchange.headers = unsafe headers(of: connection)
      guard let status = objection(to: exchange) else { return .YES }
      return unsafe refuse(status, exchange, connection, method)
    case .receiving, .oversized:
      if unsafe !chunk.isEmpty { return unsafe receive(chunk, exchange) }
      if case .oversized = exchange.phase {
        return unsafe refuse(413, exchange, connection, method)
      }
      return unsafe respond(exchange, connection, method)
    case .waiting(let response):
      exchange.phase = .receiving
      return unsafe queue(response, on: connection)
    }
  }

  /// The status with which a request is refused for its head alone; nil where nothing speaks
  /// against it.
  private func objection(to exchange: Exchange) -> Int? {
    // libmicrohttpd is lenient with request lines that have spaces in odd places.
    guard exchange.target.hasPrefix("/"), !exchange.target.contains(" "),
      exchange.authority?.isEmpty != true
    else { return 400 }
    let fields = exchange.headers
    let lengths = fields.filter { $0.isNamed("content-length") }
    let encodings = fields.filter { $0.isNamed("transfer-encoding") }
    // Two ways to tell where the request ends are two requests to somebody in between.
    guard lengths.count + encodings.count <= 1, fields.count(where: { $0.isNamed("host") }) <= 1,
      encodings.allSatisfy({ $0.value.lowercased() == "chunked" })
    else { return 400 }
    guard let length = lengths.first else { return nil }
    guard let count = Int(length.value), count >= 0 else { return 400 }
    return count > bodyLimit ? 413 : nil
  }

  private func refuse(
    _ status: Int,
    _ exchange: Exchange,
    _ connection: OpaquePointer,
    _ method: String
  ) -> MHD_Result {
    let request = unsafe request(exchange, connection, method)
    var response = refusal(request, status)
    response.headers.append(.init("Connection", "close"))
    return unsafe queue(response, on: connection)
  }

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
    let request = unsafe request(exchange, connection, method)
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

  private func request(
    _ exchange: Exchange,
    _ connection: OpaquePointer,
    _ method: String
  ) -> ServerRequest {
    if let authority = exchange.authority {
      exchange.headers.removeAll { $0.isNamed("host") }
      exchange.headers.append(.init("Host", authority))
    }
    return unsafe ServerRequest(
      method: method,
      target: exchange.target,
      headers: exchange.headers,
      body: exchange.body,
      isLocal: shim_MHD_is_local(connection) != 0
    )
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
