/// The trust of an application in the tokens of an outside issuer (workload identity federation).
///
/// In a scenario: `{"issuer": …, "subject": …, "audience": …, "jwks": {"keys": […]}}`; the keys
/// stand in for those that the issuer would publish, since the emulator asks nobody. FACTS
/// section 10: issuer, subject and audience must match exactly.
package struct FederatedCredential: Hashable, Sendable {
  package var issuer: String
  package var subject: String
  package var audience: String
  package var jwks: JSONWebKeySet

  package init(
    issuer: String,
    subject: String,
    audience: String = Self.defaultAudience,
    jwks: JSONWebKeySet
  ) {
    self.issuer = issuer
    self.subject = subject
    self.audience = audience
    self.jwks = jwks
  }

  /// The audience that Entra proposes and almost every issuer's tokens carry.
  package static let defaultAudience = "api://AzureADTokenExchange"
}
