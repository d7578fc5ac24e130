/// A server that could not start.
package enum HTTPServerError: Error, Equatable {
  /// The address is not an IP address, is taken, or may not be bound; or the certificate is
  /// unusable.
  case cannotListen(address: String, port: UInt16)
}
