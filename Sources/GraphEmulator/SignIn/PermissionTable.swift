/// The permissions of each operation, as the `x-ms-permissions` of the API description lists them for
/// applications; what the description leaves out follows FACTS section 2.5 and its own list of traps
/// (a count asks for what the list asks for, a cast for what the uncast path asks for).
enum PermissionTable {
  /// Operations that ask for the same.
  struct Row: Sendable {
    /// Method and template, `{}` for a key.
    let operations: [String]
    let combinations: [Set<GraphPermission>]

    fileprivate init(stanza: ArraySlice<Substring>) {
      operations = stanza.filter { !$0.hasPrefix(" ") }.map(String.init)
      let alternatives = stanza.filter { $0.hasPrefix(" ") }.flatMap { $0.split(separator: "|") }
      combinations =
        alternatives.isEmpty
        ? [[]]
        : alternatives.map { alternative in
          Set(
            alternative.split(whereSeparator: { $0 == "+" || $0 == " " })
              .map { GraphPermission(rawValue: String($0)) }
          )
        }
    }
  }

  /// The permissions that let an application change only some properties of a user.
  static let userProperties: [(names: Set<String>, combination: Set<GraphPermission>)] = [
    (["accountEnabled"], ["User.EnableDisableAccount.All", "User.Read.All"]),
    (["otherMails", "mail"], ["User-Mail.ReadWrite.All"]),
    (["passwordProfile"], ["User-PasswordProfile.ReadWrite.All"]),
    (["businessPhones", "mobilePhone", "faxNumber"], ["User-Phone.ReadWrite.All"]),
    (["identities"], ["User.ManageIdentities.All"]),
  ]

  static let rows: [Row] =
    text.split(separator: "\n", omittingEmptySubsequences: false)
    .split(whereSeparator: \.isEmpty)
    .map { stanza in Row(stanza: stanza.filter { !$0.hasPrefix("#") }[...]) }

