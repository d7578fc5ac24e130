package import Access
internal import Crypto
package import HTTP
internal import JSON

/// A token for Graph, and what it says of itself.
///
/// Its claims are read, not verified: the token came from the sign-in server over TLS, and only
/// Graph can verify it.
package struct AccessToken: Hashable, Sendable {
  /// The token itself, for the header field that carries it.
  package let secret: Secret
  /// From when on it is not used any more.
  package let expires: Moment
  /// The tenant it is for (`tid`).
  package let tenant: TenantID
  /// The application permissions it holds (`roles`).
  package let permissions: Set<String>
  /// What the sign-in server's clock said when it gave the token; `nil` where it sent no date.
  package let serviceTime: Moment?

  private struct Claims: GraphModel {
    let tid: Spelled<TenantID>
    var roles: [String]?
  }

  /// Reads a token; `nil` if it is not a JWT that names a tenant.
  init?(_ text: String, expires: Moment, serviceTime: Moment? = nil) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let payload = Base64URL.decode(parts[1]),
      let claims = try? ForeignJSONDecoder().decode(Claims.self, from: payload)
    else { return nil }
    secret = Secret(text)
    self.expires = expires
    self.serviceTime = serviceTime
    tenant = claims.tid.id
    permissions = Set(claims.roles ?? [])
  }

  /// Whether it holds at least one of several permissions.
  func holdsAny(of names: Set<String>) -> Bool { !permissions.isDisjoint(with: names) }
}
