import Testing

@testable import GraphEmulator

struct SignInManagedIdentityTests {
  private let query = "api-version=2018-02-01&resource=https%3A%2F%2Fgraph.microsoft.com"
  private let instance = "/metadata/identity/oauth2/token"

  @Test func `a machine gets its identity's token, the numbers as texts`() throws {
    let fixture = try SignInFixture()
    let answer = try #require(
      fixture.send("GET", instance, query: query, headers: ["metadata": "true"])
    )
    #expect(answer.status == 200)
    #expect(answer["client_id"] == SignInFixture.secretClient)
    #expect(answer["resource"] == "https://graph.microsoft.com")
    #expect(answer["expires_in"] == "86399")
    #expect(answer["expires_on"] == String(SignInFixture.noon.seconds + 86_399))
    let caller = try fixture.signIn.caller(
      bearing: "Bearer \(answer["access_token"] ?? "")",
      base: SignInFixture.base,
      now: SignInFixture.noon
    )
    #expect(caller.appID == SignInFixture.secretClient)
  }

  @Test func `an identity is found by its ids, and only if it is one`() throws {
    let fixture = try SignInFixture()
    let objectID = fixture.signIn.clients[0].objectID
    for (more, status) in [
      ("&client_id=\(SignInFixture.secretClient.uppercased())", 200),
      ("&object_id=\(objectID)", 200), ("&principal_id=\(objectID)", 200),
      ("&client_id=\(SignInFixture.certificateClient)", 400),
      ("&object_id=\(SignInFixture.secretClient)", 400), ("&msi_res_id=/subscriptions/x", 400),
    ] {
      let answer = fixture.send(
        "GET",
        instance,
        query: query + more,
        headers: ["metadata": "true"]
      )
      #expect(answer?.status == status, "\(more)")
    }
  }

  @Test func `a machine's request without its header, forwarded or incomplete is refused`() throws {
    let fixture = try SignInFixture()
    let good = ["metadata": "true"]
    let cases: [([String: String], String)] = [
      ([:], query), (["metadata": "false"], query),
      (["metadata": "true", "x-forwarded-for": "10.0.0.1"], query),
      (good, "resource=https://graph.microsoft.com"), (good, "api-version=2018-02-01"),
      (good, "api-version=2018-02-01&resource=https://other.example"),
    ]
    for (headers, query) in cases {
      let answer = fixture.send("GET", instance, query: query, headers: headers)
      #expect(answer?.status == 400)
      #expect(answer?["error"] != nil)
      #expect(answer?["access_token"] == nil)
    }
  }

  @Test func `an application of App Service shows the identity's secret`() throws {
    let fixture = try SignInFixture()
    let query = "api-version=2019-08-01&resource=https://graph.microsoft.com/"
    let right = ["x-identity-header": "p@ss w+rd/%&="]
    #expect(fixture.send("GET", "/MSI/token", query: query, headers: right)?.status == 200)
    #expect(fixture.send("GET", "/msi/token/", query: query, headers: right)?.status == 200)
    for headers in [[:], ["x-identity-header": "wrong"], ["metadata": "true"]] {
      let answer = fixture.send("GET", "/MSI/token", query: query, headers: headers)
      #expect(answer?.status == 401)
      #expect(answer?["access_token"] == nil)
    }
  }
}
