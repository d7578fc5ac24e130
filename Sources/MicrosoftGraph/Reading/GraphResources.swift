internal import Access

/// A service principal with its roles; its assignments are read by themselves.
struct GraphServicePrincipal: GraphModel {
  let id: Spelled<ServicePrincipalID>
  let appId: Spelled<AppID>
  var displayName: String?
  var appRoles: [Role]?

  struct Role: GraphModel {
    let id: Spelled<AppRoleID>
    var value: String?
    var isEnabled: Bool?
    var allowedMemberTypes: [String]?
  }

  var app: ObservedApp {
    ObservedApp(
      id: appId.id,
      servicePrincipal: id.id,
      displayName: displayName ?? "",
      roles: (appRoles ?? []).map { role in
        ObservedApp.AppRole(
          id: role.id.id,
          value: RoleValue(role.value ?? ""),
          isAssignable: role.isEnabled == true && role.allowedMemberTypes?.contains("User") == true
        )
      }
    )
  }
}

/// An app role assignment, which keeps its opaque identifier.
struct GraphAppRoleAssignment: GraphModel {
  let id: String
  let appRoleId: Spelled<AppRoleID>
  var principalId: Spelled<UserID>?
  var principalType: String?
  var resourceId: Spelled<ServicePrincipalID>?

  /// The assignment; `nil` without a holder or an identifier.
  var assignment: ObservedApp.RoleAssignment? {
    guard let principal = principalId?.id.guid, !id.isEmpty else { return nil }
    return ObservedApp.RoleAssignment(
      id: id,
      role: appRoleId.id,
      principal: principalType == "User"
        ? .user(UserID(principal))
        : principalType == "Group" ? .group(GroupID(principal)) : .other(principal)
    )
  }
}

/// A group; its members are read by themselves.
struct GraphGroup: GraphModel {
  let id: Spelled<GroupID>
  var displayName: String?
  var groupTypes: [String]?
  var mailEnabled: Bool?
  var onPremisesSyncEnabled: Bool?
  var isAssignableToRole: Bool?

  var group: ObservedGroup {
    ObservedGroup(id: id.id, displayName: displayName ?? "", obstacle: obstacle)
  }

  private var obstacle: ObservedGroup.Obstacle? {
    let types = groupTypes ?? []
    if types.contains("DynamicMembership") { return .dynamicMembership }
    if onPremisesSyncEnabled == true { return .synchronisedFromPremises }
    if isAssignableToRole == true { return .roleAssignable }
    return mailEnabled == true && !types.contains("Unified") ? .mailEnabled : nil
  }
}

/// An object of a list of many kinds.
struct DirectoryObject: GraphModel {
  let id: Spelled<UserID>
  var type: String?

  enum CodingKeys: String, CodingKey {
    case id
    case type = "@odata.type"
  }

  /// Whether it is of a kind (`user`).
  func isKind(_ kind: String) -> Bool { type == "#microsoft.graph.\(kind)" }

  /// Its identifier as that of a group.
  var group: GroupID { GroupID(id.id.guid) }
}

/// An access package with what it gives (FACTS section 5).
struct GraphAccessPackage: GraphModel {
  var displayName: String?
  var resourceRoleScopes: [Link]?

  /// A role in a resource: `Member_<group>` in a group, an app role in an app.
  struct Link: GraphModel {
    var role: Origin?
    var scope: Origin?
  }

  struct Origin: GraphModel {
    var originSystem: String?
    var originId: String?
  }

  /// The groups whose membership it gives.
  var groups: [GroupID] {
    (resourceRoleScopes ?? []).compactMap { link in
      guard link.role?.originSystem == "AadGroup",
        link.role?.originId?.hasPrefix("Member_") == true
      else { return nil }
      return link.scope?.originId.flatMap { GroupID($0) }
    }
  }

  /// The app roles that it gives, as far as their apps are known.
  func roles(_ apps: [ServicePrincipalID: ObservedApp]) -> [Resource] {
    (resourceRoleScopes ?? []).compactMap { link in
      guard link.role?.originSystem == "AadApplication",
        let id = link.role?.originId.flatMap({ AppRoleID($0) }),
        let app = link.scope?.originId.flatMap({ ServicePrincipalID($0) }).flatMap({ apps[$0] })
      else { return nil }
      if let role = app.roles.first(where: { $0.id == id }) { return .appRole(app.id, role.value) }
      return id == .defaultAccess ? .appRole(app.id, .defaultAccess) : nil
    }
  }
}

/// An assignment of an access package.
struct GraphPackageAssignment: GraphModel {
  let id: Spelled<PackageAssignmentID>
  var state: String?
  var target: Target?
  /// Where they were asked for.
  var accessPackage: Reference<AccessPackageID>?
  var assignmentPolicy: Reference<AssignmentPolicyID>?

  struct Reference<ID: Identifier & Sendable>: GraphModel {
    let id: Spelled<ID>
  }

  struct Target: GraphModel {
    /// `nil` for somebody who is not in the directory yet.
    var objectId: String?
  }

  /// The account that holds it.
  var holder: UserID? { target?.objectId.flatMap { UserID($0) } }
}
