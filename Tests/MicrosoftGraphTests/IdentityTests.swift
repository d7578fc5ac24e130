internal import Access
internal import Crypto
internal import HTTP
@testable internal import MicrosoftGraph
internal import Platform
internal import TestSupport
internal import Testing

/// Who we are, from the variables of Microsoft's tools, and where each proof goes.
struct IdentityTests {
  private static let base = [
    "AZURE_TENANT_ID": "5b2a9c3e-0000-4000-8000-000000000001", "AZURE_CLIENT_ID": "client",
  ]

  @Test func `the first proof that is there is used, in the order of those tools`() throws {
    var variables = Self.base
    variables["AZURE_FEDERATED_TOKEN_FILE"] = "/token"
    #expect(try kind(variables) == "federated")
    variables["AZURE_CLIENT_CERTIFICATE_PATH"] = "/nothing"
    #expect(throws: GraphSetupError.self) { try kind(variables) }
    variables["AZURE_CLIENT_SECRET"] = "s"
    #expect(try kind(variables) == "secret")
  }

  @Test func `a managed identity is used where the platform offers one and nothing else is given`()
    throws
  {
    #expect(
      try kind(["IDENTITY_ENDPOINT": "http://127.0.0.1:1/msi", "IDENTITY_HEADER": "h"])
        == "appService"
    )
    #expect(try kind(["AZURE_TOKEN_CREDENTIALS": "ManagedIdentityCredential"]) == "machine")
    var variables = Self.base
    variables["AZURE_CLIENT_SECRET"] = "s"
    variables["IDENTITY_ENDPOINT"] = "http://127.0.0.1:1/msi"
    variables["IDENTITY_HEADER"] = "h"
    #expect(try kind(variables) == "secret")
  }

  @Test(arguments: [
    ([:], ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"]),
    (["AZURE_TENANT_ID": "t"], ["AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"]),
    (base, ["AZURE_CLIENT_SECRET"]),
    (["AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "s"], ["AZURE_TENANT_ID"]),
    (
      ["AZURE_TENANT_ID": "", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "s"],
      ["AZURE_TENANT_ID"]
    ),
  ])
  func `what is missing is named`(variables: [String: String], missing: [String]) {
    #expect(throws: GraphSetupError.missingVariables(missing)) { try kind(variables) }
  }

  @Test(arguments: [
    ("IDENTITY_ENDPOINT", "http://evil.example/msi"), ("IDENTITY_ENDPOINT", "https://10.0.0.1/"),
    ("IDENTITY_ENDPOINT", "http://169.254.evil.example/"), ("IDENTITY_ENDPOINT", "nonsense"),
    ("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://evil.example"),
    ("AZURE_AUTHORITY_HOST", "https://login.evil.example"),
    ("AZURE_AUTHORITY_HOST", "http://login.microsoftonline.com"),
    ("AZURE_TENANT_ID", "../common"), ("AZURE_TENANT_ID", "a/b"), ("AZURE_TENANT_ID", ".."),
  ])
  func `a variable that would lead credentials elsewhere is refused`(name: String, value: String) {
    var variables = ["IDENTITY_HEADER": "h"]
    if name == "AZURE_TENANT_ID" || name == "AZURE_AUTHORITY_HOST" {
      variables = Self.base
      variables["AZURE_CLIENT_SECRET"] = "s"
    }
    variables[name] = value
    let error = #expect(throws: GraphSetupError.self) { try kind(variables) }
    guard case .unusableVariable(name, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `the identity of a machine goes to its metadata service alone, with its header`()
    async throws
  {
    let seen = Locked<[HTTPRequest]>([])
    let connection = try connection(
      ["AZURE_TOKEN_CREDENTIALS": "ManagedIdentityCredential", "AZURE_CLIENT_ID": "a&b"],
      seen
    )
    _ = try? await connection.token()
    let requests = seen.withLock { $0 }
    let request = try #require(requests.first)
    #expect(requests.allSatisfy { $0.url.origin == "http://169.254.169.254" })
    #expect(
      request.url.target == "/metadata/identity/oauth2/token?api-version=2018-02-01"
        + "&resource=https%3A%2F%2Fgraph.microsoft.com&client_id=a%26b"
    )
    #expect(request.headers["metadata"] == "true")
    #expect(request.headers["authorization"] == nil && request.headers["x-identity-header"] == nil)
    #expect(request.avoidsProxy && request.method == .get && request.body.isEmpty)
  }

  @Test func `the identity of an app service goes to its endpoint alone, with its header`()
    async throws
  {
    let seen = Locked<[HTTPRequest]>([])
    let variables = ["IDENTITY_ENDPOINT": "http://127.0.0.1:41/msi?x=1", "IDENTITY_HEADER": "h1"]
    let connection = try connection(variables, seen)
    _ = try? await connection.token()
    let requests = seen.withLock { $0 }
    let request = try #require(requests.first)
    #expect(requests.allSatisfy { $0.url.origin == "http://127.0.0.1:41" })
    #expect(
      request.url.target
        == "/msi?x=1&api-version=2019-08-01&resource=https%3A%2F%2Fgraph.microsoft.com"
    )
    #expect(request.headers["x-identity-header"] == "h1")
    #expect(request.headers["metadata"] == nil)
  }

  @Test func `a federated token is read afresh each time and sent as an assertion`() async throws {
    let seen = Locked<[HTTPRequest]>([])
    let reads = Locked(0)
    var variables = Self.base
    variables["AZURE_FEDERATED_TOKEN_FILE"] = "/token"
    let connection = try connection(variables, seen) { path in
      #expect(path == "/token")
      let count = reads.withLock { reads in
        reads += 1
        return reads
      }
      return Array("jwt\(count)\n".utf8)
    }
    for _ in 0..<2 { _ = try? await connection.token() }
    let bodies = seen.withLock { $0 }.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(bodies.count == 2)
    for (number, body) in bodies.enumerated() {
      #expect(body.hasSuffix("&client_assertion=jwt\(number + 1)"))
      #expect(body.contains("client-assertion-type%3Ajwt-bearer"))
    }
  }

  @Test func `a certificate signs an assertion that names its server and ends soon`() throws {
    let key = try RSAPrivateKey.generate()
    let certificate = try Certificate.selfSigned(
      commonName: "guestlist",
      key: key,
      validity: 1_700_000_000...1_900_000_000
    )
    let audience = try #require(HTTPURL("https://login.microsoftonline.com/t/oauth2/v2.0/token"))
    let assertion = try ClientAssertion.make(
      client: "client",
      credential: CertificateCredential(key: key, certificates: [certificate]),
      sendsChain: true,
      audience: audience,
      now: ManualClock().now(),
      id: SeededRandomness().guid()
    )
    let parts = assertion.reveal().split(separator: ".")
    let header = try #require(Base64URL.decode(parts[0]).flatMap(ScriptedGraph.document))
    #expect(header["alg"]?.string == "PS256")
    #expect(header["x5t#S256"]?.string == Base64URL.encode(SHA256.digest(certificate.der).bytes))
    #expect(header["x5c"]?.array?.first?.string == Base64.encode(certificate.der))
    let claims = try #require(Base64URL.decode(parts[1]).flatMap(ScriptedGraph.document))
    #expect(claims["aud"]?.string == audience.description)
    #expect(claims["iss"]?.string == "client" && claims["sub"]?.string == "client")
    #expect(claims["exp"] == .number(1_800_000_600) && claims["nbf"] == .number(1_800_000_000))
    let signed = Array("\(parts[0]).\(parts[1])".utf8)
    let signature = try #require(Base64URL.decode(parts[2]))
    #expect(key.publicKey.verifies(signature, over: signed, scheme: .ps256))
  }

  private func kind(_ variables: [String: String]) throws -> String {
    let identity = try GraphIdentity(
      environment: variables,
      endpoints: GraphEndpoints(cloud: .global)
    ) { _ in nil }
    return switch identity.proof {
    case .secret: "secret"
    case .certificate: "certificate"
    case .federated: "federated"
    case .machine: "machine"
    case .appService: "appService"
    }
  }

  private func connection(
    _ variables: [String: String],
    _ seen: Locked<[HTTPRequest]>,
    read: @escaping @Sendable (String) -> [UInt8]? = { _ in nil }
  ) throws -> GraphConnection {
    let endpoints = GraphEndpoints(cloud: .global)
    return GraphConnection(
      to: endpoints,
      as: try GraphIdentity(environment: variables, endpoints: endpoints, read: read),
      transport: AnsweringTransport { request in
        seen.withLock { $0.append(request) }
        return HTTPResponse(status: 400)
      },
      clock: ManualClock(),
      randomness: SeededRandomness()
    )
  }
}
