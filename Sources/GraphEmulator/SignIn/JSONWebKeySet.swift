package import Crypto

/// Public keys as RFC 7517 writes them; only RSA keys are ever used.
package struct JSONWebKeySet: Hashable, Sendable {
  package var keys: [Key]

  package init(keys: [Key]) { self.keys = keys }

  /// One key.
  package struct Key: Hashable, Sendable {
    package let kid: String?
    /// `nil` for a key of another kind than RSA, which nothing can be checked with.
    let publicKey: RSAPublicKey?

    package init(kid: String?, publicKey: RSAPublicKey) {
      self.kid = kid
      self.publicKey = publicKey
    }

    fileprivate init(_ json: JSONValue) {
      kid = json["kid"]?.string
      publicKey =
        if json["kty"]?.string == "RSA",
          let modulus = json["n"]?.string.flatMap({ Base64URL.decode($0) }),
          let exponent = json["e"]?.string.flatMap({ Base64URL.decode($0) })
        { try? RSAPublicKey(modulus: modulus, exponent: exponent) } else { nil }
    }
  }

  /// Reads `{"keys": […]}`; `nil` where there is no such list.
  package init?(_ json: JSONValue) {
    guard let keys = json["keys"]?.array else { return nil }
    self.keys = keys.map(Key.init)
  }
}
