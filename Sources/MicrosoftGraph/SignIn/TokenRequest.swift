internal import Access
internal import Crypto
internal import HTTP
internal import JSON

/// The request for a token, for each way of showing who we are (FACTS section 10).
struct TokenRequest {
  var request: HTTPRequest
  /// Whether the request is for a service of the machine and not for the cloud's sign-in server.
  var isLocal: Bool
  /// The statement that was made for this request alone, where one was.
  var assertion: Secret?

  private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

  static func make(
    _ identity: GraphIdentity,
    endpoints: GraphEndpoints,
    now: Moment,
    id: GUID
  ) throws(TenantError) -> Self {
    guard let url = endpoints.login.replacingTarget("/\(identity.tenant)/oauth2/v2.0/token") else {
      throw failure("the tenant's name cannot be part of a URL")
    }
    switch identity.proof {
    case .secret(let client, let secret):
      return form(url, endpoints, client, [("client_secret", secret.reveal())])
    case .certificate(let client, let credential, let sendsChain):
      do {
        let assertion = try ClientAssertion.make(
          client: client,
          credential: credential,
          sendsChain: sendsChain,
          audience: url,
          now: now,
          id: id
        )
        return form(url, endpoints, client, asserting: assertion)
      } catch {
        throw failure("the certificate's key does not sign: \(error)")
      }
    case .federated(let client, let token):
      guard let token = token() else { throw failure("the federated token cannot be read") }
      return form(url, endpoints, client, asserting: token)
    case .machine(let client, let service):
      let path = "/metadata/identity/oauth2/token?api-version=2018-02-01"
      return try local(service, path, endpoints, client, ("Metadata", "true"))
    case .appService(let client, let endpoint, let header):
      let path = endpoint.target + (endpoint.target.contains("?") ? "&" : "?")
      return try local(
        endpoint,
        path + "api-version=2019-08-01",
        endpoints,
        client,
        ("X-IDENTITY-HEADER", header.reveal())
      )
    }
  }

  private static func form(
    _ url: HTTPURL,
    _ endpoints: GraphEndpoints,
    _ client: String,
    asserting assertion: Secret
  ) -> Self {
    let proof = [
      ("client_assertion_type", assertionType), ("client_assertion", assertion.reveal()),
    ]
    var request = form(url, endpoints, client, proof)
    request.assertion = assertion
    return request
  }

  private static func form(
    _ url: HTTPURL,
    _ endpoints: GraphEndpoints,
    _ client: String,
    _ proof: [(String, String)]
  ) -> Self {
    let fields =
      [
        ("grant_type", "client_credentials"), ("client_id", client),
        ("scope", endpoints.audience + "/.default"),
      ] + proof
    let body = fields.map { "\($0)=\(URLText.formEncoded($1))" }.joined(separator: "&")
    var request = HTTPRequest(.post, url, body: Array(body.utf8))
    request.headers["Content-Type"] = "application/x-www-form-urlencoded"
    request.headers["Accept"] = "application/json"
    request.limits = limits
    return Self(request: request, isLocal: false)
  }

  private static func local(
    _ service: HTTPURL,
    _ path: String,
    _ endpoints: GraphEndpoints,
    _ client: String?,
    _ header: (name: String, value: String)
  ) throws(TenantError) -> Self {
    var target = path + "&resource=" + URLText.formEncoded(endpoints.audience)
    if let client { target += "&client_id=" + URLText.formEncoded(client) }
    guard let url = service.replacingTarget(target) else {
      throw failure("the address of the machine's token service cannot be used")
    }
    var request = HTTPRequest(.get, url, headers: HTTPHeaders([header]), limits: limits)
    request.avoidsProxy = true
    return Self(request: request, isLocal: true)
  }

  private static let limits = HTTPLimits(total: .seconds(60), idle: .seconds(30), body: 1 << 20)

  private static func failure(_ message: String) -> TenantError {
    TenantError(.authentication, operation: "signing in", message: message)
  }
}

/// The signed statement by which the holder of a certificate signs in (FACTS section 10).
enum ClientAssertion {
  /// How long an assertion is good for.
  static let lifetime = Moment.Span.minutes(10)

  /// Signs an assertion for a token endpoint.
  static func make(
    client: String,
    credential: CertificateCredential,
    sendsChain: Bool,
    audience: HTTPURL,
    now: Moment,
    id: GUID
  ) throws -> Secret {
    let certificate = credential.certificate.der
    let chain = [credential.certificate] + credential.chain
    let header = Header(
      fingerprint: Base64URL.encode(SHA256.digest(certificate).bytes),
      x5c: sendsChain ? chain.map { Base64.encode($0.der) } : nil
    )
    let claims = Claims(
      aud: audience.description,
      iss: client,
      sub: client,
      jti: id.description,
      iat: now.seconds,
      nbf: now.seconds,
      exp: (now + lifetime).seconds
    )
    let encoder = CanonicalJSONEncoder()
    let signed =
      try Base64URL.encode(encoder.encode(header)) + "."
      + Base64URL.encode(encoder.encode(claims))
    let signature = try credential.key.sign(Array(signed.utf8), scheme: .ps256)
    return Secret("\(signed).\(Base64URL.encode(signature))")
  }

  private struct Header: Encodable {
    var alg = "PS256"
    var typ = "JWT"
    var fingerprint: String
    var x5c: [String]?

    enum CodingKeys: String, CodingKey {
      case alg, typ, x5c
      case fingerprint = "x5t#S256"
    }
  }

  private struct Claims: Encodable {
    var aud: String
    var iss: String
    var sub: String
    var jti: String
    var iat: Int64
    var nbf: Int64
    var exp: Int64
  }
}
