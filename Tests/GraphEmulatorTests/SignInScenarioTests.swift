import Crypto
import Testing

@testable import GraphEmulator

struct SignInScenarioTests {
  private func client(_ json: String) throws -> RegisteredClient {
    try RegisteredClient(scenario: JSONValue.parse(Array(json.utf8)))
  }

  @Test func `a scenario's client is read whole`() throws {
    let fixture = try SignInFixture()
    let pem = JSONValue.string(fixture.certificate.pem)
    let text = String(decoding: pem.bytes, as: UTF8.self)
    let read = try client(
      """
      {"clientId": "0F3C0000-0000-4000-8000-0000000000A1", "displayName": "Reconciler",
       "objectId": "0f3c0000-0000-4000-8000-0000000000b1", "secret": "s3cret",
       "certificate": \(text), "permissions": ["User.Read.All"], "managedIdentity": true,
       "federated": {"issuer": "https://issuer.example", "subject": "me",
                     "jwks": {"keys": [{"kty": "EC"}, {"kty": "RSA", "n": "AQAB", "e": "AQAB"}]}}}
      """
    )
    #expect(read.clientID == "0f3c0000-0000-4000-8000-0000000000a1")
    #expect(read.objectID == "0f3c0000-0000-4000-8000-0000000000b1")
    #expect(read.displayName == "Reconciler")
    #expect(read.secret?.revealed == "s3cret")
    #expect(read.certificates == [fixture.certificate])
    #expect(read.permissions == ["User.Read.All"])
    #expect(read.isManagedIdentity)
    #expect(read.federated.first?.audience == "api://AzureADTokenExchange")
    #expect(read.federated.first?.keys.count == 2)
    #expect("\(read)".contains("<redacted>"))
    #expect(!"\(read)".contains("s3cret"))
  }

  @Test func `a client needs no more than its id`() throws {
    let read = try client(#"{"clientId": "0f3c0000-0000-4000-8000-0000000000a1"}"#)
    #expect(read.permissions.isEmpty)
    #expect(read.secret == nil)
    #expect(read.objectID.count == 36)
    #expect(read.objectID != read.clientID)
  }

  @Test(arguments: [
    "[]", "{}", #"{"clientId": 1}"#, #"{"clientId": "me"}"#,
    #"{"clientId": "0f3c0000-0000-4000-8000-0000000000a1", "secrets": "x"}"#,
    #"{"clientId": "0f3c0000-0000-4000-8000-0000000000a1", "secret": 1}"#,
    #"{"clientId": "0f3c0000-0000-4000-8000-0000000000a1", "objectId": "x"}"#,
    #"{"clientId": "0f3c0000-0000-4000-8000-0000000000a1", "certificate": "x"}"#,
    #"{"clientId": "0f3c0000-0000-4000-8000-0000000000a1", "permissions": "x"}"#,
    #"{"clientId": "0f3c0000-0000-4000-8000-0000000000a1", "permissions": [1]}"#,
    #"{"clientId": "0f3c0000-0000-4000-8000-0000000000a1", "federated": {"issuer": "x"}}"#,
  ])
  func `a client that cannot be read says why`(json: String) throws {
    let fault = #expect(throws: ClientFault.self) { try client(json) }
    #expect(fault?.reason.isEmpty == false)
  }

  @Test func `a scenario without clients has two, with secrets that are drawn at each start`() {
    func clients(_ seed: UInt64) -> [RegisteredClient] {
      SignIn(
        tenant: .init(id: SignInFixture.tenantID, displayName: "Contoso", domains: []),
        clients: [],
        seed: seed
      ).clients
    }
    let first = clients(7)
    #expect(first.count == 2)
    #expect(first.map(\.clientID) == clients(7).map(\.clientID))
    #expect(first[0].clientID != clients(8)[0].clientID)
    #expect(first[0].secret != clients(7)[0].secret)
    #expect(first[0].secret != first[1].secret)
    #expect(first[0].permissions == Operation.allPermissions)
    #expect(first[1].permissions.allSatisfy { $0.isReadOnly })
    #expect(first[1].permissions.isSuperset(of: ["User.Read.All", "Application.Read.All"]))
    #expect(first[0].secret?.revealed.utf8.count == 43)
  }
}
