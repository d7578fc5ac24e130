internal import Crypto

/// `/{tenant}/oauth2/v2.0/token`, and the older `/{tenant}/oauth2/token`, for applications that
/// sign in by themselves (FACTS section 10).
struct TokenEndpoint: Sendable {
  let signIn: SignIn
  /// As the path names it.
  let tenantName: String

  func token(for request: SignInRequest) throws(SignInFailure) -> JSONValue {
    let form = FormFields(String(decoding: request.body, as: UTF8.self))
    let basic = BasicCredential(request.headers["authorization"])
    try signIn.checkTenant(tenantName)
    guard let grant = form["grant_type"] else { throw .missing("grant_type") }
    guard grant == "client_credentials" else { throw .unsupportedGrant(grant) }
    guard let name = form["client_id"] ?? basic?.name else { throw .missing("client_id") }
    guard let client = signIn.clients.first(where: { $0.clientID == name.lowercased() }) else {
      throw .unknownClient(name, tenant: signIn.tenant.displayName)
    }
    let audience = try audience(form)
    guard let resource = TokenResource(identifier: audience, base: request.base) else {
      throw .unknownResource(audience, tenant: signIn.tenant.displayName)
    }
    try ClientProof(form, secret: basic?.secret)
      .check(of: client, audiences: audiences(request), now: request.outside)
    guard
      let token = try? signIn.tokens.issue(
        to: client,
        audience: audience,
        resource: resource,
        now: request.now,
        lifetime: AccessTokens.lifetime
      )
    else { throw .unavailable }
    return body(token, audience, form, request.outside)
  }

  /// The resource of `scope`, which ends in `/.default`; of `resource` in the older form.
  private func audience(_ form: FormFields) throws(SignInFailure) -> String {
    if form["scope"] == nil, let resource = form["resource"] { return resource }
    guard let scope = form["scope"] else { throw .missing("scope") }
    // Clients of the authorization-code flow add these to whatever they ask for.
    let asked = scope.split(separator: " ").filter {
      !["openid", "profile", "offline_access"].contains($0)
    }
    guard asked.count == 1, asked[0].hasSuffix("/.default"), asked[0] != "/.default" else {
      throw .invalidScope(scope)
    }
    return TokenResource.trimmed(String(asked[0].dropLast("/.default".count)))
  }

  /// What an assertion for this endpoint may call it: by either name of the tenant.
  private func audiences(_ request: SignInRequest) -> Set<String> {
    var names: Set<String> = []
    for name in [signIn.tenant.id, tenantName.lowercased()] {
      let root = "\(TokenResource.trimmed(request.base).lowercased())/\(name)"
      names.formUnion([root, "\(root)/v2.0", "\(root)/oauth2/token", "\(root)/oauth2/v2.0/token"])
    }
    return names
  }

  private func body(
    _ token: String,
    _ audience: String,
    _ form: FormFields,
    _ now: Timestamp
  ) -> JSONValue {
    guard form["scope"] == nil else {
      return [
        "token_type": "Bearer", "expires_in": .integer(AccessTokens.lifetime),
        "ext_expires_in": .integer(AccessTokens.lifetime), "access_token": .string(token),
      ]
    }
    // The older endpoint writes its numbers as texts.
    let now = Int(now.seconds)
    let lifetime = String(AccessTokens.lifetime)
    return [
      "token_type": "Bearer", "expires_in": .string(lifetime), "ext_expires_in": .string(lifetime),
      "expires_on": .string(String(now + AccessTokens.lifetime)),
      "not_before": .string(String(now - 300)), "resource": .string(audience),
      "access_token": .string(token),
    ]
  }
}

/// The service for which a token is asked.
enum TokenResource: Sendable {
  case graph
  /// Azure Resource Manager, which Azure CLI asks for its subscriptions.
  case resourceManager

