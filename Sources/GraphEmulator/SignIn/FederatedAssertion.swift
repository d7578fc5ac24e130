internal import Crypto

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
    let keys = trusted.jwks.keys.filter { name == nil || $0.kid == name }
    guard keys.contains(where: { $0.publicKey.map(token.isSigned(with:)) ?? false }) else {
      throw .unverifiedFederation
    }
    try token.checkValidity(at: now)
  }
}
