import GraphEmulator
import HTTP

extension ErrorTests {
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
}