  /// Recognises the identifier of a service: Graph's of every cloud (FACTS section 10), its client
  /// id, and the emulator's own address, which clients put in its place; Resource Manager's.
  ///
  /// The emulator's own address is the one by which it was reached, and any on loopback, since
  /// `localhost` and `127.0.0.1` are one to anyone who sets a client up.
  init?(identifier: String, base: String) {
    let name = Self.trimmed(identifier).lowercased()
    if Self.graphNames.contains(name) || name == Self.trimmed(base).lowercased()
      || Self.isLoopback(name)
    {
      self = .graph
    } else if Self.resourceManagerNames.contains(name) {
      self = .resourceManager
    } else {
      return nil
    }
  }

  /// An identifier without the slashes at its end, of which clients send none, one or two.
  static func trimmed(_ identifier: String) -> String {
    var text = identifier[...]
    while text.hasSuffix("/") { text = text.dropLast() }
    return String(text)
  }

  private static func isLoopback(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "https:" || parts[0] == "http:", parts[1].isEmpty else {
      return false
    }
    return Loopback.isAuthority(parts[2])
  }

  static let graphAppID = "00000003-0000-0000-c000-000000000000"

  private static let graphNames: Set<String> = [
    "https://graph.microsoft.com", "https://graph.microsoft.us", "https://dod-graph.microsoft.us",
    "https://microsoftgraph.chinacloudapi.cn", graphAppID,
  ]

  private static let resourceManagerNames: Set<String> = [
    "https://management.azure.com", "https://management.core.windows.net",
    "https://management.usgovcloudapi.net", "https://management.core.usgovcloudapi.net",
    "https://management.chinacloudapi.cn", "https://management.core.chinacloudapi.cn",
    "797f4846-ba00-4fd7-ba43-dac1f8f63013",
  ]
}

/// What a client offers to prove who it is.
enum ClientProof: Sendable {
  case secret(ClientSecret)
  case assertion(JSONWebToken)

  static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

  /// Finds the proof among the fields of a form; `secret` is that of the `Authorization` field.
  init(_ form: FormFields, secret: String?) throws(SignInFailure) {
    if let assertion = form["client_assertion"] {
      guard let type = form["client_assertion_type"] else {
        throw .missing("client_assertion_type")
      }
      guard type == Self.assertionType else { throw .unsupportedAssertionType(type) }
      guard let token = JSONWebToken(assertion) else {
        throw .malformedAssertion("it is not three parts in base64url.")
      }
      self = .assertion(token)
    } else if let secret = secret ?? form["client_secret"] {
      self = .secret(ClientSecret(secret))
    } else {
      throw .noCredential
    }
  }

  /// Checks the proof against what a client registered.
  ///
  /// `audiences` are the names of the token endpoint that an assertion may be addressed to, `now`
  /// is the clock by which clients date their assertions.
  func check(
    of client: RegisteredClient,
    audiences: Set<String>,
    now: Timestamp
  ) throws(SignInFailure) {
    switch self {
    case .secret(let offered):
      guard let secret = client.secret, secret.matches(offered.revealed) else {
        throw .wrongSecret(client.clientID)
      }
    case .assertion(let token) where CertificateAssertion.isOne(token, of: client):
      try CertificateAssertion(token: token).check(of: client, audiences: audiences, now: now)
    case .assertion(let token):
      try FederatedAssertion(token: token).check(of: client, now: now)
    }
  }
}

extension JSONWebToken {
  /// Refuses a token that is not valid at a moment; clocks may differ by five minutes.
  func checkValidity(at now: Timestamp) throws(SignInFailure) {
    guard let end = moment("exp") else { throw .malformedAssertion("it has no 'exp'.") }
    let start = moment("nbf") ?? 0
    guard now.seconds < end.addingClamped(300), now.seconds >= start.addingClamped(-300) else {
      throw .outsideValidity(
        now: now.text,
        from: Self.text(of: start),
        until: Self.text(of: end)
      )
    }
  }

  /// A moment in words where the calendar has it, as a number elsewhere.
  private static func text(of seconds: Int64) -> String {
    (0...253_402_300_799).contains(seconds)
      ? Timestamp(milliseconds: seconds * 1000).text : String(seconds)
  }
}

extension Int64 {
  fileprivate func addingClamped(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }
}
