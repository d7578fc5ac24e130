/// Where a server listens, and its limits.
package struct ServerConfiguration: Sendable {
  /// An IPv4 or IPv6 address in numbers.
  package var address = "127.0.0.1"
  /// Zero asks for any free port.
  package var port: UInt16 = 0
  package var threads: UInt32 = 2
  package var connectionLimit: UInt32 = 16_384
  /// Seconds of silence after which a connection is closed.
  package var idleSeconds: UInt32 = 120
  /// Bytes for the request line and the header of one request.
  package var headerLimit = 32 * 1024
  /// Bytes of one request's body; a longer one is answered with 413.
  package var bodyLimit = 4 * 1024 * 1024
  /// Certificate chain and private key as PEM text; nil serves without TLS.
  package var identity: Identity?

  package struct Identity: Sendable {
    package let certificate: String
    package let privateKey: String

    package init(certificate: String, privateKey: String) {
      self.certificate = certificate
      self.privateKey = privateKey
    }
  }

  package init() {}
}

/// A server that could not start.
package enum HTTPServerError: Error, Equatable {
  /// The address is not an IP address, is taken, or may not be bound; or the certificate is
  /// unusable.
  case cannotListen(address: String, port: UInt16)
}
