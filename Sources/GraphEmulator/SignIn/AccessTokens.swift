internal import Crypto
internal import Platform

/// The tokens of one tenant: issues them, and believes those that it issued.
final class AccessTokens: Sendable {
  private let tenantID: String
  private let seed: UInt64
  // Made at the first use: a tenth of a second that many a run never needs.
  private let key: Locked<SigningKey?>
  private let believed = Locked<[String: Believed]>([:])
  private let count = Locked<UInt64>(0)

  /// The key with the name under which it is published.
  struct SigningKey: Sendable {
    let key: RSAPrivateKey
    let name: String

    init(_ key: RSAPrivateKey) {
      self.key = key
      name = Base64URL.encode(Array(SHA256.digest(key.publicKey.modulus).bytes.prefix(20)))
    }
  }

  /// What a token says whose signature was checked.
  struct Believed: Sendable {
    let caller: Caller
    let audience: String
    let validity: Range<Int64>
  }

  init(tenantID: String, seed: UInt64, key: RSAPrivateKey?) {
    self.tenantID = tenantID
    self.seed = seed
    self.key = Locked(key.map(SigningKey.init))
  }

  /// How long a token lives, in seconds; a managed identity's lives a day.
  static let lifetime = 3599
  static let managedLifetime = 86_399

  /// The next of a series of identifiers, the same for every run with one seed: trace ids and such.
  func nextID(_ kind: String) -> String {
    let number = count.withLock { count in
      count += 1
      return count
    }
    return DerivedIdentity.guid(kind, String(seed), String(number))
  }

  /// Issues a token for a resource; application permissions are those of Graph, and other
  /// resources' tokens carry none.
  func issue(
    to client: RegisteredClient,
    audience: String,
    resource: TokenResource,
    now: Timestamp,
    lifetime: Int
  ) throws(CryptoError) -> String {
    let signer = try signingKey()
    let header: JSONValue = [
      "typ": "JWT", "alg": "RS256", "x5t": .string(signer.name), "kid": .string(signer.name),
    ]
    let seconds = Int(now.seconds)
    let issuer = JSONValue.string("https://sts.windows.net/\(tenantID)/")
    var claims: [String: JSONValue] = [
      "aud": .string(audience), "iss": issuer, "idp": issuer, "idtyp": "app", "ver": "1.0",
      "iat": .integer(seconds), "exp": .integer(seconds + lifetime),
      // Five minutes early, for clients and services whose clocks differ.
      "nbf": .integer(seconds - 300),
      "app_displayname": .string(client.displayName), "appid": .string(client.clientID),
      "appidacr": client.certificates.isEmpty ? "1" : "2",
      "oid": .string(client.objectID), "sub": .string(client.objectID), "tid": .string(tenantID),
      "uti": .string(nextID("token")),
    ]
    if case .graph = resource, !client.permissions.isEmpty {
      claims["roles"] = .array(client.permissions.sorted().map { .string($0.rawValue) })
    }
    return try JSONWebToken.sign(.object(claims), header: header, with: signer.key)
  }

  /// Reads a token that was issued here; `nil` for every other, altered ones included.
  ///
  /// What was believed once is believed again without another look at the signature.
  func read(_ text: String) -> Believed? {
    if let known = believed.withLock({ $0[text] }) { return known }
    guard let token = JSONWebToken(text), token.algorithm == RSASignatureScheme.rs256.rawValue,
      let signer = try? signingKey(), token.isSigned(with: signer.key.publicKey),
      let audience = token.audience, let start = token.moment("nbf"),
      let end = token.moment("exp"), start < end, let caller = Self.caller(of: token)
    else { return nil }
    let result = Believed(caller: caller, audience: audience, validity: start..<end)
    believed.withLock { believed in
      if believed.count >= Self.capacity { believed.removeAll() }
      believed[text] = result
    }
    return result
  }

  /// The key that clients find among the published ones.
  func signingKey() throws(CryptoError) -> SigningKey {
    try key.withLock { (held) throws(CryptoError) in
      if let held { return held }
      let made = SigningKey(try RSAPrivateKey.generate())
      held = made
      return made
    }
  }

  private static let capacity = 4096

  private static func caller(of token: JSONWebToken) -> Caller? {
    guard let appID = token.text("appid"), let objectID = token.text("oid") else { return nil }
    let roles = token.claims["roles"]?.array?.compactMap(\.string) ?? []
    return Caller(
      appID: appID,
      objectID: objectID,
      displayName: token.text("app_displayname") ?? appID,
      permissions: Set(roles.map { GraphPermission(rawValue: $0) })
    )
  }
}

/// The application on whose behalf a call to Graph is made, as its token says.
package struct Caller: Hashable, Sendable {
  /// The client id.
  package let appID: String
  /// The object id of the application's service principal in the tenant.
  package let objectID: String
  package let displayName: String
  package let permissions: Set<GraphPermission>
}

extension GraphFailure {
  /// FACTS section 8: a token that is missing, malformed, expired or meant for somebody else.
  static func invalidToken(_ message: String, base: String) -> Self {
    var failure = Self(401, "InvalidAuthenticationToken", message)
    let challenge =
      #"Bearer realm="", authorization_uri="\#(base)/common/oauth2/authorize", "#
      + #"client_id="00000003-0000-0000-c000-000000000000""#
    failure.headers = [("WWW-Authenticate", challenge)]
    return failure
  }
}
