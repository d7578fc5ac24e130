internal import CMicroHTTPD
internal import Platform

/// An HTTP/1.1 server over libmicrohttpd: keep-alive, TLS on request, a few threads of its own.
///
/// The handler runs on the server's threads, several at a time, and must not wait for anything.
@safe
package final class Server: Sendable {
  // The daemon's address, until the one call that stops it takes it out.
  private let daemon: Locked<UInt>
  private let responder: Responder

  /// The port that is bound, also where any was asked for.
  package let port: UInt16

  /// Binds the port and serves from then on.
  ///
  /// `refusal` words the reply to a request that is refused for its form, with the status 400 or
  /// 413; the request has no body then, and its connection ends with the reply.
  package init(
    _ configuration: ServerConfiguration,
    handler: @escaping @Sendable (ServerRequest) -> ServerResponse,
    refusal: @escaping @Sendable (ServerRequest, Int) -> ServerResponse = { _, status in
      ServerResponse(status: status)
    }
  ) throws(HTTPServerError) {
    let responder = Responder(
      bodyLimit: configuration.bodyLimit,
      handler: handler,
      refusal: refusal
    )
    guard let daemon = unsafe Self.start(configuration, responder) else {
      throw .cannotListen(address: configuration.address, port: configuration.port)
    }
    self.responder = responder
    unsafe port = shim_MHD_port(daemon)
    self.daemon = Locked(UInt(bitPattern: daemon))
  }

  deinit { stop() }

  /// Closes the listener, finishes the handlers that run, and ends every connection.
  package func stop() {
    let taken = daemon.withLock { daemon in
      defer { daemon = 0 }
      return daemon
    }
    guard let daemon = unsafe OpaquePointer(bitPattern: taken) else { return }
    responder.suspensions.close()
    unsafe MHD_stop_daemon(daemon)
  }

  private static func start(
    _ configuration: ServerConfiguration,
    _ responder: Responder
  ) -> OpaquePointer? {
    var options = unsafe shim_MHD_options()
    unsafe options.port = configuration.port
    unsafe options.threads = configuration.threads
    unsafe options.connections = configuration.connectionLimit
    unsafe options.timeout_seconds = configuration.idleSeconds
    unsafe options.connection_memory = configuration.headerLimit
    // The server owns the responder and stops the daemon before it lets go of it.
    unsafe options.context = Unmanaged.passUnretained(responder).toOpaque()
    unsafe options.begin = { _, target, _ in
      let exchange = unsafe Exchange(target: target.map { unsafe String(cString: $0) } ?? "")
      if let target = unsafe target { unsafe shim_MHD_empty_query(target) }
      return unsafe Unmanaged.passRetained(exchange).toOpaque()
    }
    unsafe options.completed = { _, _, slot, _ in
      guard let slot = unsafe slot, let raw = unsafe slot.pointee else { return }
      unsafe Unmanaged<Exchange>.fromOpaque(raw).release()
      unsafe slot.pointee = nil
    }
    unsafe options.handler = { context, connection, _, method, _, data, size, slot in
      guard let context = unsafe context, let connection = unsafe connection,
        let raw = unsafe slot?.pointee, let size = unsafe size
      else { return .NO }
      let responder = unsafe Unmanaged<Responder>.fromOpaque(context).takeUnretainedValue()
      let exchange = unsafe Unmanaged<Exchange>.fromOpaque(raw).takeUnretainedValue()
      let chunk = unsafe UnsafeRawBufferPointer(start: data, count: size.pointee)
      unsafe size.pointee = 0
      let name = unsafe method.map { unsafe String(cString: $0) } ?? ""
      return unsafe responder.advance(exchange, connection, method: name, chunk: chunk)
    }
    return unsafe configuration.address.withCString { address in
      unsafe options.address = address
      guard let identity = configuration.identity else { return unsafe shim_MHD_start(&options) }
      return unsafe identity.certificate.withCString { certificate in
        unsafe identity.privateKey.withCString { key in
          unsafe options.certificate = certificate
          unsafe options.private_key = key
          return unsafe shim_MHD_start(&options)
        }
      }
    }
  }
}
