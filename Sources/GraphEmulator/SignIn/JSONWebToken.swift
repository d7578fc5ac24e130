internal import Crypto

/// A signed token in three parts (RFC 7515, compact), taken apart but not yet believed.
struct JSONWebToken: Sendable {
  let algorithm: String
  let header: JSONValue
  let claims: JSONValue
  private let signed: [UInt8]
  private let signature: [UInt8]

  /// Reads a token of at most 32 KiB; `nil` for what is not one.
  init?(_ text: some StringProtocol) {
    guard text.utf8.count <= 32_768 else { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3,
      let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
      let signature = Base64URL.decode(parts[2]), let algorithm = header["alg"]?.string
    else { return nil }
    self.algorithm = algorithm
    self.header = header
    self.claims = claims
    self.signature = signature
    signed = Array(text.utf8.prefix(parts[0].utf8.count + 1 + parts[1].utf8.count))
  }

  /// Signs claims.
  static func sign(
    _ claims: JSONValue,
    header: JSONValue,
    with key: RSAPrivateKey
  ) throws(CryptoError) -> String {
    let content = Base64URL.encode(header.bytes) + "." + Base64URL.encode(claims.bytes)
    let signature = try key.sign(Array(content.utf8), scheme: .rs256)
    return content + "." + Base64URL.encode(signature)
  }

  /// Whether the token was signed with the private half of a key, in the way that its own header
  /// names; a way that is not RSA over SHA-256 is not a signature.
  func isSigned(with key: RSAPublicKey) -> Bool {
    guard let scheme = RSASignatureScheme(rawValue: algorithm) else { return false }
    return key.verifies(signature, over: signed, scheme: scheme)
  }

  /// A claim that is a text.
  func text(_ claim: String) -> String? { claims[claim]?.string }

  /// A claim that is a moment, in seconds since 1970; fractions are dropped.
  func moment(_ claim: String) -> Int64? {
    guard let value = claims[claim] else { return nil }
    return value.integer.map { Int64($0) }
      ?? value.double.flatMap { Int64(exactly: $0.rounded(.towardZero)) }
  }

  /// The one audience, whether it is written as a text or as a list of one; `nil` for several.
  var audience: String? {
    if let list = claims["aud"]?.array { return list.count == 1 ? list[0].string : nil }
    return text("aud")
  }

  private static func object(_ part: Substring) -> JSONValue? { object(String(part)) }

  private static func object(_ part: some StringProtocol) -> JSONValue? {
    guard let bytes = Base64URL.decode(part), let value = try? JSONValue.parse(bytes),
      value.members != nil
    else { return nil }
    return value
  }
}
