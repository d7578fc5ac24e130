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

  private static func invitation(_ address: String, _ more: (String, JSONValue)...) -> JSONValue {
    .object(
      [
        .init("invitedUserEmailAddress", .string(address)),
        .init("inviteRedirectUrl", "https://my.example"),
      ] + more.map { .init($0.0, $0.1) }
    )
  }

  private static func grant(_ principal: String, _ resource: String, _ role: String) -> JSONValue {
    ["principalId": "\(principal)", "resourceId": "\(resource)", "appRoleId": "\(role)"]
  }

  private static let bad = "Request_BadRequest"
  private static let unsupported = "Request_UnsupportedQuery"
  private static let missing = "Request_ResourceNotFound"
  private static let assigned = "/servicePrincipals/\(Scenario.expenses)/appRoleAssignedTo"
  private static let nobody = "99999999-0000-4000-8000-000000000000"

  private static func reference(_ id: String) -> JSONValue {
    ["@odata.id": "https://graph.microsoft.com/v1.0/directoryObjects/\(id)"]
  }

  static let rows: [Row] = [
    Row(
      name: "an invitation without a redirect",
      method: .post,
      path: "/invitations",
      body: ["invitedUserEmailAddress": "x@fabrikam.example"],
      status: 400,
      code: bad
    ),
    Row(
      name: "a plus in the address",
      method: .post,
      path: "/invitations",
      body: invitation("a+b@fabrikam.example"),
      status: 400,
      code: bad
    ),
    Row(
      name: "no address at all",
      method: .post,
      path: "/invitations",
      body: invitation("nobody"),
      status: 400,
      code: bad
    ),
    Row(
      name: "a domain of the tenant itself",
      method: .post,
      path: "/invitations",
      body: invitation("new@contoso.example"),
      status: 400,
      code: bad,
      message: "is a verified domain of this directory"
    ),
    Row(
      name: "a blocked domain",
      method: .post,
      path: "/invitations",
      body: invitation("x@blocked.example"),
      status: 400,
      code: bad,
      message: "blocked"
    ),
    Row(
      name: "six sponsors",
      method: .post,
      path: "/invitations",
      body: invitation(
        "x@fabrikam.example",
        (
          "invitedUserSponsors@odata.bind",
          .array(Array(repeating: "/users/\(Scenario.lena)", count: 6))
        )
      ),
      status: 400,
      code: bad
    ),
    Row(
      name: "a reset without its user",
      method: .post,
      path: "/invitations",
      body: invitation("ana@fabrikam.example", ("resetRedemption", true)),
      status: 400,
      code: bad
    ),
    Row(
      name: "a reset to a foreign address",
      method: .post,
      path: "/invitations",
      body: invitation(
        "other@fabrikam.example",
        ("resetRedemption", true),
        ("invitedUser", ["id": "\(Scenario.ana)"])
      ),
      status: 400,
      code: bad
    ),
    Row(
      name: "an invented property",
      method: .patch,
      path: "/users/\(Scenario.ana)",
      body: ["nickname": "a"],
      status: 400,
      code: bad,
      message: "'nickname'"
    ),
    Row(
      name: "a value of another kind",
      method: .patch,
      path: "/users/\(Scenario.ana)",
      body: ["accountEnabled": "no"],
      status: 400,
      code: bad
    ),
    Row(
      name: "a read-only property",
      method: .patch,
      path: "/users/\(Scenario.ana)",
      body: ["createdDateTime": "2026-01-01T00:00:00Z"],
      status: 400,
      code: bad
    ),
    Row(
      name: "a body that is no object",
      method: .patch,
      path: "/users/\(Scenario.ana)",
      body: [],
      status: 400,
      code: bad
    ),
    Row(
      name: "a user that does not exist",
      path: "/users/\(nobody)",
      status: 404,
      code: missing,
      message: "Resource '\(nobody)' does not exist or one of its queried reference-property"
    ),
    Row(
      name: "a property that the type lacks",
      path: "/users?$select=nickname",
      status: 400,
      code: bad,
      message: "'nickname'"
    ),
    Row(name: "a page too large", path: "/users?$top=1000", status: 400, code: unsupported),
    Row(name: "a skip", path: "/users?$skip=5", status: 400, code: bad),
    Row(
      name: "ne without the header",
      path: "/users?$filter=userType%20ne%20'Guest'",
      status: 400,
      code: unsupported
    ),
    Row(
      name: "endsWith without the header",
      path: "/users?$filter=endsWith(mail,'fabrikam.example')",
      status: 400,
      code: unsupported
    ),
    Row(
      name: "a search without the header",
      path: "/users?$search=%22displayName:a%22",
      status: 400,
      code: unsupported
    ),
    Row(
      name: "filter and order without the header",
      path: "/users?$filter=userType%20eq%20'Guest'&$orderby=displayName",
      status: 400,
      code: unsupported
    ),
    Row(
      name: "a filter on what is not indexed",
      path: "/users?$filter=aboutMe%20eq%20'x'",
      status: 400,
      code: unsupported,
      message: "not indexed"
    ),
    Row(
      name: "an order that needs the index",
      path: "/users?$orderby=createdDateTime",
      status: 400,
      code: unsupported
    ),
    Row(
      name: "a count without the header",
      path: "/users/$count",
      status: 400,
      code: bad,
      message: "$count is not currently supported."
    ),
    Row(
      name: "a filter that does not parse",
      path: "/users?$filter=mail%20eq",
      status: 400,
      code: bad
    ),
    Row(
      name: "a foreign page token",
      path: "/users?$skiptoken=abc",
      status: 400,
      code: bad
    ),
    Row(
      name: "a role twice",
      method: .post,
      path: assigned,
      body: grant(Scenario.ana, Scenario.expenses, Scenario.submitter),
      status: 400,
      code: bad,
      message: "Permission being assigned already exists on the object"
    ),
    Row(
      name: "a role that the app lacks",
      method: .post,
      path: assigned,
      body: grant(Scenario.ana, Scenario.expenses, nobody),
      status: 400,
      code: bad,
      message: "Permission being assigned was not found on application"
    ),
    Row(
      name: "the default role of an app that declares roles",
      method: .post,
      path: assigned,
      body: grant(Scenario.ana, Scenario.expenses, "00000000-0000-0000-0000-000000000000"),
      status: 400,
      code: bad,
      message: "was not found on application"
    ),
    Row(
      name: "the app's id in place of its object's",
      method: .post,
      path: assigned,
      body: grant(Scenario.bo, Scenario.expensesApp, Scenario.submitter),
      status: 400,
      code: bad,
      message: "Not a valid reference update."
    ),
    Row(
      name: "another resource than the path's",
      method: .post,
      path: "/servicePrincipals/\(Scenario.wiki)/appRoleAssignedTo",
      body: grant(Scenario.bo, Scenario.expenses, Scenario.submitter),
      status: 400,
      code: bad,
      message: "Not a valid reference update."
    ),
    Row(
      name: "a principal that does not exist",
      method: .post,
      path: assigned,
      body: grant(nobody, Scenario.expenses, Scenario.submitter),
      status: 404,
      code: missing
    ),
    Row(
      name: "an assignment that does not exist",
      method: .delete,
      path: "\(assigned)/abc",
      status: 404,
      code: missing
    ),
    Row(
      name: "a member twice",
      method: .post,
      path: "/groups/\(Scenario.suppliers)/members/$ref",
      body: reference(Scenario.ana),
      status: 400,
      code: bad,
      message: "already exist for the following modified properties: 'members'"
    ),
    Row(
      name: "a member that does not exist",
      method: .post,
      path: "/groups/\(Scenario.suppliers)/members/$ref",
      body: reference(nobody),
      status: 404,
      code: missing
    ),
    Row(
      name: "a member of a dynamic group",
      method: .post,
      path: "/groups/\(Scenario.everyone)/members/$ref",
      body: reference(Scenario.ana),
      status: 400,
      code: bad
    ),
    Row(
      name: "removing who is no member",
      method: .delete,
      path: "/groups/\(Scenario.suppliers)/members/\(Scenario.bo)/$ref",
      status: 404,
      code: missing
    ),
    Row(
      name: "twenty-one members at once",
      method: .patch,
      path: "/groups/\(Scenario.suppliers)",
      body: [
        "members@odata.bind": .array(
          Array(repeating: "https://x/v1.0/users/\(Scenario.bo)", count: 21)
        )
      ],
      status: 400,
      code: bad
    ),
    Row(
      name: "a user name that is taken",
      method: .post,
      path: "/users",
      body: [
        "accountEnabled": true, "displayName": "L", "mailNickname": "l",
        "userPrincipalName": "lena@contoso.example", "passwordProfile": ["password": "x"],
      ],
      status: 400,
      code: "Request_MultipleObjectsWithSameKeyValue"
    ),
    Row(
      name: "a user name of a foreign domain",
      method: .post,
      path: "/users",
      body: [
        "accountEnabled": true, "displayName": "L", "mailNickname": "l",
        "userPrincipalName": "l@elsewhere.example", "passwordProfile": ["password": "x"],
      ],
      status: 400,
      code: bad
    ),
    Row(
      name: "an empty batch",
      method: .post,
      path: "/$batch",
      body: ["requests": []],
      status: 400,
      code: "BadRequest"
    ),
    Row(
      name: "an id twice in a batch",
      method: .post,
      path: "/$batch",
      body: [
        "requests": [
          ["id": "a", "method": "GET", "url": "/users"],
          ["id": "A", "method": "GET", "url": "/users"],
        ]
      ],
      status: 400,
      code: "BadRequest"
    ),
    Row(
      name: "twenty-one items in a batch",
      method: .post,
      path: "/$batch",
      body: [
        "requests": .array(
          (0..<21).map { ["id": "\($0)", "method": "GET", "url": "/users"] }
        )
      ],
      status: 400,
      code: "BadRequest"
    ),
    Row(
      name: "a top in a delta query",
      path: "/users/delta?$top=5",
      status: 400,
      code: unsupported
    ),
    Row(
      name: "a delta filter that is not by identifier",
      path: "/users/delta?$filter=userType%20eq%20'Guest'",
      status: 400,
      code: unsupported
    ),
    Row(
      name: "a damaged delta token",
      path: "/users/delta?$deltatoken=abc",
      status: 400,
      code: "Directory_InvalidDeltaToken"
    ),
  ]

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
