internal import CCrypto

/// Why a key, a certificate or a signature could not be read or made.
package struct CryptoError: Error, Hashable, Sendable {
  package let code: Code
  /// What OpenSSL says about it, for people; nothing branches on it.
  package let reason: String?

  package enum Code: Hashable, Sendable {
    /// The bytes are not a key, a certificate or a PKCS #12 file.
    case unreadable
    /// The password is wrong, or there is none where one is needed.
    case wrongPassword
    /// A PEM file without a private key, or without a certificate.
    case privateKeyMissing
    case certificateMissing
    /// None of the certificates belongs to the private key.
    case certificateOfAnotherKey
    /// A key that is not RSA, or is shorter than 2048 bits.
    case unsupportedKey
    /// OpenSSL failed at something that never depends on what it was given.
    case failed
  }

  init(_ code: Code, reason: String? = nil) {
    self.code = code
    self.reason = reason
  }

  /// An error with the last reason that OpenSSL noted on this thread; read at once, before another
  /// call replaces it.
  static func afterCall(_ code: Code) -> Self {
    let number = ERR_peek_last_error()
    guard number != 0, let text = unsafe ERR_reason_error_string(number) else { return Self(code) }
    return unsafe Self(code, reason: String(cString: text))
  }
}

extension CryptoError: CustomStringConvertible {
  package var description: String {
    let text =
      switch code {
      case .unreadable: "this is not a key or certificate in PEM, DER or PKCS #12"
      case .wrongPassword: "the password does not open the private key"
      case .privateKeyMissing: "there is no private key in it"
      case .certificateMissing: "there is no certificate in it"
      case .certificateOfAnotherKey: "none of its certificates belongs to its private key"
      case .unsupportedKey: "the key is not an RSA key of at least 2048 bits"
      case .failed: "OpenSSL failed"
      }
    return reason.map { "\(text) (\($0))" } ?? text
  }
}
