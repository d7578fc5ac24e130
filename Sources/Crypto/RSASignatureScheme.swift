/// The two ways of RFC 7518 to sign with RSA over SHA-256.
package enum RSASignatureScheme: String, Hashable, Sendable, CaseIterable {
  /// PKCS #1 v1.5.
  case rs256 = "RS256"
  /// PSS, with a salt as long as the digest.
  case ps256 = "PS256"
}
