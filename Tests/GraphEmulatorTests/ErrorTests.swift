import GraphEmulator
import HTTP
import Testing

/// A test for each row of the error tables: FACTS sections 1.4 and 8, and the wordings of 3 and 4.
struct ErrorTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    var method = HTTPMethod.get
    let path: String
    var body: JSONValue?
    let status: Int
    let code: String
    var message: String?
    var testDescription: String { name }
  }

  static func invitation(_ address: String, _ more: (String, JSONValue)...) -> JSONValue {
    let invitation: JSONValue = [
      "invitedUserEmailAddress": .string(address), "inviteRedirectUrl": "https://my.example",
    ]
    return invitation.setting(Dictionary(uniqueKeysWithValues: more))
  }

  static func grant(_ principal: String, _ resource: String, _ role: String) -> JSONValue {
    ["principalId": "\(principal)", "resourceId": "\(resource)", "appRoleId": "\(role)"]
  }

  static let bad = "Request_BadRequest"
  static let unsupported = "Request_UnsupportedQuery"
  static let missing = "Request_ResourceNotFound"
  static let assigned = "/servicePrincipals/\(Scenario.expenses)/appRoleAssignedTo"
  static let nobody = "99999999-0000-4000-8000-000000000000"

  static func reference(_ id: String) -> JSONValue {
    ["@odata.id": "https://graph.microsoft.com/v1.0/directoryObjects/\(id)"]
  }

  @Test(arguments: rows) func `each mistake has its status, code and wording`(row: Row) async throws
  {
    let emulator = try await RunningEmulator()
    let id = "11111111-2222-4333-8444-555555555555"
    let answer = try await emulator.graph(
      row.method,
      row.path,
      row.body,
      headers: [("client-request-id", id)]
    )
    #expect(answer.status == row.status)
    #expect(answer.code == row.code)
    if let message = row.message { #expect(answer.message?.contains(message) == true) }
    let inner = answer.body["error"]?["innerError"]
    #expect(inner?["client-request-id"]?.string == id)
    #expect(inner?["date"] == "2026-11-20T12:00:00")
    #expect(inner?["request-id"]?.string == answer.headers["request-id"])
    #expect(answer.headers["client-request-id"] == id)
    #expect(answer.headers["Date"] == "Fri, 20 Nov 2026 12:00:00 GMT")
    // A refusal leaves no trace in the tenant.
    #expect(try await emulator.control(.get, "outbox").value.isEmpty)
  }

  @Test func `a call without a token is 401 with a challenge`() async throws {
    let emulator = try await RunningEmulator()
    let answer = try await emulator.anonymous("/users")
    #expect(answer.status == 401)
    #expect(answer.code == "InvalidAuthenticationToken")
    #expect(answer.headers["WWW-Authenticate"]?.hasPrefix("Bearer ") == true)
  }

  @Test func `a tenant that forbids invitations answers 403`() async throws {
    let emulator = try await RunningEmulator()
    let policy: JSONValue = ["allowInvitesFrom": "none"]
    #expect(try await emulator.graph(.patch, "/policies/authorizationPolicy", policy).status == 204)
    let refused = try await emulator.graph(
      .post,
      "/invitations",
      Self.invitation("x@fabrikam.example")
    )
    #expect(refused.status == 403)
    #expect(refused.message?.hasPrefix("Guest invitations not allowed for your company.") == true)
  }

  @Test func `an address that somebody else holds is named with its object`() async throws {
    let emulator = try await RunningEmulator(Scenario.everything)
    _ = try await emulator.control(
      .post,
      "interfere",
      ["action": "convert", "user": "\(Scenario.carl)"]
    )
    let contact = try await emulator.graph(
      .post,
      "/invitations",
      Self.invitation("contact@adatum.example")
    )
    #expect(contact.status == 201)
    let id = try #require(contact.body["invitedUser"]?["id"]?.string)
    let guest = try await emulator.graph(.get, "/users/\(id)?$select=proxyAddresses")
    #expect(guest.body["proxyAddresses"] == [])
    let gone = try await emulator.graph(
      .post,
      "/invitations",
      Self.invitation("gone@fabrikam.example")
    )
    #expect(gone.status == 400)
    #expect(
      gone.message?.contains("already exists in the directory as object ID: \(Scenario.gone)")
        == true
    )
  }

  /// Contoso with something said of the tenant as a whole.
  private static func contoso(_ name: String, _ value: JSONValue) -> JSONValue {
    let tenant = Scenario.contoso["tenant"]?.setting([name: value]) ?? .null
    return Scenario.contoso.setting(["tenant": tenant])
  }

  /// FACTS section 1.4: what a tenant as a whole has against an invitation.
  @Test(
    arguments: [
      ("invitationsSuspected", true as JSONValue, 403, "Forbidden", "suspicious activity"),
      ("allowedDomains", ["adatum.example"] as JSONValue, 400, bad, "is blocked by the settings"),
      (
        "crossTenantBlockedDomains", ["fabrikam.example"] as JSONValue, 400, bad,
        "This invitation is blocked by cross-tenant access settings"
      ),
      ("objectQuota", 8 as JSONValue, 403, "Directory_QuotaExceeded", "quota"),
    ]
  ) func `a tenant that does not welcome an invitation says why`(
    restriction: String,
    value: JSONValue,
    status: Int,
    code: String,
    message: String
  ) async throws {
    let emulator = try await RunningEmulator(Self.contoso(restriction, value))
    let refused = try await emulator.graph(
      .post,
      "/invitations",
      Self.invitation("x@fabrikam.example")
    )
    #expect(refused.status == status)
    #expect(refused.code == code)
    #expect(refused.message?.contains(message) == true)
    #expect(try await emulator.control(.get, "outbox").value.isEmpty)
    // The restriction is part of the state, so that a snapshot keeps it.
    let state = try await emulator.control(.get, "state").body
    #expect(state["tenant"]?[restriction] == value)
  }

  @Test func `a quota counts what is soft-deleted, and also holds for other objects`() async throws
  {
    let emulator = try await RunningEmulator(Self.contoso("objectQuota", 11))
    let group: JSONValue = [
      "displayName": "N", "mailEnabled": false, "mailNickname": "n", "securityEnabled": true,
    ]
    // Four users, two groups, two apps and the two clients.
    #expect(try await emulator.graph(.delete, "/users/\(Scenario.bo)").status == 204)
    #expect(try await emulator.graph(.post, "/groups", group).status == 201)
    #expect(try await emulator.graph(.post, "/groups", group).code == "Directory_QuotaExceeded")
  }

  @Test func `last sign-ins are refused without a premium licence`() async throws {
    let emulator = try await RunningEmulator(Self.contoso("premium", false))
    let refused = try await emulator.graph(.get, "/users?$select=id,signInActivity")
    #expect(refused.status == 403)
    #expect(refused.code == "Authentication_RequestFromNonPremiumTenantOrB2CTenant")
    #expect(try await emulator.graph(.get, "/users?$select=id").status == 200)
  }

  @Test func `an application whose service principal is disabled or gone is 401`() async throws {
    let emulator = try await RunningEmulator()
    let client = emulator.server.clients[0]
    let own = "/servicePrincipals(appId='\(client.clientID)')"
    let found = try await emulator.graph(.get, own)
    #expect(found.body["id"]?.string == client.objectID)
    #expect(found.body["displayName"]?.string == client.displayName)
    #expect(try await emulator.graph(.patch, own, ["accountEnabled": false]).status == 204)
    let disabled = try await emulator.graph(.get, "/users")
    #expect(disabled.status == 401)
    #expect(disabled.code == "Authorization_IdentityDisabled")
    try await emulator.control(.post, "reset")
    #expect(try await emulator.graph(.delete, own).status == 204)
    let gone = try await emulator.graph(.get, "/users")
    #expect(gone.status == 401)
    #expect(gone.code == "Authorization_IdentityNotFound")
  }

  @Test func `a change of a guest that is too fresh does not find the company`() async throws {
    let emulator = try await RunningEmulator { $0.lagSeconds = 30 }
    let sent = try await emulator.graph(
      .post,
      "/invitations",
      Self.invitation("x@fabrikam.example")
    )
    let path = "/users/\(sent.body["invitedUser"]?["id"]?.string ?? "")"
    let refused = try await emulator.graph(.patch, path, ["department": "x"])
    #expect(refused.status == 404)
    #expect(refused.code == "Directory_ObjectNotFound")
    #expect(try await emulator.graph(.get, path).code == Self.missing)
    try await emulator.control(.post, "clock", ["advance": 31])
    #expect(try await emulator.graph(.patch, path, ["department": "x"]).status == 204)
  }

  @Test(arguments: ["onPremisesSyncEnabled", "mailEnabled", "isAssignableToRole"])
  func `a group that applications may not fill`(property: String) async throws {
    let group: JSONValue = ["id": "\(Scenario.suppliers)", "displayName": "G"]
    let scenario: JSONValue = [
      "users": [["id": "\(Scenario.ana)", "displayName": "Ana"]],
      "groups": [group.setting([property: true])],
      "clients": [
        [
          "clientId": "\(Self.nobody)", "secret": "s",
          "permissions": ["GroupMember.ReadWrite.All", "User.Read.All", "Group.Read.All"],
        ]
      ],
    ]
    let emulator = try await RunningEmulator(scenario)
    let refused = try await emulator.graph(
      .post,
      "/groups/\(Scenario.suppliers)/members/$ref",
      Self.reference(Scenario.ana)
    )
    let isOfRoles = property == "isAssignableToRole"
    #expect(refused.status == (isOfRoles ? 403 : 400))
    #expect(refused.code == (isOfRoles ? "Authorization_RequestDenied" : Self.bad))
    #expect(try await emulator.graph(.get, "/groups/\(Scenario.suppliers)/members").value.isEmpty)
  }

  @Test func `a service principal's name is taken: 409`() async throws {
    let emulator = try await RunningEmulator()
    let refused = try await emulator.graph(
      .post,
      "/servicePrincipals",
      ["appId": "\(Scenario.expensesApp)"]
    )
    #expect(refused.status == 409)
    #expect(refused.code == "Request_MultipleObjectsWithSameKeyValue")
  }

  @Test func `objects are found by identifiers of types that are not here`() async throws {
    let emulator = try await RunningEmulator()
    let found = try await emulator.graph(
      .post,
      "/directoryObjects/getByIds",
      [
        "ids": ["\(Scenario.suppliers)", "\(Scenario.ana)"],
        "types": ["group", "servicePrincipal", "directoryObjectPartnerReference"],
      ]
    )
    #expect(found.value.map { $0["id"]?.string } == [Scenario.suppliers])
  }

  @Test func `holders of directory roles are not blocked or deleted`() async throws {
    let emulator = try await RunningEmulator(Scenario.everything)
    let path = "/users/\(Scenario.carl)"
    #expect(try await emulator.graph(.delete, path).status == 403)
    #expect(try await emulator.graph(.patch, path, ["accountEnabled": true]).status == 403)
    #expect(try await emulator.graph(.patch, path, ["department": "x"]).status == 204)
  }

  @Test func `a principal holds 1,500 assignments and not one more`() async throws {
    let apps = (0..<2).map { app -> JSONValue in
      let roles = (0..<751).map { role -> JSONValue in
        [
          "id": "d\(app)000000-0000-4000-8000-\(String(100_000_000_000 + role))",
          "value": "R\(role)",
        ]
      }
      return [
        "id": "c000000\(app)-0000-4000-8000-000000000001",
        "appId": "c000000\(app)-0000-4000-8000-000000000002", "displayName": "App",
        "appRoles": .array(roles),
      ]
    }
    let assignments = (0..<1500).map { number -> JSONValue in
      let app = number / 750
      return [
        "principalId": "\(Scenario.ana)", "resourceId": "c000000\(app)-0000-4000-8000-000000000001",
        "appRoleId": "d\(app)000000-0000-4000-8000-\(String(100_000_000_000 + number % 750))",
      ]
    }
    let emulator = try await RunningEmulator([
      "users": [["id": "\(Scenario.ana)", "displayName": "Ana", "userType": "Guest"]],
      "servicePrincipals": .array(apps), "appRoleAssignments": .array(assignments),
    ])
    let refused = try await emulator.graph(
      .post,
      "/users/\(Scenario.ana)/appRoleAssignments",
      Self.grant(
        Scenario.ana,
        "c0000000-0000-4000-8000-000000000001",
        "d0000000-0000-4000-8000-100000000750"
      )
    )
    #expect(refused.status == 403)
    #expect(refused.code == "Directory_QuotaExceeded")
  }
}
