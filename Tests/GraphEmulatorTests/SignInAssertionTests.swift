import Crypto
import Testing

@testable import GraphEmulator

struct SignInAssertionTests {
  private let client = SignInFixture.certificateClient
  private let noon = SignInFixture.noon

  @Test func `a certificate's key signs in with either scheme and either thumbprint`() throws {
    let fixture = try SignInFixture()
    let new = JSONValue.string(Base64URL.encode(fixture.certificate.thumbprint.bytes))
    let old = JSONValue.string(Base64URL.encode(fixture.certificate.oldThumbprint))
    // Microsoft's library for Python pads it.
    let padded = JSONValue.string((new.string ?? "") + "=")
    for scheme in RSASignatureScheme.allCases {
      for header in [
        ["x5t#S256": new], ["x5t": old], ["x5t#S256": new, "x5t": old], ["x5t#S256": padded],
      ] {
        let assertion = try fixture.certificateAssertion(scheme: scheme, header: header)
        #expect(fixture.token(assertion: assertion, client: client)?.status == 200)
      }
    }
  }

  @Test(arguments: ["", "/v2.0", "/oauth2/token", "/oauth2/v2.0/token", "/"])
  func `the audience may be any name of this tenant's endpoint`(suffix: String) throws {
    let fixture = try SignInFixture()
    let audience = "\(SignInFixture.base)/\(SignInFixture.tenantID)\(suffix)"
    let assertion = try fixture.certificateAssertion(claims: ["aud": .string(audience)])
    #expect(fixture.token(assertion: assertion, client: client)?.status == 200)
  }

  /// Claims that are not right, and the number of the refusal.
  static let wrongClaims: [([String: JSONValue?], Int)] = [
    (
      ["aud": "https://localhost:8443/5b2a9c3e-0000-4000-8000-0000000000ff/oauth2/v2.0/token"],
      700_023
    ),
    (["aud": "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token"], 700_023),
    (["aud": ["https://a.example", "https://b.example"]], 50027),
    (["aud": nil], 50027),
    (["iss": "0f3c0000-0000-4000-8000-0000000000a1"], 700_021),
    (["sub": "0f3c0000-0000-4000-8000-0000000000a1"], 700_021),
    (["sub": nil], 700_021),
    (["exp": nil], 50027),
    (["exp": "1795176600"], 50027),
    (["exp": 1_795_175_600], 700_024),
    (["nbf": 1_795_176_400], 700_024),
    (["exp": .integer(.min)], 700_024),
    (["nbf": .integer(.max)], 700_024),
    (["exp": .number(1e300)], 50027),
  ]

  @Test(arguments: wrongClaims.indices)
  func `every claim is checked`(index: Int) throws {
    let (claims, code) = Self.wrongClaims[index]
    let fixture = try SignInFixture()
    let assertion = try fixture.certificateAssertion(claims: claims)
    let answer = fixture.token(assertion: assertion, client: client)
    #expect(answer?.code == code, "\(claims)")
    #expect(answer?["access_token"] == nil)
  }

  @Test func `clocks may differ by five minutes, and assertions go by the client's`() throws {
    let fixture = try SignInFixture()
    let assertion = try fixture.certificateAssertion()
    let late = Timestamp(milliseconds: noon.milliseconds + 899_000)
    let tooLate = Timestamp(milliseconds: noon.milliseconds + 900_000)
    #expect(fixture.token(assertion: assertion, client: client, outside: late)?.status == 200)
    #expect(fixture.token(assertion: assertion, client: client, outside: tooLate)?.code == 700_024)
    // Forty days on, by the emulator's clock alone.
    let answer = fixture.token(
      [
        "client_id": client, "client_secret": nil, "client_assertion": assertion,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      ],
      now: Timestamp(milliseconds: noon.milliseconds + 40 * 86_400_000)
    )
    #expect(answer?.status == 200)
  }

