import Crypto
import Testing

@testable import GraphEmulator

struct SignInCallTests {
  private let noon = SignInFixture.noon

  /// Lets a call bear what is given, and returns who it is or why it is refused.
  private func call(
    _ fixture: SignInFixture,
    _ authorization: String?,
    now: Timestamp? = nil
  ) -> Result<Caller, GraphFailure> {
    Result { () throws(GraphFailure) in
      try fixture.signIn.caller(
        bearing: authorization,
        base: SignInFixture.base,
        now: now ?? noon
      )
    }
  }

  private func refusal(_ result: Result<Caller, GraphFailure>) -> GraphFailure? {
    guard case .failure(let refusal) = result else { return nil }
    return refusal
  }

  @Test func `a token that was issued here says who calls, time after time`() throws {
    let fixture = try SignInFixture()
    let token = try #require(fixture.token()?["access_token"])
    for scheme in ["Bearer", "bearer", "BEARER"] {
      let caller = try call(fixture, "\(scheme) \(token)").get()
      #expect(caller.appID == SignInFixture.secretClient)
      #expect(caller.displayName == "Secretive")
      #expect(caller.objectID == fixture.signIn.clients[0].objectID)
    }
  }

  @Test(arguments: [
    nil, "", "Bearer", "Bearer ", "Basic YTpi", "Bearer a", "Bearer a.b", "Bearer a.b.c", "a.b.c",
  ])
  func `what is not a token is refused with a challenge`(authorization: String?) throws {
    let refused = try #require(refusal(call(SignInFixture(), authorization)))
    #expect(refused.status == 401)
    #expect(refused.code == "InvalidAuthenticationToken")
    #expect(
      refused.headers.first { $0.name == "WWW-Authenticate" }?.value
        .contains("authorization_uri=\"https://localhost:8443/common/oauth2")
        == true
    )
  }

  @Test func `a token lives for an hour of the emulator's clock`() throws {
    let fixture = try SignInFixture()
    let token = try #require(fixture.token()?["access_token"])
    func at(_ seconds: Int64) -> GraphFailure? {
      refusal(
        call(
          fixture,
          "Bearer \(token)",
          now: Timestamp(milliseconds: noon.milliseconds + seconds * 1000)
        )
      )
    }
    #expect(at(0) == nil)
    #expect(at(3598) == nil)
    #expect(at(3599)?.message.contains("expired") == true)
    #expect(at(-300) == nil)
    #expect(at(-301)?.code == "InvalidAuthenticationToken")
  }

  @Test func `a token for another resource does not open Graph`() throws {
    let fixture = try SignInFixture()
    let token = try #require(
      fixture.token(["scope": "https://management.core.windows.net//.default"])?["access_token"]
    )
    let refused = try #require(refusal(call(fixture, "Bearer \(token)")))
    #expect(refused.status == 401)
    #expect(refused.message.contains("audience"))
  }

  @Test func `a token of another emulator, or with other claims, is refused`() throws {
    let fixture = try SignInFixture()
    let other = try SignInFixture()
    let token = try #require(fixture.token()?["access_token"])
    #expect(refusal(call(other, "Bearer \(token)"))?.message.contains("signature") == true)
    let parts = token.split(separator: ".")
    let claims = Array(
      String(decoding: try #require(Base64URL.decode(parts[1])), as: UTF8.self)
        .replacing("User.Read.All", with: "User.ReadWrite.All").utf8
    )
    let altered = "\(parts[0]).\(Base64URL.encode(claims)).\(parts[2])"
    let unsigned = Base64URL.encode(Array(#"{"alg":"none"}"#.utf8))
    #expect(refusal(call(fixture, "Bearer \(altered)")) != nil)
    #expect(refusal(call(fixture, "Bearer \(unsigned).\(parts[1]).")) != nil)
    #expect(refusal(call(fixture, "Bearer \(unsigned).\(parts[1]).\(parts[2])")) != nil)
    #expect(refusal(call(fixture, "Bearer \(token)")) == nil)
  }

  @Test func `many tokens are all believed, one after the other and again`() throws {
    let fixture = try SignInFixture()
    let tokens = (0..<50).compactMap { _ in fixture.token()?["access_token"] }
    #expect(Set(tokens).count == 50)
    for token in tokens + tokens { #expect(refusal(call(fixture, "Bearer \(token)")) == nil) }
  }
}
