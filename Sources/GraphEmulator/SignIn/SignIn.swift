internal import Crypto

/// A request as far as signing in looks at it.
struct SignInRequest: Sendable {
  let method: String
  /// Still percent-encoded, with its leading slash and without the query.
  let path: String
  let query: FormFields
  /// By lower-case name; of a repeated field the last one.
  let headers: [String: String]
  let body: [UInt8]
  /// Scheme and authority by which the client reached the emulator, such as
  /// `https://localhost:8443`: what every address in a reply starts with.
  let base: String
  /// The emulator's clock, by which tokens are issued and expire.
  let now: Timestamp
  /// The clock by which clients date what they send and keep what they get.
  let outside: Timestamp
}

/// The sign-in service of one tenant: who may sign in, the tokens that it issues, and the check of
/// those tokens on every call to Graph.
///
/// Pure over its inputs but for the key with which it signs.
final class SignIn: Sendable {
  let tenant: Tenant
  /// Those who may sign in; the first is the one that `AZURE_CLIENT_ID` names.
  let clients: [RegisteredClient]
  let tokens: AccessTokens

  /// The tenant to which everything belongs.
  struct Tenant: Hashable, Sendable {
    let id: String
    let displayName: String
    /// Its verified domains, of which each may represent the id in a path; the first is the
    /// default.
    let domains: [String]

    init(id: String, displayName: String, domains: [String]) {
      self.id = id.lowercased()
      self.displayName = displayName
      self.domains = domains.map { $0.lowercased() }
    }
  }

  /// Registers the clients of a scenario, or the two default ones of a seed where it names none:
  /// one that holds every permission, one that can only read.
  ///
  /// Tokens are signed with the given key, or with a new one.
  init(tenant: Tenant, clients: [RegisteredClient], seed: UInt64, key: RSAPrivateKey? = nil) {
    self.tenant = tenant
    self.clients = clients.isEmpty ? DefaultClients.make(seed: seed) : clients
    tokens = AccessTokens(tenantID: tenant.id, seed: seed, key: key)
  }

  /// Answers whatever belongs to signing in (tokens, discovery, keys, managed identity, the cloud's
  /// metadata); `nil` where the path is not one of these, so that Graph's routes may have it.
  func reply(to request: SignInRequest) -> Reply? {
    let segments = request.path.split(separator: "/").map {
      PercentEncoding.decode($0) ?? String($0)
    }
    var method = "GET"
    let answer: () throws(SignInFailure) -> Reply
    switch segments.map({ $0.lowercased() }) {
    case ["metadata", "identity", "oauth2", "token"]:
      answer = { ManagedIdentity(signIn: self).instanceToken(request) }
    case ["msi", "token"]: answer = { ManagedIdentity(signIn: self).applicationToken(request) }
    case ["metadata", "endpoints"]: answer = { CloudMetadata.endpoints(request) }
    case ["subscriptions"], ["tenants"]:
      answer = { ResourceManager(signIn: self).list(segments[0], request) }
    case let path where path.dropFirst() == ["oauth2", "token"],
      let path where path.dropFirst() == ["oauth2", "v2.0", "token"]:
      method = "POST"
      let endpoint = TokenEndpoint(signIn: self, tenantName: segments[0])
      answer = { () throws(SignInFailure) in Reply(200, try endpoint.token(for: request)) }
    case let path where path.count > 2:
      guard let document = Discovery.Document(path: path.dropFirst()) else { return nil }
      let discovery = Discovery(signIn: self, tenantName: segments[0])
      answer = { () throws(SignInFailure) in Reply(200, try discovery.read(document, request)) }
    default: return nil
    }
    guard request.method == method else { return Self.methodNotAllowed(allowing: method) }
    do throws(SignInFailure) {
      return try answer()
    } catch {
      return reply(for: error, request)
    }
  }

  /// Refuses a method that a path does not have.
  private static func methodNotAllowed(allowing method: String) -> Reply {
    var reply = Reply(
      405,
      [
        "error": "invalid_request",
        "error_description": .string("The endpoint takes \(method) requests only."),
      ]
    )
    reply.headers = [("Allow", method)]
    return reply
  }

  /// Finds the caller whose token a request bears in its `Authorization` field.
  ///
  /// - Throws: 401 `InvalidAuthenticationToken` where it is missing, malformed, not signed here,
  ///   expired by `now`, or meant for another resource than Graph.
  func caller(
    bearing authorization: String?,
    base: String,
    now: Timestamp
  ) throws(GraphFailure) -> Caller {
    func require(_ condition: Bool, _ message: String) throws(GraphFailure) {
      if !condition { throw .invalidToken(message, base: base) }
    }
    let text = Self.bearer(authorization) ?? ""
    try require(!text.isEmpty, "Access token is empty.")
    guard let token = tokens.read(text) else {
      let isWhole = text.split(separator: ".", omittingEmptySubsequences: false).count == 3
      try require(isWhole, "The token is not a JWT: it must have three parts.")
      throw .invalidToken("Access token validation failure. Invalid signature.", base: base)
    }
    let resource = TokenResource(identifier: token.audience, base: base)
    try require(resource == .graph, "Access token validation failure. Invalid audience.")
    let (start, end) = (token.validity.lowerBound, token.validity.upperBound)
    try require(now.seconds < end, "Lifetime validation failed, the token is expired.")
    // A clock that was set back, by hand or by a snapshot, leaves its tokens in the future.
    try require(now.seconds >= start, "Lifetime validation failed, the token is not yet valid.")
    return token.caller
  }

  /// Whether a name in a path means this tenant.
  func isTenant(_ name: String) -> Bool {
    let name = name.lowercased()
    return name == tenant.id || tenant.domains.contains(name)
  }

  /// What follows `Bearer`, in whatever capitals.
  static func bearer(_ authorization: String?) -> String? {
    guard let parts = authorization?.split(separator: " ", maxSplits: 1), parts.count == 2,
      parts[0].lowercased() == "bearer"
    else { return nil }
    let token = parts[1].drop { $0 == " " }
    return token.isEmpty ? nil : String(token)
  }
}

extension SignIn {
  /// Refuses a name in a path that is not this tenant's.
  func checkTenant(_ name: String) throws(SignInFailure) {
    guard !isTenant(name) else { return }
    if ["common", "organizations", "consumers"].contains(name.lowercased()) { throw .noTenant }
    guard ObjectID(name) != nil || name.contains(".") else { throw .malformedTenant(name) }
    throw .unknownTenant(name)
  }

  /// Writes a refusal as Entra does, with identifiers of its own or the client's.
  private func reply(for failure: SignInFailure, _ request: SignInRequest) -> Reply {
    let trace = tokens.nextID("trace")
    let correlation =
      request.headers["client-request-id"].flatMap { ObjectID($0)?.text }
      ?? tokens.nextID("correlation")
    // `2026-11-20 12:00:00Z`, not with the T that Graph writes.
    let time = request.now.text.replacing("T", with: " ")
    let description =
      "AADSTS\(failure.code): \(failure.description) Trace ID: \(trace) "
      + "Correlation ID: \(correlation) Timestamp: \(time)"
    var reply = Reply(
      failure.status,
      [
        "error": .string(failure.error), "error_description": .string(description),
        "error_codes": [.integer(failure.code)], "timestamp": .string(time),
        "trace_id": .string(trace), "correlation_id": .string(correlation),
        "error_uri": .string("https://login.microsoftonline.com/error?code=\(failure.code)"),
      ]
    )
    reply.headers = [("x-ms-request-id", trace), ("client-request-id", correlation)]
    return reply
  }
}
