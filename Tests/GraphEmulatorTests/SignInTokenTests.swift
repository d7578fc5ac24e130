import Crypto
import Testing

@testable import GraphEmulator

struct SignInTokenTests {
  @Test func `a client with its secret gets a token that says who it is and what it may do`()
    throws
  {
    let fixture = try SignInFixture()
    let answer = try #require(fixture.token())
    #expect(answer.status == 200)
    #expect(answer["token_type"] == "Bearer")
    #expect(answer.json["expires_in"]?.integer == 3599)
    let claims = try #require(answer.claims)
    #expect(claims["tid"]?.string == SignInFixture.tenantID)
    #expect(claims["appid"]?.string == SignInFixture.secretClient)
    #expect(claims["aud"]?.string == "https://graph.microsoft.com")
    #expect(claims["iss"]?.string == "https://sts.windows.net/\(SignInFixture.tenantID)/")
    #expect(claims["oid"]?.string == fixture.signIn.clients[0].objectID)
    #expect(claims["roles"]?.array == ["User.Invite.All", "User.Read.All"])
    #expect(claims["exp"]?.integer == claims["iat"]?.integer.map { $0 + 3599 })
    #expect(claims["ver"]?.string == "1.0")
    #expect(claims["idtyp"]?.string == "app")
  }

  @Test(arguments: [
    "5b2a9c3e-0000-4000-8000-000000000001", "5B2A9C3E-0000-4000-8000-000000000001",
    "contoso.example", "Contoso.onmicrosoft.example",
  ])
  func `the tenant may be named by its id or a domain`(tenant: String) throws {
    #expect(try SignInFixture().token(tenant: tenant)?.status == 200)
  }

  @Test func `the secret may come in a Basic field, form-encoded within`() throws {
    let text = "\(SignInFixture.secretClient):p%40ss+w%2Brd%2F%25%26%3D"
    let answer = try SignInFixture().token(
      ["client_id": nil, "client_secret": nil],
      headers: ["authorization": "Basic \(Base64.encode(Array(text.utf8)))"]
    )
    #expect(answer?.status == 200)
  }

