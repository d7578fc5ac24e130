/// A tenant of two apps and a group, and declarations that fit it.
enum SmallTenant {
  static let id = "5b2a9c3e-0000-4000-8000-000000000001"
  static let otherID = "5b2a9c3e-0000-4000-8000-000000000002"

  static let scenario = """
    {
      "tenant": {
        "id": "\(id)", "displayName": "Contoso",
        "verifiedDomains": [{"name": "contoso.example", "isDefault": true}]
      },
      "users": [
        {"id": "11111111-0000-4000-8000-000000000001", "displayName": "Lena Sj\u{F6}berg",
         "mail": "lena@contoso.example", "userPrincipalName": "lena@contoso.example",
         "userType": "Member", "accountEnabled": true},
        {"id": "11111111-0000-4000-8000-000000000002", "displayName": "Nobody's guest",
         "mail": "unmanaged@elsewhere.example",
         "userPrincipalName": "unmanaged_elsewhere.example#EXT#@contoso.onmicrosoft.com",
         "userType": "Guest", "creationType": "Invitation", "externalUserState": "Accepted",
         "createdDateTime": "2020-01-01T00:00:00Z", "accountEnabled": true,
         "identities": [{"signInType": "federated", "issuer": "ExternalAzureAD",
                         "issuerAssignedId": null}]}
      ],
      "servicePrincipals": [
        {"id": "22222222-0000-4000-8000-000000000001",
         "appId": "0f3c0000-0000-4000-8000-000000000010", "displayName": "Contoso Expenses",
         "appRoles": [
          {"id": "33333333-0000-4000-8000-000000000001", "value": "Submitter",
           "displayName": "Submitter", "description": "Hands in expenses", "isEnabled": true,
           "allowedMemberTypes": ["User"]},
          {"id": "33333333-0000-4000-8000-000000000002", "value": "Approver",
           "displayName": "Approver", "description": "Approves expenses", "isEnabled": true,
           "allowedMemberTypes": ["User"]}]}
      ],
      "groups": [
        {"id": "7a000000-0000-4000-8000-000000000020", "displayName": "Suppliers",
         "securityEnabled": true, "mailEnabled": false, "mailNickname": "suppliers",
         "members": ["11111111-0000-4000-8000-000000000002"]}
      ]
    }
    """

  /// The tenant, the catalog and one partner; guests come from the test.
  static func policy(
    tenant: String = id,
    app: String = "0f3c0000-0000-4000-8000-000000000010",
    name: String = "Contoso Expenses"
  ) -> String {
    """
    version: 1
    tenant: {id: \(tenant), name: Contoso, domains: [contoso.example], ref: main}
    defaults: {sponsor: lena@contoso.example}
    guards: {invitations: {guests: 500}, grants: {count: 5000}}
    apps:
      expenses: {appId: \(app), name: \(name)}
    groups:
      suppliers: {id: 7a000000-0000-4000-8000-000000000020}
    partners:
      fabrikam: {name: Fabrikam, domains: [fabrikam.example]}

    """
  }

  /// Three guests, who hold three grants between them.
  static let guests = """
    guests:
      - {email: ana@fabrikam.example, name: Ana Horvat, apps: ["expenses:Submitter"], groups: [suppliers]}
      - {email: oskar@fabrikam.example, apps: ["expenses:Submitter"]}
      - {email: malin@fabrikam.example}

    """
}
