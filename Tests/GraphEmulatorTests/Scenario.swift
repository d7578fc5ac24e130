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
        "userType": "Guest", "sponsors": [.string(lena)], "manager": .string(lena),
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

extension Scenario {
  static let admin = "f0000000-0000-4000-8000-000000000001"
  static let template = "f0000000-0000-4000-8000-000000000002"
  static let nested = "e0000000-0000-4000-8000-000000000003"
  static let application = "c1000000-0000-4000-8000-000000000001"
  static let gone = "b0000000-0000-4000-8000-000000000009"
  static let package = "7d000000-0000-4000-8000-000000000030"
  static let policy = "31000000-0000-4000-8000-000000000031"
  static let held = "7e000000-0000-4000-8000-000000000001"
  static let organization = "7f000000-0000-4000-8000-000000000001"

  /// Contoso with something of every kind.
  static let everything: JSONValue = contoso.setting([
    "groups": .array(
      (contoso["groups"]?.array ?? []) + [
        [
          "id": "\(nested)", "displayName": "Nested", "members": ["\(suppliers)"],
          "owners": ["\(ana)"],
        ]
      ]
    ),
    "applications":
      [["id": "\(application)", "appId": "\(expensesApp)", "displayName": "Expenses"]],
    "contacts":
      [
        [
          "id": "cc000000-0000-4000-8000-000000000001", "displayName": "Contact",
          "mail": "contact@adatum.example", "proxyAddresses": ["SMTP:contact@adatum.example"],
        ]
      ],
    "directoryRoles":
      [
        [
          "id": "\(admin)", "displayName": "Guest Inviter", "roleTemplateId": "\(template)",
          "members": ["\(carl)"],
        ]
      ],
    "deletedUsers":
      [
        [
          "id": "\(gone)", "displayName": "Gone", "mail": "gone@fabrikam.example",
          "userType": "Guest", "deletedDateTime": "2026-11-10T08:00:00Z",
        ]
      ],
    "oauth2PermissionGrants":
      [
        [
          "id": "g1", "clientId": "\(expenses)", "consentType": "Principal",
          "principalId": "\(ana)", "resourceId": "\(wiki)", "scope": "User.Read",
        ]
      ],
    "connectedOrganizations":
      [
        [
          "id": "\(organization)", "displayName": "Fabrikam", "state": "configured",
          "identitySources": [
            [
              "@odata.type": "#microsoft.graph.domainIdentitySource",
              "displayName": "Fabrikam", "domainName": "fabrikam.example",
            ]
          ],
        ]
      ],
    "crossTenantAccessPolicyPartners":
      [["tenantId": "99000000-0000-4000-8000-000000000001", "isServiceProvider": false]],
    "accessPackages":
      [
        [
          "id": "\(package)", "displayName": "Onboarding", "description": "For newcomers",
          "assignmentPolicies": [["id": "\(policy)", "displayName": "Direct"]],
          "resourceRoleScopes": [
            [
              "role": ["originSystem": "AadGroup", "originId": "Member_\(suppliers)"],
              "scope": ["originId": "\(suppliers)"],
            ],
            [
              "role": ["originSystem": "AadApplication", "originId": "\(approver)"],
              "scope": ["originId": "\(expenses)"],
            ],
          ],
          "assignments": [
            [
              "id": "\(held)", "target": ["objectId": "\(carl)"],
              "assignmentPolicy": ["id": "\(policy)"],
            ]
          ],
        ]
      ],
  ])

  /// Puts keys that exist in `everything` into a template.
  static func fill(_ template: String) -> String {
    let keys: [(prefix: String, key: String)] = [
      ("/users/{}", ana), ("/groups/{}", suppliers), ("/servicePrincipals/{}", expenses),
      ("/applications/{}", application), ("/directoryObjects/{}", ana),
      ("/oauth2PermissionGrants/{}", "g1"), ("/directoryRoles/{}", admin),
      ("/directory/deletedItems/{}", gone),
      ("/organization/{}", "5b2a9c3e-0000-4000-8000-000000000001"),
      ("/accessPackages/{}", package), ("/assignmentPolicies/{}", policy),
      ("/assignments/{}", held), ("/connectedOrganizations/{}", organization),
    ]
    var path = template.replacing("(appId='{}')", with: "(appId='\(expensesApp)')")
    for (prefix, key) in keys {
      path = path.replacing(prefix, with: prefix.replacing("{}", with: key))
    }
    return path
  }
}
