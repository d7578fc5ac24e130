internal import Crypto

/// A token that a client signed with the key of a certificate that it registered (FACTS section
/// 10).
struct CertificateAssertion: Sendable {
  let token: JSONWebToken

  /// Whether a token is meant as one: it names a thumbprint, or the client itself as its issuer.
  static func isOne(_ token: JSONWebToken, of client: RegisteredClient) -> Bool {
    token.header["x5t#S256"] != nil || token.header["x5t"] != nil
      || token.text("iss")?.lowercased() == client.clientID
  }

  /// Checks the signature against the registered certificate, and every claim.
  func check(
    of client: RegisteredClient,
    audiences: Set<String>,
    now: Timestamp
  ) throws(SignInFailure) {
    let certificate = try certificate(of: client)
    guard certificate.validity.contains(now.seconds) else {
      throw .wrongKey("The key used is expired.", client: client.clientID)
    }
    guard token.isSigned(with: certificate.publicKey) else {
      throw .wrongKey(
        "The signature is not that of the certificate's key.",
        client: client.clientID
      )
    }
    guard let audience = token.audience else {
      throw .malformedAssertion("it must have one audience.")
    }
    guard audiences.contains(TokenResource.trimmed(audience).lowercased()) else {
      throw .wrongAudience
    }
    guard token.text("iss")?.lowercased() == client.clientID,
      token.text("sub")?.lowercased() == client.clientID
    else { throw .anotherClient }
    try token.checkValidity(at: now)
  }

  /// Finds the registered certificate that the header names, by SHA-256 or by the older SHA-1.
  private func certificate(of client: RegisteredClient) throws(SignInFailure) -> Certificate {
    let newThumbprint = thumbprint("x5t#S256")
    let oldThumbprint = thumbprint("x5t")
    guard newThumbprint != nil || oldThumbprint != nil else { throw .noThumbprint }
    let named = client.certificates.first { certificate in
      newThumbprint.map { $0 == certificate.thumbprint.bytes } ?? true
        && oldThumbprint.map { $0 == certificate.oldThumbprint } ?? true
    }
    guard let named else { throw .wrongKey("The key was not found.", client: client.clientID) }
    return named
  }

  /// The bytes of a thumbprint in the header; none where the text is not base64url, which then fits
  /// no certificate.
  ///
  /// Entra takes it with padding too, as Microsoft's library for Python writes it.
  private func thumbprint(_ name: String) -> [UInt8]? {
    guard let text = token.header[name]?.string else { return nil }
    return Base64URL.decode(text.prefix { $0 != "=" }) ?? []
  }
}
