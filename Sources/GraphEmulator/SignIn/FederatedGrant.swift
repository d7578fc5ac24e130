internal import Crypto

/// The trust of an application in the tokens of an outside issuer (workload identity federation).
///
/// In a scenario: `{"issuer": …, "subject": …, "audience": …, "jwks": {"keys": […]}}`; the keys
/// replace those that the issuer would publish, since the emulator asks nobody. FACTS
/// section 10: issuer, subject and audience must match exactly.
struct FederatedCredential: Hashable, Sendable {
  let issuer: String
  let subject: String
  var audience = Self.defaultAudience
  let keys: [JSONWebKey]

  /// The audience that Entra proposes and almost every issuer's tokens carry.
  static let defaultAudience = "api://AzureADTokenExchange"
}

/// A token of an outside issuer, presented in place of a secret (FACTS section 10).
struct FederatedAssertion: Sendable {
  let token: JSONWebToken

  /// Checks that one of the client's credentials trusts the token: issuer, subject and audience
  /// exactly, RS256 by one of the issuer's keys, and a time within its validity.
  func check(of client: RegisteredClient, now: Timestamp) throws(SignInFailure) {
    guard let issuer = token.text("iss"), let subject = token.text("sub"),
      let audience = token.audience
    else { throw .malformedAssertion("it must have an issuer, a subject and one audience.") }
    let ofIssuer = client.federated.filter { $0.issuer == issuer }
    guard !ofIssuer.isEmpty else { throw .unmatchedFederation(.issuer, issuer) }
    let ofSubject = ofIssuer.filter { $0.subject == subject }
    guard !ofSubject.isEmpty else { throw .unmatchedFederation(.subject, subject) }
    guard let trusted = ofSubject.first(where: { $0.audience == audience }) else {
      throw .unmatchedFederation(.audience, audience)
    }
    guard token.algorithm == RSASignatureScheme.rs256.rawValue else {
      throw .malformedAssertion("only RS256 is taken from outside issuers.")
    }
    let name = token.header["kid"]?.string
    let keys = trusted.keys.filter { name == nil || $0.kid == name }
    guard keys.contains(where: { $0.publicKey.map(token.isSigned(with:)) ?? false }) else {
      throw .unverifiedFederation
    }
    try token.checkValidity(at: now)
  }
}

/// A public key as RFC 7517 writes it.
struct JSONWebKey: Hashable, Sendable {
  let kid: String?
  /// `nil` for a key of another kind than RSA, which nothing can be checked with.
  let publicKey: RSAPublicKey?

  init(kid: String?, publicKey: RSAPublicKey?) {
    self.kid = kid
    self.publicKey = publicKey
  }

  init(_ json: JSONValue) {
    var key: RSAPublicKey?
    if json["kty"] == "RSA",
      let modulus = json["n"]?.string.flatMap({ Base64URL.decode($0) }),
      let exponent = json["e"]?.string.flatMap({ Base64URL.decode($0) })
    {
      key = try? RSAPublicKey(modulus: modulus, exponent: exponent)
    }
    self.init(kid: json["kid"]?.string, publicKey: key)
  }
}