  @Test func `another key, an unknown or missing thumbprint, and the algorithm none are refused`()
    throws
  {
    let fixture = try SignInFixture()
    let other = try SignInFixture.issuerKey.get()
    let thumbprint = JSONValue.string(Base64URL.encode(fixture.certificate.thumbprint.bytes))
    let cases: [(String, Int)] = [
      (try fixture.certificateAssertion(key: other), 700_027),
      (try fixture.certificateAssertion(header: ["x5t#S256": "AAAA"]), 700_027),
      (try fixture.certificateAssertion(header: ["x5t#S256": thumbprint, "x5t": "AAAA"]), 700_027),
      (try fixture.certificateAssertion(header: ["kid": "1"]), 5_002_730),
      (try fixture.certificateAssertion(header: ["x5t#S256": thumbprint, "alg": "none"]), 700_027),
      (
        try fixture.certificateAssertion(header: ["x5t#S256": thumbprint, "alg": "HS256"]), 700_027
      ),
      (
        try fixture.certificateAssertion(header: ["x5t#S256": thumbprint, "alg": "RS256"]), 700_027
      ),
    ]
    for (assertion, code) in cases {
      #expect(fixture.token(assertion: assertion, client: client)?.code == code)
    }
  }

  @Test func `an expired certificate cannot sign in`() throws {
    let fixture = try SignInFixture(validity: 1_767_225_600...1_795_175_999)
    let assertion = try fixture.certificateAssertion()
    #expect(fixture.token(assertion: assertion, client: client)?.code == 700_027)
  }

  @Test func `an altered assertion is refused wherever it was altered`() throws {
    let fixture = try SignInFixture()
    let assertion = Array(try fixture.certificateAssertion().utf8)
    for position in stride(from: 0, to: assertion.count, by: 7) {
      var altered = assertion
      altered[position] =
        altered[position] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      let text = String(decoding: altered, as: UTF8.self)
      #expect(fixture.token(assertion: text, client: client)?.status != 200, "\(position)")
    }
  }

  @Test func `an outside issuer's token signs in where issuer, subject and audience are trusted`()
    throws
  {
    let fixture = try SignInFixture()
    let client = SignInFixture.federatedClient
    let list: JSONValue = ["api://AzureADTokenExchange"]
    for assertion in [
      try fixture.federatedAssertion(),
      try fixture.federatedAssertion(kid: nil),
      try fixture.federatedAssertion(claims: ["aud": list]),
    ] {
      #expect(fixture.token(assertion: assertion, client: client)?.status == 200)
    }
  }

  @Test func `an outside issuer's token that differs in anything is refused`() throws {
    let fixture = try SignInFixture()
    let two: JSONValue = ["api://AzureADTokenExchange", "https://other.example"]
    let cases: [(String, Int)] = [
      (try fixture.federatedAssertion(claims: ["iss": "https://token.actions.example/"]), 700_211),
      (
        try fixture.federatedAssertion(
          claims: ["sub": "repo:Contoso/access:environment:production"]
        ), 700_213
      ),
      (try fixture.federatedAssertion(claims: ["aud": "https://other.example"]), 700_212),
      (try fixture.federatedAssertion(claims: ["aud": two]), 50027),
      (try fixture.federatedAssertion(claims: ["sub": nil]), 50027),
      (try fixture.federatedAssertion(scheme: .ps256), 50027),
      (try fixture.federatedAssertion(kid: "2025"), 50013),
      (try fixture.federatedAssertion(key: SignInFixture.key.get()), 50013),
      (try fixture.federatedAssertion(claims: ["exp": 1_795_175_700]), 700_024),
      (try fixture.federatedAssertion(claims: ["exp": nil]), 50027),
    ]
    for (assertion, code) in cases {
      let answer = fixture.token(assertion: assertion, client: SignInFixture.federatedClient)
      #expect(answer?.code == code)
    }
  }

  @Test func `one client's proof does not work for another`() throws {
    let fixture = try SignInFixture()
    let assertion = try fixture.certificateAssertion()
    #expect(
      fixture.token(assertion: assertion, client: SignInFixture.secretClient)?.code == 700_027
    )
    let federated = try fixture.federatedAssertion()
    #expect(fixture.token(assertion: federated, client: client)?.code == 700_211)
  }
}
