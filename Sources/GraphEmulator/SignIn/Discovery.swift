internal import Crypto

/// The documents by which clients find the token endpoint and the keys of its tokens.
struct Discovery: Sendable {
  let signIn: SignIn
  /// As the path names it.
  let tenantName: String

  enum Document: Sendable {
    case instance
    case configuration(isOld: Bool)
    case keys

    /// Knows a document by what follows the tenant in a path, in small letters.
    init?(path: some Sequence<String>) {
      switch Array(path) {
      case ["discovery", "instance"]: self = .instance
      case ["v2.0", ".well-known", "openid-configuration"]: self = .configuration(isOld: false)
      case [".well-known", "openid-configuration"]: self = .configuration(isOld: true)
      case ["discovery", "v2.0", "keys"], ["discovery", "keys"]: self = .keys
      default: return nil
      }
    }
  }

  func read(_ document: Document, _ request: SignInRequest) throws(SignInFailure) -> JSONValue {
    switch document {
    case .instance: return try instance(request)
    case .configuration(let isOld):
      return configuration(of: try tenant(), isOld, base: request.base)
    case .keys:
      _ = try tenant()
      return try keys()
    }
  }

  /// The tenant's id, or the name that represents any tenant.
  private func tenant() throws(SignInFailure) -> String {
    if ["common", "organizations"].contains(tenantName.lowercased()) { return "{tenantid}" }
    try signIn.checkTenant(tenantName)
    return signIn.tenant.id
  }

  private func configuration(of tenant: String, _ isOld: Bool, base: String) -> JSONValue {
    let root = "\(base)/\(tenant == "{tenantid}" ? tenantName.lowercased() : tenant)"
    let version = isOld ? "" : "/v2.0"
    let issuer = isOld ? "https://sts.windows.net/\(tenant)/" : "\(base)/\(tenant)/v2.0"
    return [
      "token_endpoint": .string("\(root)/oauth2\(version)/token"),
      "token_endpoint_auth_methods_supported": [
        "client_secret_post", "private_key_jwt", "client_secret_basic",
      ],
      "jwks_uri": .string("\(root)/discovery\(version)/keys"),
      "response_modes_supported": ["query", "fragment", "form_post"],
      "subject_types_supported": ["pairwise"],
      "id_token_signing_alg_values_supported": ["RS256"],
      "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
      "scopes_supported": ["openid", "profile", "email", "offline_access"],
      "issuer": .string(issuer),
      "request_uri_parameter_supported": false,
      "authorization_endpoint": .string("\(root)/oauth2\(version)/authorize"),
      "device_authorization_endpoint": .string("\(root)/oauth2\(version)/devicecode"),
      "http_logout_supported": true,
      "frontchannel_logout_supported": true,
      "end_session_endpoint": .string("\(root)/oauth2\(version)/logout"),
      "claims_supported": [
        "sub", "iss", "aud", "exp", "iat", "tid", "ver", "appid", "oid", "roles",
      ],
      "tenant_region_scope": .null,
      "cloud_instance_name": "microsoftonline.com",
      "cloud_graph_host_name": "graph.windows.net",
      "msgraph_host": .string(String(base.split(separator: "/").last ?? "")),
    ]
  }

  /// Tells a client that the host which it came to is one that it may trust, alone.
  private func instance(_ request: SignInRequest) throws(SignInFailure) -> JSONValue {
    let host = request.base.split(separator: "/").last.map(String.init) ?? ""
    guard let endpoint = request.query["authorization_endpoint"] else {
      throw .missing("authorization_endpoint")
    }
    let parts = endpoint.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 3, parts[0] == "https:" || parts[0] == "http:" else {
      throw .invalidInstance
    }
    let name = JSONValue.string(host)
    return [
      "tenant_discovery_endpoint": .string(
        "\(request.base)/\(parts[3])/v2.0/.well-known/openid-configuration"
      ),
      "api-version": "1.1",
      "metadata": [
        ["preferred_network": name, "preferred_cache": name, "aliases": [name]]
      ],
    ]
  }

  private func keys() throws(SignInFailure) -> JSONValue {
    guard let signer = try? signIn.tokens.signingKey() else { throw .unavailable }
    let key = signer.key.publicKey
    return [
      "keys": [
        [
          "kty": "RSA", "use": "sig", "alg": "RS256", "kid": .string(signer.name),
          "x5t": .string(signer.name), "n": .string(Base64URL.encode(key.modulus)),
          "e": .string(Base64URL.encode(key.exponent)),
        ]
      ]
    ]
  }
}
