internal import Access
internal import Crypto
internal import HTTP

/// The signed statement by which the holder of a certificate signs in (FACTS section 10).
enum ClientAssertion {
  /// How long an assertion is good for.
  static let lifetime = Moment.Span.minutes(10)

  /// Signs an assertion for a token endpoint.
  static func make(
    client: String,
    credential: CertificateCredential,
    sendsChain: Bool,
    audience: HTTPURL,
    now: Moment,
    id: GUID
  ) throws(CryptoError) -> Secret {
    let certificate = credential.certificate.der
    var header: [String: CanonicalJSON] = [
      "alg": .string("PS256"),
      "typ": .string("JWT"),
      "x5t#S256": .string(Base64URL.encode(SHA256.digest(certificate).bytes)),
    ]
    if sendsChain {
      let all = [credential.certificate] + credential.chain
      header["x5c"] = .array(all.map { .string(Base64.encode($0.der)) })
    }
    let claims: [String: CanonicalJSON] = [
      "aud": .string(audience.description), "iss": .string(client), "sub": .string(client),
      "jti": .string(id.description), "iat": .moment(now), "nbf": .moment(now),
      "exp": .moment(now + lifetime),
    ]
    let parts = [header, claims].map { Base64URL.encode(CanonicalJSON.object($0).bytes) }
    let signed = parts.joined(separator: ".")
    let signature = try credential.key.sign(Array(signed.utf8), scheme: .ps256)
    return Secret("\(signed).\(Base64URL.encode(signature))")
  }
}