  @Test func `the older endpoint takes a resource and writes numbers as texts`() throws {
    let answer = try #require(
      try SignInFixture().send(
        "POST",
        "/contoso.example/oauth2/token",
        form: [
          ("grant_type", "client_credentials"), ("client_id", SignInFixture.secretClient),
          ("client_secret", "p@ss w+rd/%&="), ("resource", "https://graph.microsoft.com/"),
        ]
      )
    )
    #expect(answer.status == 200)
    #expect(answer["expires_in"] == "3599")
    #expect(answer.claims?["aud"]?.string == "https://graph.microsoft.com/")
  }

  @Test(arguments: [
    "https://graph.microsoft.com/.default", "https://graph.microsoft.com//.default",
    "https://graph.microsoft.us/.default", "00000003-0000-0000-c000-000000000000/.default",
    "https://localhost:8443/.default", "http://127.0.0.1:9000/.default", "http://[::1]:80/.default",
    "https://graph.microsoft.com/.default offline_access",
  ])
  func `Graph is asked for by the name of any cloud, its id or the address of the emulator`(
    scope: String
  ) throws {
    let fixture = try SignInFixture()
    let answer = try #require(fixture.token(["scope": scope]))
    #expect(answer.status == 200)
    let caller = try fixture.signIn.caller(
      bearing: "Bearer \(answer["access_token"] ?? "")",
      base: SignInFixture.base,
      now: SignInFixture.noon
    )
    #expect(caller.permissions == ["User.Read.All", "User.Invite.All"])
  }

  /// What was sent, the status, the OAuth error and the number of the refusal.
  struct Refusal: Sendable, CustomTestStringConvertible {
    var tenant = SignInFixture.tenantID
    let changes: [String: String?]
    let status: Int
    let error: String
    let code: Int

    var testDescription: String { "\(code) \(tenant) \(changes)" }

    init(
      _ changes: [String: String?],
      tenant: String = SignInFixture.tenantID,
      _ status: Int,
      _ error: String,
      _ code: Int
    ) {
      self.changes = changes
      self.tenant = tenant
      self.status = status
      self.error = error
      self.code = code
    }
  }

  @Test(arguments: [
    Refusal(["client_secret": "wrong"], 401, "invalid_client", 7_000_215),
    Refusal(["client_id": SignInFixture.certificateClient], 401, "invalid_client", 7_000_215),
    Refusal(["client_secret": nil], 401, "invalid_client", 7_000_216),
    Refusal(["client_secret": ""], 401, "invalid_client", 7_000_216),
    Refusal(
      ["client_id": "0f3c0000-0000-4000-8000-0000000000ff"],
      400,
      "unauthorized_client",
      700_016
    ),
    Refusal(["client_id": nil], 400, "invalid_request", 900_144),
    Refusal(["grant_type": nil], 400, "invalid_request", 900_144),
    Refusal(["scope": nil], 400, "invalid_request", 900_144),
    Refusal(["grant_type": "password"], 400, "unsupported_grant_type", 70003),
    Refusal(["scope": "User.Read"], 400, "invalid_scope", 1_002_012),
    Refusal(
      ["scope": "https://graph.microsoft.com/User.Read.All"],
      400,
      "invalid_scope",
      1_002_012
    ),
    Refusal(["scope": "/.default"], 400, "invalid_scope", 1_002_012),
    Refusal(
      ["scope": "https://graph.microsoft.com/.default https://management.azure.com/.default"],
      400,
      "invalid_scope",
      1_002_012
    ),
    Refusal(["scope": "https://other.example/.default"], 400, "invalid_resource", 500_011),
    Refusal(["scope": "https://localhost.example/.default"], 400, "invalid_resource", 500_011),
    Refusal(["scope": "https://localhost/x/.default"], 400, "invalid_resource", 500_011),
    Refusal(["scope": "localhost/.default"], 400, "invalid_resource", 500_011),
    Refusal(["client_assertion": "a.b.c"], 400, "invalid_request", 900_144),
    Refusal(
      ["client_assertion": "a.b.c", "client_assertion_type": "saml"],
      400,
      "invalid_request",
      90023
    ),
    Refusal(
      [
        "client_assertion": "a.b",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      ],
      400,
      "invalid_request",
      50027
    ),
    Refusal(
      [:],
      tenant: "5b2a9c3e-0000-4000-8000-0000000000ff",
      400,
      "invalid_request",
      90002
    ),
    Refusal([:], tenant: "fabrikam.example", 400, "invalid_request", 90002),
    Refusal([:], tenant: "contoso", 400, "invalid_request", 900_023),
    Refusal([:], tenant: "common", 400, "invalid_request", 50059),
  ])
  func `what is wrong is said in Entra's form`(refusal: Refusal) throws {
    let answer = try #require(
      SignInFixture().token(tenant: refusal.tenant, refusal.changes)
    )
    #expect(answer.status == refusal.status)
    #expect(answer["error"] == refusal.error)
    #expect(answer.code == refusal.code)
    let description = try #require(answer["error_description"])
    #expect(description.hasPrefix("AADSTS\(refusal.code): "))
    #expect(description.contains("Trace ID: \(answer["trace_id"] ?? "?")"))
    #expect(description.contains("Correlation ID: \(answer["correlation_id"] ?? "?")"))
    #expect(answer["timestamp"] == "2026-11-20 12:00:00Z")
    #expect(answer["error_uri"]?.hasSuffix("code=\(refusal.code)") == true)
    #expect(answer["access_token"] == nil)
    #expect(!description.contains("p@ss"))
  }

  @Test func `the client's own correlation id comes back, if it is one`() throws {
    let fixture = try SignInFixture()
    let id = "aaaaaaaa-0000-4000-8000-00000000000a"
    let changes: [String: String?] = ["client_secret": "wrong"]
    #expect(
      fixture.token(changes, headers: ["client-request-id": id])?["correlation_id"] == id
    )
    #expect(
      fixture.token(changes, headers: ["client-request-id": "x\r\ny"])?["correlation_id"]?.count
        == 36
    )
  }

  @Test func `two refusals have two trace ids, and every run the same ones`() throws {
    let wrong: [String: String?] = ["client_secret": "wrong"]
    let first = try SignInFixture()
    let second = try SignInFixture()
    let ids = [first.token(wrong)?["trace_id"], first.token(wrong)?["trace_id"]]
    #expect(ids[0] != ids[1])
    #expect(ids == [second.token(wrong)?["trace_id"], second.token(wrong)?["trace_id"]])
  }

  @Test func `the token endpoint takes POST only`() throws {
    let answer = try SignInFixture().send("GET", "/contoso.example/oauth2/v2.0/token")
    #expect(answer?.status == 405)
    #expect(answer?.headers["Allow"] == "POST")
  }
}
