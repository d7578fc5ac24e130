import GraphEmulator

/// The tenant that most tests start from.
enum Scenario {
  static let ana = "b0000000-0000-4000-8000-000000000001"
  static let bo = "b0000000-0000-4000-8000-000000000002"
  static let carl = "b0000000-0000-4000-8000-000000000003"
  static let lena = "a0000000-0000-4000-8000-000000000001"
  static let expenses = "c0000000-0000-4000-8000-000000000001"
  static let wiki = "c0000000-0000-4000-8000-000000000002"
  static let expensesApp = "0f3c0000-0000-4000-8000-000000000010"
  static let wikiApp = "0f3c0000-0000-4000-8000-000000000011"
  static let submitter = "d0000000-0000-4000-8000-000000000001"
  static let approver = "d0000000-0000-4000-8000-000000000002"
  static let suppliers = "e0000000-0000-4000-8000-000000000001"
  static let everyone = "e0000000-0000-4000-8000-000000000002"

  static let contoso: JSONValue = [
    "tenant": [
      "id": "5b2a9c3e-0000-4000-8000-000000000001", "displayName": "Contoso",
      "domains": ["contoso.example", "contoso.onmicrosoft.com"],
      "blockedDomains": ["blocked.example"],
    ],
    "users": [
      [
        "id": .string(lena), "displayName": "Lena Berg", "mail": "lena@contoso.example",
        "userPrincipalName": "lena@contoso.example",
      ],
      [
        "id": .string(ana), "displayName": "Ana Horvat", "mail": "ana@fabrikam.example",
        "userType": "Guest", "sponsors": [.string(lena)],
      ],
      [
        "id": .string(bo), "displayName": "Bo Ek", "mail": "bo@fabrikam.example",
        "userType": "Guest", "externalUserState": "PendingAcceptance",
      ],
      [
        "id": .string(carl), "displayName": "Carl Ö", "mail": "carl@adatum.example",
        "userType": "Guest", "accountEnabled": false, "companyName": "Adatum",
      ],
    ],
    "groups": [
      ["id": .string(suppliers), "displayName": "Suppliers", "members": [.string(ana)]],
      [
        "id": .string(everyone), "displayName": "Everyone",
        "groupTypes": ["DynamicMembership"], "membershipRule": "user.accountEnabled -eq true",
      ],
    ],
    "servicePrincipals": [
      [
        "id": .string(expenses), "appId": .string(expensesApp), "displayName": "Expenses",
        "appRoles": [
          ["id": .string(submitter), "value": "Submitter"],
          ["id": .string(approver), "value": "Approver"],
        ],
      ],
      ["id": .string(wiki), "appId": .string(wikiApp), "displayName": "Wiki"],
    ],
    "appRoleAssignments": [
      [
        "principalId": .string(ana), "resourceId": .string(expenses),
        "appRoleId": .string(submitter),
      ]
    ],
  ]
}
