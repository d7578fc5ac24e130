import Testing

@testable import GraphEmulator

struct SignInCloudTests {
  @Test func `the cloud's services are all at the address that was asked`() throws {
    let fixture = try SignInFixture()
    let new = try #require(
      fixture.send("GET", "/metadata/endpoints", query: "api-version=2022-09-01")
    )
    let old = try #require(
      fixture.send("GET", "/metadata/endpoints", query: "api-version=2019-05-01")
    )
    #expect(old.json.array == [new.json])
    #expect(new.json["authentication"]?["loginEndpoint"]?.string == SignInFixture.base)
    #expect(new["microsoftGraphResourceId"] == SignInFixture.base + "/")
    #expect(new["resourceManager"] == SignInFixture.base + "/")
    #expect(fixture.send("GET", "/metadata/endpoints")?.status == 400)
  }

  @Test(arguments: ["/subscriptions", "/tenants"])
  func `a token for Resource Manager lists, no other token does`(path: String) throws {
    let fixture = try SignInFixture()
    let scope = "https://management.core.windows.net//.default"
    let token = try #require(fixture.token(["scope": scope])?["access_token"])
    let answer = try #require(
      fixture.send(
        "GET",
        path,
        query: "api-version=2022-12-01",
        headers: ["authorization": "Bearer \(token)"]
      )
    )
    #expect(answer.status == 200)
    #expect(answer.json["value"]?.array?.first?["tenantId"]?.string == SignInFixture.tenantID)
    let graph = fixture.token()?["access_token"] ?? ""
    let late = Timestamp(milliseconds: SignInFixture.noon.milliseconds + 4_000_000)
    for (authorization, now) in [
      ("", SignInFixture.noon), ("Bearer \(graph)", SignInFixture.noon),
      ("Bearer a.b.c", SignInFixture.noon), ("Bearer \(token)", late),
    ] {
      let refused = fixture.send(
        "GET",
        path,
        query: "api-version=2022-12-01",
        headers: ["authorization": authorization],
        now: now
      )
      #expect(refused?.status == 401)
      #expect(refused?.json["error"]?["code"] != nil)
    }
    let headers = ["authorization": "Bearer \(token)"]
    #expect(fixture.send("GET", path, headers: headers)?.status == 400)
  }
}
