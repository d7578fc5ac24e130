internal import Crypto

/// The sign-in service of one tenant: who may sign in, the tokens that it issues, and the check of
/// those tokens on every call to Graph.
///
/// Pure over its inputs but for the key with which it signs. Its time is handed in with every call:
/// `now` is the emulator's clock, by which tokens are issued and expire; `outside` the clock by which
/// clients date what they send and keep what they get.
package final class SignIn: Sendable {
  package let tenant: Tenant
  /// Those who may sign in; the first is the one that `AZURE_CLIENT_ID` names.
  package let clients: [RegisteredClient]
  let tokens: AccessTokens

  /// The tenant to which everything belongs.
  package struct Tenant: Hashable, Sendable {
    package let id: String
    package let displayName: String
    /// Its verified domains, of which each may stand for the id in a path; the first is the default.
    package let domains: [String]

    package init(id: String, displayName: String, domains: [String]) {
      self.id = id.lowercased()
      self.displayName = displayName
      self.domains = domains.map { $0.lowercased() }
    }
  }

  /// Registers the clients of a scenario, or the two default ones of a seed where it names none: one
  /// that holds every permission, one that can only read.
  package init(tenant: Tenant, clients: [RegisteredClient], seed: UInt64) {
    self.tenant = tenant
    self.clients = clients.isEmpty ? DefaultClients.make(seed: seed) : clients
    tokens = AccessTokens(tenantID: tenant.id, seed: seed)
  }

  /// Answers whatever belongs to signing in (tokens, discovery, keys, managed identity, the cloud's
  /// metadata); `nil` where the path is not one of these, so that Graph's routes may have it.
  package func reply(
    to request: SignInRequest,
    now: Timestamp,
    outside: Timestamp
  ) -> SignInReply? {
    let segments = request.path.split(separator: "/").map {
      FormFields.decode($0.utf8, plusIsSpace: false)
    }
    let moment = SignInMoment(now: now, outside: outside)
    switch segments.map({ $0.lowercased() }) {
    case ["metadata", "identity", "oauth2", "token"]:
      return get(request) { ManagedIdentity(signIn: self).instanceToken(request, moment) }
    case ["msi", "token"]:
      return get(request) { ManagedIdentity(signIn: self).applicationToken(request, moment) }
    case ["metadata", "endpoints"]:
      return get(request) { CloudMetadata.endpoints(request) }
    case ["subscriptions"], ["tenants"]:
      return get(request) { ResourceManager(signIn: self).list(segments[0], request, now) }
    case let path where path.count > 2 && path[1] == "oauth2" && path.last == "token":
      guard path.count == 3 || path == [path[0], "oauth2", "v2.0", "token"] else { return nil }
      guard request.method == "POST" else { return .methodNotAllowed(allowing: "POST") }
      return TokenEndpoint(signIn: self, tenantName: segments[0]).reply(to: request, moment)
    case let path where path.count > 2:
      guard let document = Discovery.Document(path: path.dropFirst()) else { return nil }
      return get(request) {
        Discovery(signIn: self, tenantName: segments[0]).reply(document, request, moment)
      }
    default: return nil
    }
  }

  /// Finds the caller whose token a request bears in its `Authorization` field.
  ///
  /// - Throws: 401 `InvalidAuthenticationToken` where it is missing, malformed, not signed here,
  ///   expired by `now`, or meant for another resource than Graph.
  package func caller(
    bearing authorization: String?,
    base: String,
    now: Timestamp
  ) throws(CallRefusal) -> Caller {
    guard let text = Self.bearer(authorization) else {
      throw .invalidToken("Access token is empty.", base: base)
    }
    guard text.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2 else {
      throw .invalidToken("The token is not a JWT: it must have three parts.", base: base)
    }
    guard let token = tokens.read(text) else {
      throw .invalidToken("Access token validation failure. Invalid signature.", base: base)
    }
    guard case .graph? = TokenResource(identifier: token.audience, base: base) else {
      throw .invalidToken("Access token validation failure. Invalid audience.", base: base)
    }
    guard now.seconds < token.validity.upperBound else {
      throw .invalidToken("Lifetime validation failed, the token is expired.", base: base)
    }
    // A clock that was set back, by hand or by a snapshot, leaves its tokens in the future.
    guard now.seconds >= token.validity.lowerBound else {
      throw .invalidToken("Lifetime validation failed, the token is not yet valid.", base: base)
    }
    return token.caller
  }

  /// Whether a name in a path means this tenant.
  func isTenant(_ name: String) -> Bool {
    let name = name.lowercased()
    return name == tenant.id || tenant.domains.contains(name)
  }

  /// What stands behind `Bearer`, in whatever capitals.
  static func bearer(_ authorization: String?) -> String? {
    guard let parts = authorization?.split(separator: " ", maxSplits: 1), parts.count == 2,
      parts[0].lowercased() == "bearer"
    else { return nil }
    let token = parts[1].drop { $0 == " " }
    return token.isEmpty ? nil : String(token)
  }

  private func get(_ request: SignInRequest, _ reply: () -> SignInReply) -> SignInReply {
    request.method == "GET" ? reply() : .methodNotAllowed(allowing: "GET")
  }
}

/// The two clocks of one request.
struct SignInMoment: Sendable {
  /// The emulator's.
  let now: Timestamp
  /// The clients' own.
  let outside: Timestamp
}

extension SignIn {
  /// Refuses a name in a path that is not this tenant's.
  func checkTenant(_ name: String) throws(SignInFailure) {
    guard !isTenant(name) else { return }
    if ["common", "organizations", "consumers"].contains(name.lowercased()) { throw .noTenant }
    guard ObjectID(name) != nil || name.contains(".") else { throw .malformedTenant(name) }
    throw .unknownTenant(name)
  }

  /// Writes a refusal as Entra does, with identifiers of its own; `correlation` is the client's.
  func reply(for failure: SignInFailure, correlation: String?, now: Timestamp) -> SignInReply {
    let trace = tokens.nextID("trace")
    let correlation = correlation ?? tokens.nextID("correlation")
    // `2026-11-20 12:00:00Z`, not with the T that Graph writes.
    let time = now.text.replacing("T", with: " ")
    let description =
      "AADSTS\(failure.code): \(failure.description) Trace ID: \(trace) "
      + "Correlation ID: \(correlation) Timestamp: \(time)"
    return SignInReply(
      status: failure.status,
      [
        "error": .string(failure.error), "error_description": .string(description),
        "error_codes": [.integer(failure.code)], "timestamp": .string(time),
        "trace_id": .string(trace), "correlation_id": .string(correlation),
        "error_uri": .string("https://login.microsoftonline.com/error?code=\(failure.code)"),
      ],
      headers: [("x-ms-request-id", trace), ("client-request-id", correlation)]
    )
  }
}