  // Operations stand at the margin, what opens them is indented: `|` between alternatives, as is
  // the end of a line, `+` between permissions that must be held together.
  private static let text = """
    POST $batch

    GET applications
    GET servicePrincipals
    GET servicePrincipals/$count
      Application.Read.All | Application.ReadWrite.All | Application.ReadWrite.OwnedBy
      Directory.Read.All

    POST applications
      AppRegistration.Create | Application.ReadWrite.All | Application.ReadWrite.OwnedBy

    DELETE applications/{}
    PATCH applications/{}
      Application.ReadWrite.All | Application.ReadWrite.OwnedBy

    GET applications/{}
    GET servicePrincipals/{}
    GET servicePrincipals/delta
    GET servicePrincipals/{}/appRoleAssignedTo
    GET servicePrincipals/{}/appRoleAssignedTo/$count
    GET servicePrincipals/{}/appRoleAssignedTo/{}
    GET servicePrincipals/{}/appRoleAssignments
    GET servicePrincipals/{}/appRoleAssignments/{}
    GET servicePrincipals/{}/owners
      Application.Read.All | Application.ReadWrite.All | Application.ReadWrite.OwnedBy
      Directory.Read.All | Directory.ReadWrite.All

    POST servicePrincipals
    DELETE servicePrincipals/{}
    PATCH servicePrincipals/{}
      Application.ReadWrite.All | Application.ReadWrite.OwnedBy | Directory.ReadWrite.All

    # Both of a pair are needed; the description flattens them into a list of single ones.
    POST servicePrincipals/{}/appRoleAssignedTo
    POST servicePrincipals/{}/appRoleAssignments
      AppRoleAssignment.ReadWrite.All + Application.Read.All
      AppRoleAssignment.ReadWrite.All + Application.ReadWrite.All
      AppRoleAssignment.ReadWrite.All + Directory.Read.All

    DELETE servicePrincipals/{}/appRoleAssignedTo/{}
    DELETE servicePrincipals/{}/appRoleAssignments/{}
      AppRoleAssignment.ReadWrite.All | Application.ReadWrite.All

    # Applications are promised no more than this one, though the data lists Directory.Read.All.
    GET auditLogs/directoryAudits
    GET auditLogs/directoryAudits/{}
      AuditLog.Read.All

    GET contacts
      Directory.Read.All | Directory.ReadWrite.All | OrgContact.Read.All

    GET directory/deletedItems/graph.user
    GET directory/deletedItems/graph.user/$count
    GET directory/deletedItems/{}
    GET directory/deletedItems/{}/graph.user
      Directory.Read.All | Directory.ReadWrite.All | User.Read.All | User.ReadWrite.All

    GET directory/deletedItems/graph.group
      Directory.Read.All | Directory.ReadWrite.All | Group.Read.All | Group.ReadWrite.All

    POST directory/deletedItems/{}/restore
    DELETE directory/deletedItems/{}
    DELETE users/{}
      User.DeleteRestore.All | User.ReadWrite.All | User.ReadWrite.CrossCloud

    POST directoryObjects/getByIds
    GET directoryObjects/delta
      Directory.Read.All | Directory.ReadWrite.All

    GET directoryRoles
    GET directoryRoles/{}/members
    GET roleManagement/directory/roleAssignments
      Directory.Read.All | Directory.ReadWrite.All | RoleManagement.Read.Directory
      RoleManagement.ReadWrite.Directory

    POST directoryRoles
    POST roleManagement/directory/roleAssignments
      RoleManagement.ReadWrite.Directory

    GET domains
      Directory.Read.All | Domain.Read.All | Domain.ReadWrite.All

    POST domains
      Domain.ReadWrite.All

    GET groups
    GET groups/$count
    GET groups/delta
      Directory.Read.All | Directory.ReadWrite.All | Group-NestingSupport.ReadWrite.All
      Group-PreferredDataLocation.ReadWrite.All | Group.ManageProtection.All
      Group.Read.All | Group.ReadBasic.All | Group.ReadWrite.All | GroupMember.Read.All

    POST groups
      Directory.ReadWrite.All | Group-PreferredDataLocation.ReadWrite.All | Group.Create
      Group.ReadWrite.All

    GET groups/{}
      Directory.Read.All | Directory.ReadWrite.All | Group-NestingSupport.ReadWrite.All
      Group-PreferredDataLocation.ReadWrite.All | Group.ManageProtection.All
      Group.Read.All | Group.ReadBasic.All | Group.ReadWrite.All | GroupMember.Read.All
      Group-XTenantIdentitySync.Read.All

    # The members that a change binds ask for what adding a member does.
    PATCH groups/{}
      Directory.ReadWrite.All | Group-NestingSupport.ReadWrite.All
      Group-PreferredDataLocation.ReadWrite.All | Group.ManageProtection.All
      Group.ReadWrite.All | GroupMember.ReadWrite.All

    DELETE groups/{}
      Group.ReadWrite.All

    GET groups/{}/appRoleAssignments
    GET groups/{}/appRoleAssignments/{}
      AppRoleAssignment.ReadWrite.All | Directory.Read.All | Directory.ReadWrite.All

    POST groups/{}/appRoleAssignments
    DELETE groups/{}/appRoleAssignments/{}
    POST users/{}/appRoleAssignments
    DELETE users/{}/appRoleAssignments/{}
      AppRoleAssignment.ReadWrite.All

    GET groups/{}/members
    GET groups/{}/members/$ref
    GET groups/{}/members/graph.user
    GET groups/{}/transitiveMembers
    GET groups/{}/transitiveMembers/graph.user
      Directory.Read.All | Group.Read.All | Group.ReadBasic.All | Group.ReadWrite.All
      GroupMember.Read.All | GroupMember.ReadBasic.All | GroupMember.ReadWrite.All

    POST groups/{}/members/$ref
    DELETE groups/{}/members/{}/$ref
      Directory.ReadWrite.All | Group.ReadWrite.All | GroupMember.ReadWrite.All

    GET identityGovernance/entitlementManagement/accessPackages
    GET identityGovernance/entitlementManagement/accessPackages/{}
    GET identityGovernance/entitlementManagement/assignmentPolicies
    GET identityGovernance/entitlementManagement/assignmentPolicies/{}
    GET identityGovernance/entitlementManagement/assignmentRequests
    GET identityGovernance/entitlementManagement/assignmentRequests/{}
    GET identityGovernance/entitlementManagement/assignments
    GET identityGovernance/entitlementManagement/assignments/{}
    GET identityGovernance/entitlementManagement/connectedOrganizations
    GET identityGovernance/entitlementManagement/connectedOrganizations/{}
    GET identityGovernance/entitlementManagement/settings
    GET identityGovernance/entitlementManagement/subjects
      EntitlementManagement.Read.All | EntitlementManagement.ReadWrite.All

    POST identityGovernance/entitlementManagement/accessPackages
    DELETE identityGovernance/entitlementManagement/accessPackages/{}
    PATCH identityGovernance/entitlementManagement/accessPackages/{}
    POST identityGovernance/entitlementManagement/assignmentPolicies
    DELETE identityGovernance/entitlementManagement/assignmentPolicies/{}
    PUT identityGovernance/entitlementManagement/assignmentPolicies/{}
    POST identityGovernance/entitlementManagement/assignmentRequests
    DELETE identityGovernance/entitlementManagement/assignmentRequests/{}
    POST identityGovernance/entitlementManagement/assignmentRequests/{}/cancel
    POST identityGovernance/entitlementManagement/assignments/{}/reprocess
    POST identityGovernance/entitlementManagement/connectedOrganizations
    DELETE identityGovernance/entitlementManagement/connectedOrganizations/{}
    PATCH identityGovernance/entitlementManagement/connectedOrganizations/{}
    PATCH identityGovernance/entitlementManagement/settings
      EntitlementManagement.ReadWrite.All

    POST invitations
      Directory.ReadWrite.All | User.Invite.All | User.ReadWrite.All

    GET organization
    GET organization/{}
      DeviceManagementServiceConfig.Read.All | DeviceManagementServiceConfig.ReadWrite.All
      Directory.Read.All | Directory.ReadWrite.All | Organization.Read.All
      Organization.ReadWrite.All | User.Read.All

    PATCH organization/{}
      DeviceManagementServiceConfig.ReadWrite.All | Organization.ReadWrite.All

    GET policies/authorizationPolicy
      Policy.Read.All | Policy.ReadWrite.Authorization

    PATCH policies/authorizationPolicy
      Policy.ReadWrite.Authorization

    GET policies/crossTenantAccessPolicy/default
    GET policies/crossTenantAccessPolicy/partners
      Policy.Read.All | Policy.ReadWrite.CrossTenantAccess

    PATCH policies/crossTenantAccessPolicy/default
    POST policies/crossTenantAccessPolicy/partners
      Policy.ReadWrite.CrossTenantAccess

    GET users
    GET users/$count
    GET users/{}
      Directory.Read.All | Directory.ReadWrite.All | User.Read.All | User.ReadBasic.All
      User.ReadWrite.All | User.ReadWrite.CrossCloud

    POST users
    POST users/{}/sponsors/$ref
    DELETE users/{}/sponsors/$ref
    DELETE users/{}/sponsors/{}/$ref
      Directory.ReadWrite.All | User.ReadWrite.All

    GET users/delta
    GET users/{}/ownedObjects
    GET users/{}/ownedObjects/graph.group
      Directory.Read.All | Directory.ReadWrite.All | User.Read.All | User.ReadWrite.All

    # Without a look at the body; `accepted(forChangingUser:)` has it.
    PATCH users/{}
      Directory.ReadWrite.All | User-Mail.ReadWrite.All | User-PasswordProfile.ReadWrite.All
      User-Phone.ReadWrite.All | User.EnableDisableAccount.All | User.ManageIdentities.All
      User.ReadWrite.All | User.ReadWrite.CrossCloud

    GET users/{}/appRoleAssignments
    GET users/{}/appRoleAssignments/{}
      AppRoleAssignment.ReadWrite.All | Directory.Read.All

    POST users/{}/checkMemberGroups
    POST users/{}/getMemberGroups
      Application.Read.All | Application.ReadWrite.All | Device.Read.All
      Device.ReadWrite.All | Directory.Read.All | Directory.ReadWrite.All | Group.Read.All
      Group.ReadBasic.All | Group.ReadWrite.All | GroupMember.Read.All
      GroupMember.ReadBasic.All | User.Read.All | User.ReadWrite.All

    GET users/{}/memberOf
    GET users/{}/memberOf/graph.directoryRole
    GET users/{}/memberOf/graph.group
      Directory.Read.All | Directory.ReadWrite.All | Group.ReadBasic.All
      GroupMember.ReadBasic.All

    GET users/{}/oauth2PermissionGrants
      DelegatedPermissionGrant.ReadWrite.All | Directory.Read.All

    POST users/{}/revokeSignInSessions
      Directory.ReadWrite.All | User.ReadWrite.All | User.RevokeSessions.All

    GET users/{}/sponsors
    GET users/{}/sponsors/$ref
      User.Read.All | User.ReadWrite.All

    GET users/{}/transitiveMemberOf
    GET users/{}/transitiveMemberOf/graph.directoryRole
    GET users/{}/transitiveMemberOf/graph.group
      Directory.Read.All | Directory.ReadWrite.All | Group.Read.All | Group.ReadBasic.All
      GroupMember.Read.All | GroupMember.ReadBasic.All | User.Read.All
    """
}
