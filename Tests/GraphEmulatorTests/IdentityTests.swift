import GraphEmulator
import HTTP
import Testing

/// The life of a guest's account: invited, redeemed, reset, gone, back, purged.
struct IdentityTests {
  private static func invitation(_ address: String, _ more: (String, JSONValue)...) -> JSONValue {
    let invitation: JSONValue = [
      "invitedUserEmailAddress": .string(address), "inviteRedirectUrl": "https://my.example",
    ]
    return invitation.setting(Dictionary(uniqueKeysWithValues: more))
  }

  private static let properties = "id,externalUserState,identities,userPrincipalName"

  @Test func `inviting again finds the same account, pending or accepted`() async throws {
    let emulator = try await RunningEmulator()
    let pending = try await emulator.graph(
      .post,
      "/invitations",
      Self.invitation("BO@fabrikam.example")
    )
    #expect(pending.status == 201)
    #expect(pending.body["status"] == "PendingAcceptance")
    #expect(pending.body["invitedUser"]?["id"]?.string == Scenario.bo)
    let accepted = try await emulator.graph(
      .post,
      "/invitations",
      Self.invitation("ana@fabrikam.example")
    )
    #expect(accepted.body["status"] == "Completed")
    #expect(accepted.body["invitedUser"]?["id"]?.string == Scenario.ana)
  }

  @Test func `redemption changes the state and the identity`() async throws {
    let emulator = try await RunningEmulator()
    let path = "/users/\(Scenario.bo)?$select=\(Self.properties)"
    let before = try await emulator.graph(.get, path)
    #expect(
      before.body["identities"]?.array?.map { $0["issuer"]?.string } == ["contoso.onmicrosoft.com"]
    )
    try await emulator.control(.post, "clock", ["advance": 60])
    let redeemed = try await emulator.control(
      .post,
      "redeem",
      ["user": "bo@fabrikam.example", "issuer": "mail"]
    )
    #expect(redeemed.status == 204)
    let after = try await emulator.graph(.get, path + ",externalUserStateChangeDateTime")
    #expect(after.body["externalUserState"] == "Accepted")
    #expect(after.body["externalUserStateChangeDateTime"] == "2026-11-20T12:01:00Z")
    #expect(after.body["identities"]?.array?.first?["issuer"] == "mail")
    #expect(try await emulator.control(.post, "redeem", ["user": "\(Scenario.bo)"]).status == 409)
  }

  @Test func `a reset keeps the account and starts redemption over`() async throws {
    let emulator = try await RunningEmulator()
    let change: JSONValue = ["otherMails": ["ana.new@fabrikam.example"]]
    #expect(try await emulator.graph(.patch, "/users/\(Scenario.ana)", change).status == 204)
    let reset = try await emulator.graph(
      .post,
      "/invitations",
      Self.invitation(
        "ana.new@fabrikam.example",
        ("resetRedemption", true),
        ("invitedUser", ["id": "\(Scenario.ana)"])
      )
    )
    #expect(reset.status == 201)
    #expect(reset.body["resetRedemption"] == true)
    #expect(reset.body["invitedUser"]?["id"]?.string == Scenario.ana)
    let user = try await emulator.graph(.get, "/users/\(Scenario.ana)?$select=\(Self.properties)")
    #expect(user.body["externalUserState"] == "PendingAcceptance")
    let roles = try await emulator.graph(.get, "/users/\(Scenario.ana)/appRoleAssignments")
    #expect(roles.value.count == 1)
  }

  @Test func `a deleted account can be restored for thirty days and is purged then`() async throws {
    let emulator = try await RunningEmulator()
    _ = try await emulator.graph(.delete, "/users/\(Scenario.ana)")
    let assigned = "/servicePrincipals/\(Scenario.expenses)/appRoleAssignedTo"
    #expect(try await emulator.graph(.get, assigned).value.isEmpty)
    try await emulator.control(.post, "clock", ["advance": .integer(30 * 86_400 - 1)])
    let item = "/directory/deletedItems/\(Scenario.ana)"
    // The token has run out meanwhile.
    let late = try await emulator.signedInAgain()
    #expect(try await late.graph(.get, item).status == 200)
    try await emulator.control(.post, "clock", ["advance": 1])
    #expect(try await late.graph(.get, item).status == 404)
    #expect(try await late.graph(.post, item + "/restore", [:]).status == 404)
    // The address is free again.
    let again = try await late.graph(.post, "/invitations", Self.invitation("ana@fabrikam.example"))
    #expect(again.status == 201)
    #expect(again.body["invitedUser"]?["id"]?.string != Scenario.ana)
  }

  @Test func `a guest who leaves is soft-deleted`() async throws {
    let emulator = try await RunningEmulator()
    #expect(try await emulator.control(.post, "leave", ["user": "\(Scenario.ana)"]).status == 204)
    let deleted = try await emulator.graph(.get, "/directory/deletedItems/graph.user")
    #expect(deleted.value.map { $0["id"]?.string } == [Scenario.ana])
  }

  @Test func `a new mail keeps the old one as a secondary address`() async throws {
    let emulator = try await RunningEmulator()
    let change: JSONValue = ["mail": "ana.horvat@fabrikam.example"]
    #expect(try await emulator.graph(.patch, "/users/\(Scenario.ana)", change).status == 204)
    let user = try await emulator.graph(.get, "/users/\(Scenario.ana)?$select=proxyAddresses")
    #expect(
      user.body["proxyAddresses"]
        == ["SMTP:ana.horvat@fabrikam.example", "smtp:ana@fabrikam.example"]
    )
    let taken = try await emulator.graph(
      .patch,
      "/users/\(Scenario.bo)",
      ["mail": "ana@fabrikam.example"]
    )
    #expect(taken.code == "Request_MultipleObjectsWithSameKeyValue")
  }

  @Test func `every write leaves an entry with its caller, target and correlation`() async throws {
    let emulator = try await RunningEmulator()
    let id = "11111111-2222-4333-8444-555555555555"
    _ = try await emulator.graph(
      .patch,
      "/users/\(Scenario.ana)",
      ["accountEnabled": false],
      headers: [("client-request-id", id)]
    )
    let found = try await emulator.graph(
      .get,
      "/auditLogs/directoryAudits?$filter=\("correlationId eq '\(id)'".encoded)"
    )
    #expect(found.value.count == 1)
    let entry = try #require(found.value.first)
    #expect(entry["activityDisplayName"] == "Update user")
    #expect(entry["targetResources"]?.array?.first?["id"]?.string == Scenario.ana)
    #expect(entry["initiatedBy"]?["app"]?["appId"]?.string == emulator.server.clients[0].clientID)
  }
}
