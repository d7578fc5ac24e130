import GraphEmulator
import HTTP
import Testing

struct SpineTests {
  @Test func `guests are listed in pages whose links are absolute and lead to the end`()
    async throws
  {
    let emulator = try await RunningEmulator()
    var seen: [String?] = []
    var next: String? = "/users?$filter=userType%20eq%20'Guest'&%24select=id,mail,userType&$top=2"
    while let path = next {
      let page = try await emulator.graph(.get, path)
      #expect(page.status == 200)
      #expect(page.headers["x-ms-resource-unit"] == "1")
      seen += page.value.map { $0["id"]?.string }
      #expect(page.value.allSatisfy { $0.members?.count == 3 })
      next = page.body["@odata.nextLink"]?.string
      if let next { #expect(next.hasPrefix(emulator.server.baseURL + "/v1.0/users?")) }
    }
    #expect(seen == [Scenario.ana, Scenario.bo, Scenario.carl])
  }

  @Test(
    arguments: [
      ("mail eq 'ANA@fabrikam.example'", [Scenario.ana]),
      ("proxyAddresses/any(p:p eq 'smtp:bo@fabrikam.example')", [Scenario.bo]),
      ("otherMails/any(o:o eq 'carl@adatum.example')", [Scenario.carl]),
      (
        "identities/any(i:i/issuerAssignedId eq 'ana@fabrikam.example' and i/issuer eq "
          + "'ExternalAzureAD')", [Scenario.ana]
      ),
      ("mail eq 'nobody@fabrikam.example' or mail eq 'bo@fabrikam.example'", [Scenario.bo]),
      ("mail in ('ana@fabrikam.example','carl@adatum.example')", [Scenario.ana, Scenario.carl]),
      ("id in ('\(Scenario.carl)')", [Scenario.carl]),
      ("startsWith(displayName,'carl')", [Scenario.carl]),
      ("userType eq 'Guest' and (accountEnabled eq false)", [Scenario.carl]),
      ("externalUserState eq 'PendingAcceptance'", [Scenario.bo]),
    ]
  ) func `a filter finds exactly the users that it describes`(
    filter: String,
    ids: [String]
  )
    async throws
  {
    let emulator = try await RunningEmulator()
    let found = try await emulator.graph(.get, "/users?$filter=\(filter.encoded)&$select=id")
    #expect(found.value.map { $0["id"]?.string } == ids)
  }

  @Test func `an invitation makes a guest, puts a mail in the outbox, and is counted`() async throws
  {
    let emulator = try await RunningEmulator()
    let invited = try await emulator.graph(
      .post,
      "/invitations",
      [
        "invitedUserEmailAddress": "dan@fabrikam.example",
        "inviteRedirectUrl": "https://my.example",
        "invitedUserDisplayName": "Dan", "sendInvitationMessage": true,
        "invitedUserMessageInfo": [
          "messageLanguage": "sv-SE",
          "ccRecipients": [["emailAddress": ["address": "access@contoso.example"]]],
        ],
        "invitedUserSponsors@odata.bind": [
          .string("https://graph.microsoft.com/v1.0/users/\(Scenario.lena)")
        ],
      ]
    )
    #expect(invited.status == 201)
    #expect(invited.body["status"] == "PendingAcceptance")
    let id = try #require(invited.body["invitedUser"]?["id"]?.string)
    let user = try await emulator.graph(
      .get,
      "/users/\(id)?$select=id,mail,userType,externalUserState,creationType,userPrincipalName"
        + ",accountEnabled,displayName"
    )
    #expect(user.body["mail"] == "dan@fabrikam.example")
    #expect(user.body["userType"] == "Guest")
    #expect(user.body["creationType"] == "Invitation")
    #expect(
      user.body["userPrincipalName"] == "dan_fabrikam.example#EXT#@contoso.onmicrosoft.com"
    )
    let sponsors = try await emulator.graph(.get, "/users/\(id)/sponsors?$select=id")
    #expect(sponsors.value.map { $0["id"]?.string } == [Scenario.lena])

    let outbox = try await emulator.control(.get, "outbox").value
    #expect(outbox.count == 1)
    #expect(outbox.first?["to"] == "dan@fabrikam.example")
    #expect(outbox.first?["cc"] == ["access@contoso.example"])
    #expect(outbox.first?["messageLanguage"] == "sv-SE")
    let counts = try await emulator.control(.get, "counts").body
    #expect(counts["routes"]?["POST /invitations"]?["writes"] == 1)
    #expect(counts["total"]?["writes"] == 1)
  }

  @Test func `block, revoke sessions, delete and restore keep the same object`() async throws {
    let emulator = try await RunningEmulator()
    let path = "/users/\(Scenario.ana)"
    #expect(try await emulator.graph(.patch, path, ["accountEnabled": false]).status == 204)
    #expect(try await emulator.graph(.post, path + "/revokeSignInSessions").body["value"] == true)
    let blocked = try await emulator.graph(.get, path + "?$select=accountEnabled")
    #expect(blocked.body["accountEnabled"] == false)
    #expect(try await emulator.graph(.delete, path).status == 204)
    #expect(try await emulator.graph(.get, path).code == "Request_ResourceNotFound")
    let deleted = try await emulator.graph(
      .get,
      "/directory/deletedItems/microsoft.graph.user?$select=id,deletedDateTime"
    )
    #expect(deleted.value.map { $0["id"]?.string } == [Scenario.ana])
    #expect(deleted.value.first?["deletedDateTime"] == "2026-11-20T12:00:00Z")
    let restored = try await emulator.graph(
      .post,
      "/directory/deletedItems/\(Scenario.ana)/restore",
      [:]
    )
    #expect(restored.status == 200)
    #expect(restored.body["id"]?.string == Scenario.ana)
    let members = try await emulator.graph(.get, "/groups/\(Scenario.suppliers)/members?$select=id")
    #expect(members.value.map { $0["id"]?.string } == [Scenario.ana])
  }

