/// Public keys as RFC 7517 writes them; only RSA keys are ever used.
package struct JSONWebKeySet: Hashable, Sendable, Codable {
  package var keys: [Key]

  package init(keys: [Key]) { self.keys = keys }

  /// One key, its numbers in base64url; a key of another kind than RSA has none of them.
  package struct Key: Hashable, Sendable, Codable {
    package var kty: String
    package var kid: String?
    package var use: String?
    package var alg: String?
    package var n: String?
    package var e: String?

    package init(
      kty: String,
      kid: String? = nil,
      use: String? = nil,
      alg: String? = nil,
      n: String? = nil,
      e: String? = nil
    ) {
      self.kty = kty
      self.kid = kid
      self.use = use
      self.alg = alg
      self.n = n
      self.e = e
    }
  }
}
