internal import Access
internal import Crypto
internal import HTTP

/// The request for a token, for each way of showing who we are (FACTS section 10).
struct TokenRequest {
  var request: HTTPRequest
  /// Whether the request is for a service of the machine and not for the cloud's sign-in server.
  var isLocal: Bool

  private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

  static func make(
    _ identity: GraphIdentity,
    endpoints: GraphEndpoints,
    now: Moment,
    id: GUID
  ) throws(TenantError) -> Self {
    guard let url = endpoints.login.replacingTarget("/\(identity.tenant)/oauth2/v2.0/token") else {
      throw failure("the tenant's name cannot stand in an address")
    }
    switch identity.proof {
    case .secret(let client, let secret):
      return form(url, endpoints, client, [("client_secret", secret.reveal())])
    case .certificate(let client, let credential, let sendsChain):
      do throws(CryptoError) {
        let assertion = try ClientAssertion.make(
          client: client,
          credential: credential,
          sendsChain: sendsChain,
          audience: url,
          now: now,
          id: id
        )
        return form(url, endpoints, client, asserting(assertion))
      } catch {
        throw failure("the certificate's key does not sign: \(error)")
      }
    case .federated(let client, let token):
      guard let token = token() else { throw failure("the federated token cannot be read") }
      return form(url, endpoints, client, asserting(token))
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

  private static func asserting(_ assertion: Secret) -> [(String, String)] {
    [("client_assertion_type", assertionType), ("client_assertion", assertion.reveal())]
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
    let body = fields.map { "\($0)=\(ODataText.formEncoded($1))" }.joined(separator: "&")
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
    var target = path + "&resource=" + ODataText.formEncoded(endpoints.audience)
    if let client { target += "&client_id=" + ODataText.formEncoded(client) }
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

extension ODataText {
  /// Percent-encodes everything but letters, digits and `-._~`.
  static func formEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var output: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        output.append(byte)
      default:
        output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}