  @Test func `roles are granted, listed and revoked from the resource's side`() async throws {
    let emulator = try await RunningEmulator()
    let apps = try await emulator.graph(
      .get,
      "/servicePrincipals?$filter=\("appId in ('\(Scenario.expensesApp)','\(Scenario.wikiApp)')".encoded)"
        + "&$select=id,appId,appRoles,appRoleAssignmentRequired,accountEnabled"
    )
    #expect(apps.value.map { $0["id"]?.string } == [Scenario.expenses, Scenario.wiki])
    let path = "/servicePrincipals/\(Scenario.expenses)/appRoleAssignedTo"
    let grant: JSONValue = [
      "principalId": .string(Scenario.bo), "resourceId": .string(Scenario.expenses),
      "appRoleId": .string(Scenario.approver),
    ]
    let granted = try await emulator.graph(.post, path, grant)
    #expect(granted.status == 201)
    let id = try #require(granted.body["id"]?.string)
    #expect(id.utf8.count == 43)
    let again = try await emulator.graph(.post, path, grant)
    #expect(again.status == 400)
    #expect(again.message == "Permission being assigned already exists on the object")
    let listed = try await emulator.graph(.get, path + "?$top=999")
    #expect(listed.value.map { $0["principalDisplayName"]?.string } == ["Ana Horvat", "Bo Ek"])
    #expect(try await emulator.graph(.delete, "\(path)/\(id)").status == 204)
    #expect(try await emulator.graph(.delete, "\(path)/\(id)").status == 404)
    #expect(try await emulator.graph(.get, path).value.count == 1)
  }

  @Test func `members join and leave a group, once each`() async throws {
    let emulator = try await RunningEmulator()
    let path = "/groups/\(Scenario.suppliers)/members"
    let reference: JSONValue = [
      "@odata.id": .string("https://graph.microsoft.com/v1.0/directoryObjects/\(Scenario.bo)")
    ]
    #expect(try await emulator.graph(.post, path + "/$ref", reference).status == 204)
    let again = try await emulator.graph(.post, path + "/$ref", reference)
    #expect(again.status == 400)
    #expect(again.message?.contains("already exist for the following modified properties") == true)
    #expect(try await emulator.graph(.get, path).value.count == 2)
    #expect(try await emulator.graph(.delete, "\(path)/\(Scenario.bo)/$ref").status == 204)
    #expect(try await emulator.graph(.delete, "\(path)/\(Scenario.bo)/$ref").status == 404)
  }

  @Test func `a batch answers each item on its own, and blocks what waited for a failure`()
    async throws
  {
    let emulator = try await RunningEmulator()
    let reply = try await emulator.graph(
      .post,
      "/$batch",
      [
        "requests": [
          ["id": "1", "method": "GET", "url": "/users/\(Scenario.ana)?$select=id"],
          ["id": "2", "method": "GET", "url": "users/\(Scenario.suppliers)"],
          ["id": "3", "method": "GET", "url": "/groups/\(Scenario.suppliers)", "dependsOn": ["2"]],
        ]
      ]
    )
    #expect(reply.status == 200)
    let responses = reply.body["responses"]?.array ?? []
    #expect(responses.map { $0["status"]?.integer } == [200, 404, 424])
    #expect(responses.first?["headers"]?["x-ms-resource-unit"] == "1")
    let counts = try await emulator.control(.get, "counts").body
    // The token and the batch.
    #expect(counts["roundTrips"] == 2)
    #expect(counts["routes"]?["GET /users/{}"]?["requests"] == 2)
  }

  @Test func `a reset brings the first state back`() async throws {
    let emulator = try await RunningEmulator()
    _ = try await emulator.graph(.delete, "/users/\(Scenario.ana)")
    #expect(try await emulator.control(.post, "reset").status == 204)
    #expect(try await emulator.graph(.get, "/users/\(Scenario.ana)").status == 200)
  }

  @Test func `a client that may only read is refused every write`() async throws {
    let emulator = try await RunningEmulator(client: 1)
    #expect(try await emulator.graph(.get, "/users?$top=1").status == 200)
    let refused = try await emulator.graph(
      .patch,
      "/users/\(Scenario.ana)",
      ["accountEnabled": false]
    )
    #expect(refused.status == 403)
    #expect(refused.code == "Authorization_RequestDenied")
  }
}

extension String {
  /// Percent-encoded for a query.
  var encoded: String {
    utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [0x27, 0x28, 0x29, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A, 0x5F].contains(byte)
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain
        ? String(UnicodeScalar(byte)) : "%" + (digits.utf8.count == 1 ? "0" : "") + digits
    }.joined()
  }
}
