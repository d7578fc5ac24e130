internal import Access

@testable import Worlds

extension World {
  static let client = "c11e0000-0000-4000-8000-000000000001"
  static let secret = "simulated"

  private static let permissions = [
    "User.ReadWrite.All", "User.Invite.All", "User.RevokeSessions.All", "Directory.Read.All",
    "User.EnableDisableAccount.All", "User.DeleteRestore.All", "Group.ReadWrite.All",
    "GroupMember.ReadWrite.All", "AppRoleAssignment.ReadWrite.All", "Application.Read.All",
    "EntitlementManagement.ReadWrite.All", "RoleManagement.Read.Directory", "AuditLog.Read.All",
    "Organization.Read.All", "OrgContact.Read.All",
  ]

  /// The tenant as a scenario of the emulator, with a sponsor for everybody and a client that holds
  /// every permission.
  var scenario: String {
    let state = tenant.state
    let users = state.accounts.values.map(Self.user) + [Self.sponsor]
    let apps = state.apps.values.map(Self.app)
    let groups = state.groups.values.map { group in
      Self.object([
        "id": group.id, "displayName": group.displayName, "mailNickname": "g",
      ]) {
        #", "securityEnabled": true, "mailEnabled": false, "members": \#(Self.list(group.members))"#
      }
    }
    let assignments = state.apps.values.flatMap { app in
      app.assignments.compactMap { assignment -> String? in
        let principal: String
        switch assignment.principal {
        case .user(let id): principal = id.description
        case .group(let id): principal = id.description
        default: return nil
        }
        return Self.object([
          "principalId": principal, "resourceId": app.servicePrincipal,
          "appRoleId": assignment.role,
        ])
      }
    }
    return """
      {"tenant": {"id": "\(Names.tenant)", "displayName": "Contoso",
                  "verifiedDomains": [{"name": "contoso.example", "isDefault": true}]},
       "clients": [{"clientId": "\(Self.client)", "secret": "\(Self.secret)",
                    "permissions": \(Self.list(Self.permissions))}],
       "users": [\(users.joined(separator: ","))],
       "servicePrincipals": [\(apps.joined(separator: ","))],
       "groups": [\(groups.joined(separator: ","))],
       "appRoleAssignments": [\(assignments.joined(separator: ","))],
       "accessPackages": [\(state.packages.values.map(package).joined(separator: ","))]}
      """
  }

  private static func list(_ items: some Sequence<some CustomStringConvertible>) -> String {
    "[" + items.map { "\"\($0)\"" }.sorted().joined(separator: ",") + "]"
  }

  private static func object(
    _ members: KeyValuePairs<String, any CustomStringConvertible>,
    _ more: () -> String = { "" }
  ) -> String {
    "{" + members.map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", ") + more() + "}"
  }

  private static let sponsor = object([
    "id": Names.user(1), "mail": "lena@contoso.example", "displayName": "Lena",
    "userPrincipalName": "lena@contoso.example", "userType": "Member",
  ])

  private static func user(_ account: Account) -> String {
    let address = account.addresses.min()?.normalised ?? ""
    guard account.userType == .guest else {
      return object([
        "id": account.id, "mail": address, "displayName": address, "userPrincipalName": address,
        "userType": "Member",
      ])
    }
    return object([
      "id": account.id, "mail": address, "displayName": address, "userType": "Guest",
      "creationType": "Invitation", "externalUserState": "Accepted",
      "userPrincipalName": account.userPrincipalName,
      "createdDateTime": account.created ?? Names.start,
    ])
  }

  private static func app(_ app: ObservedApp) -> String {
    let roles = app.roles.map { role in
      object(["id": role.id, "value": role.value, "displayName": "Role"]) {
        #", "isEnabled": true, "allowedMemberTypes": ["User"]"#
      }
    }
    return object([
      "id": app.servicePrincipal, "appId": app.id, "displayName": app.displayName,
    ]) { #", "appRoles": [\#(roles.joined(separator: ","))]"# }
  }

  private func package(_ package: ObservedPackage) -> String {
    let policy = Names.policy(1)
    let scopes = package.resources.compactMap { resource -> String? in
      guard case .group(let id) = resource else { return nil }
      return #"{"role": {"originSystem": "AadGroup", "originId": "Member_\#(id)"}, "#
        + #""scope": {"originId": "\#(id)"}}"#
    }
    let assignments = package.assignments.keys.sorted().map {
      #"{"target": {"objectId": "\#($0)"}, "assignmentPolicy": {"id": "\#(policy)"}}"#
    }
    return Self.object(["id": package.id, "displayName": package.displayName]) {
      #", "assignmentPolicies": [{"id": "\#(policy)", "displayName": "Direct"}], "#
        + #""resourceRoleScopes": [\#(scopes.joined(separator: ","))], "#
        + #""assignments": [\#(assignments.joined(separator: ","))]"#
    }
  }
}
