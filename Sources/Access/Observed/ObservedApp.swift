/// An app of the catalog as the tenant holds it: its roles, and who was assigned to them.
package struct ObservedApp: Hashable, Sendable {
  package var id: AppID
  package var servicePrincipal: ServicePrincipalID
  package var displayName: String
  package var roles: [AppRole]
  package var assignments: [RoleAssignment]

  package init(
    id: AppID,
    servicePrincipal: ServicePrincipalID,
    displayName: String,
    roles: [AppRole] = [],
    assignments: [RoleAssignment] = []
  ) {
    self.id = id
    self.servicePrincipal = servicePrincipal
    self.displayName = displayName
    self.roles = roles
    self.assignments = assignments
  }

  package struct AppRole: Hashable, Sendable {
    package var id: AppRoleID
    package var value: RoleValue
    /// Whether the role is enabled and may be given to users.
    package var isAssignable: Bool

    package init(id: AppRoleID, value: RoleValue, isAssignable: Bool = true) {
      self.id = id
      self.value = value
      self.isAssignable = isAssignable
    }
  }

  package struct RoleAssignment: Hashable, Sendable {
    /// The opaque identifier of the assignment (FACTS section 3).
    package var id: String
    package var role: AppRoleID
    package var principal: Principal

    /// The user to whom the role was given; `nil` for a group or anything else.
    package var user: UserID? {
      if case .user(let user) = principal { user } else { nil }
    }

    package init(id: String, role: AppRoleID, principal: Principal) {
      self.id = id
      self.role = role
      self.principal = principal
    }
  }

  /// To whom a role was given.
  package enum Principal: Hashable, Sendable {
    case user(UserID)
    /// The role reaches the group's direct members (FACTS section 3).
    case group(GroupID)
    case other(GUID)
  }
}
