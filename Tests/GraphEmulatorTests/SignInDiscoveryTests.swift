import Crypto
import Testing

@testable import GraphEmulator

struct SignInDiscoveryTests {
  private let base = SignInFixture.base
  private let tenant = SignInFixture.tenantID

  @Test(arguments: ["v2.0/.well-known/openid-configuration", ".well-known/openid-configuration"])
  func `the configuration leads to endpoints that are there`(document: String) throws {
    let fixture = try SignInFixture()
    for name in [tenant, "contoso.example", "common", "organizations"] {
      let answer = try #require(fixture.send("GET", "/\(name)/\(document)"))
      #expect(answer.status == 200)
      let keys = try #require(answer["jwks_uri"])
      #expect(keys.hasPrefix(base))
      let found = fixture.send("GET", String(keys.dropFirst(base.count)))
      #expect(found?.json["keys"]?.array?.count == 1)
      let token = try #require(answer["token_endpoint"])
      #expect(fixture.send("GET", String(token.dropFirst(base.count)))?.status == 405)
    }
  }

  @Test func `the issuer names the tenant, or any`() throws {
    let fixture = try SignInFixture()
    let document = "v2.0/.well-known/openid-configuration"
    #expect(
      fixture.send("GET", "/contoso.example/\(document)")?["issuer"] == "\(base)/\(tenant)/v2.0"
    )
    #expect(
      fixture.send("GET", "/common/\(document)")?["issuer"] == "\(base)/{tenantid}/v2.0"
    )
    let old = fixture.send("GET", "/\(tenant)/.well-known/openid-configuration")
    #expect(old?["issuer"] == "https://sts.windows.net/\(tenant)/")
  }

  @Test func `an unknown tenant has no configuration`() throws {
    let path = "/5b2a9c3e-0000-4000-8000-0000000000ff/v2.0/.well-known/openid-configuration"
    let answer = try SignInFixture().send("GET", path)
    #expect(answer?.status == 400)
    #expect(answer?.code == 90002)
  }

  @Test func `the published key verifies the tokens and bears their key's name`() throws {
    let fixture = try SignInFixture()
    let answer = fixture.send("GET", "/\(tenant)/discovery/v2.0/keys")
    let key = try #require(answer?.json["keys"]?.array?.first)
    let modulus = try #require(key["n"]?.string.flatMap { Base64URL.decode($0) })
    let exponent = try #require(key["e"]?.string.flatMap { Base64URL.decode($0) })
    let parts = try #require(fixture.token()?["access_token"]?.split(separator: "."))
    let header = try JSONValue.parse(#require(Base64URL.decode(parts[0])))
    #expect(header["kid"]?.string == key["kid"]?.string)
    #expect(header["alg"]?.string == "RS256")
    #expect(
      try RSAPublicKey(modulus: modulus, exponent: exponent).verifies(
        #require(Base64URL.decode(parts[2])),
        over: Array("\(parts[0]).\(parts[1])".utf8),
        scheme: .rs256
      )
    )
  }

  @Test func `instance discovery trusts the host that was asked`() throws {
    let fixture = try SignInFixture()
    let answer = try #require(
      fixture.send(
        "GET",
        "/common/discovery/instance",
        query: "api-version=1.1&authorization_endpoint="
          + "https%3A%2F%2Flocalhost%3A8443%2Fcontoso.example%2Foauth2%2Fv2.0%2Fauthorize"
      )
    )
    #expect(answer.status == 200)
    #expect(
      answer["tenant_discovery_endpoint"]
        == "\(base)/contoso.example/v2.0/.well-known/openid-configuration"
    )
    #expect(
      answer.json["metadata"]?.array?.first?["aliases"]?.array == ["localhost:8443"]
    )
    for query in ["", "authorization_endpoint=x", "authorization_endpoint=ftp://a/b/c"] {
      #expect(fixture.send("GET", "/common/discovery/instance", query: query)?.status == 400)
    }
  }

  @Test(arguments: [
    "/v1.0/users", "/beta/users", "/", "", "/_emulator/clock", "/common", "/common/oauth2",
    "/common/oauth2/v2.0/authorize", "/common/x/oauth2/token", "/metadata", "/users/x/token",
    "/a/oauth2/b/c/token",
  ])
  func `every other path is left to others`(path: String) throws {
    #expect(try SignInFixture().send("GET", path) == nil)
  }

  @Test func `documents are read, not written`() throws {
    let fixture = try SignInFixture()
    let paths = [
      "/common/discovery/instance", "/common/.well-known/openid-configuration",
      "/metadata/endpoints", "/subscriptions", "/tenants", "/metadata/identity/oauth2/token",
      "/MSI/token",
    ]
    for path in paths {
      #expect(fixture.send("POST", path)?.status == 405)
      #expect(fixture.send("POST", path)?.headers["Allow"] == "GET")
    }
  }
}
