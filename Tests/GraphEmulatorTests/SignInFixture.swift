import Crypto

@testable import GraphEmulator

/// A tenant with one client for every way to sign in, and what those clients send.
struct SignInFixture {
  static let tenantID = "5b2a9c3e-0000-4000-8000-000000000001"
  static let secretClient = "0f3c0000-0000-4000-8000-0000000000a1"
  static let certificateClient = "0f3c0000-0000-4000-8000-0000000000a2"
  static let federatedClient = "0f3c0000-0000-4000-8000-0000000000a3"
  static let base = "https://localhost:8443"
  static let issuer = "https://token.actions.example"
  static let subject = "repo:contoso/access:environment:production"

  /// 2026-11-20T12:00:00Z, for the emulator and for clients.
  static let noon = Timestamp(milliseconds: 1_795_176_000_000)

  static let key = Result { try RSAPrivateKey.generate() }
  static let issuerKey = Result { try RSAPrivateKey.generate() }

  let signIn: SignIn
  let certificate: Certificate

  init(validity: ClosedRange<Int64> = 1_767_225_600...1_798_761_600) throws {
    certificate = try Certificate.selfSigned(
      commonName: "guestlist",
      key: Self.key.get(),
      validity: validity
    )
    let issuerKey = try Self.issuerKey.get().publicKey
    signIn = SignIn(
      tenant: .init(
        id: Self.tenantID,
        displayName: "Contoso",
        domains: ["contoso.example", "contoso.onmicrosoft.example"]
      ),
      clients: [
        RegisteredClient(
          clientID: Self.secretClient,
          displayName: "Secretive",
          secret: ClientSecret("p@ss w+rd/%&="),
          permissions: ["User.Read.All", "User.Invite.All"],
          isManagedIdentity: true
        ),
        RegisteredClient(clientID: Self.certificateClient, certificates: [certificate]),
        RegisteredClient(
          clientID: Self.federatedClient,
          federated: [
            FederatedCredential(
              issuer: Self.issuer,
              subject: Self.subject,
              keys: [.init(kid: "2026", publicKey: issuerKey)]
            )
          ]
        ),
      ],
      seed: 1
    )
  }

  /// Sends a request; `nil` where it is not about signing in.
  func send(
    _ method: String,
    _ path: String,
    query: String = "",
    headers: [String: String] = [:],
    form: [(String, String)] = [],
    now: Timestamp = noon,
    outside: Timestamp = noon
  ) -> Answer? {
    let body = form.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
    let request = SignInRequest(
      method: method,
      path: path,
      query: FormFields(query),
      headers: headers,
      body: Array(body.utf8),
      base: Self.base,
      now: now,
      outside: outside
    )
    return signIn.reply(to: request).map(Answer.init)
  }

  /// Asks for a token as the client with a secret does, some fields replaced or (by `nil`) omitted.
  func token(
    tenant: String = tenantID,
    _ changes: [String: String?] = [:],
    headers: [String: String] = [:],
    now: Timestamp = noon,
    outside: Timestamp = noon
  ) -> Answer? {
    var fields: [String: String] = [
      "grant_type": "client_credentials", "client_id": Self.secretClient,
      "client_secret": "p@ss w+rd/%&=", "scope": "https://graph.microsoft.com/.default",
    ]
    for (name, value) in changes { fields[name] = value }
    return send(
      "POST",
      "/\(tenant)/oauth2/v2.0/token",
      headers: headers,
      form: fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
      now: now,
      outside: outside
    )
  }

  /// Asks for a token with an assertion.
  func token(assertion: String, client: String, outside: Timestamp = noon) -> Answer? {
    token(
      [
        "client_id": client, "client_secret": nil,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion,
      ],
      outside: outside
    )
  }

  /// The assertion of the client with a certificate, as its documentation describes it.
  func certificateAssertion(
    scheme: RSASignatureScheme = .ps256,
    header: [String: JSONValue] = [:],
    claims: [String: JSONValue?] = [:],
    key: RSAPrivateKey? = nil
  ) throws -> String {
    var all: [String: JSONValue] = [
      "aud": .string("\(Self.base)/\(Self.tenantID)/oauth2/v2.0/token"),
      "iss": .string(Self.certificateClient), "sub": .string(Self.certificateClient),
      "jti": "6f1a0000-0000-4000-8000-000000000001",
      "nbf": .integer(Int(Self.noon.seconds)), "exp": .integer(Int(Self.noon.seconds) + 600),
    ]
    for (name, value) in claims { all[name] = value }
    let names =
      header.isEmpty
      ? ["x5t#S256": .string(Base64URL.encode(certificate.thumbprint.bytes))] : header
    return try Self.sign(all, scheme, names, key ?? Self.key.get())
  }

  /// The token of the outside issuer.
  func federatedAssertion(
    scheme: RSASignatureScheme = .rs256,
    kid: String? = "2026",
    claims: [String: JSONValue?] = [:],
    key: RSAPrivateKey? = nil
  ) throws -> String {
    var all: [String: JSONValue] = [
      "aud": "api://AzureADTokenExchange", "iss": .string(Self.issuer),
      "sub": .string(Self.subject), "exp": .integer(Int(Self.noon.seconds) + 300),
    ]
    for (name, value) in claims { all[name] = value }
    let header: [String: JSONValue] = kid.map { ["kid": .string($0)] } ?? [:]
    return try Self.sign(all, scheme, header, key ?? Self.issuerKey.get())
  }

  private static func sign(
    _ claims: [String: JSONValue],
    _ scheme: RSASignatureScheme,
    _ names: [String: JSONValue],
    _ key: RSAPrivateKey
  ) throws -> String {
    var header = names
    header["typ"] = "JWT"
    if header["alg"] == nil { header["alg"] = .string(scheme.rawValue) }
    let content =
      Base64URL.encode(JSONValue.object(header).bytes) + "."
      + Base64URL.encode(JSONValue.object(claims).bytes)
    return content + "."
      + Base64URL.encode(try key.sign(Array(content.utf8), scheme: scheme))
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.reduce(into: "") { output, byte in
      let isPlain =
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
      output += isPlain ? String(UnicodeScalar(byte)) : "%" + Hexadecimal.text([byte])
    }
  }
}
