extension Tenant {
  /// An assignment that may be made.
  struct NewAssignment {
    let principal: Handle
    let resource: Handle
    let role: ObjectID
  }

  /// Checks an assignment as FACTS section 3 describes: the role must be the resource's own,
  /// enabled, and meant for the kind of principal; the same one twice is refused.
  func newAssignment(
    principal principalID: ObjectID,
    resource resourceID: ObjectID,
    role: ObjectID
  ) throws(GraphFailure) -> NewAssignment {
    guard let resource = live(resourceID, .servicePrincipal) else {
      // An appId, or any other identifier in its place, is told apart by nothing but this text.
      throw live(resourceID) == nil && find(.servicePrincipal, "appId", resourceID.text).isEmpty
        ? .notFound(resourceID) : .badRequest("Not a valid reference update.")
    }
    guard let principal = live(principalID) else { throw .notFound(principalID) }
    let memberType: String
    switch kind(of: principal) {
    case .user, .group: memberType = "User"
    case .servicePrincipal: memberType = "Application"
    default: throw .badRequest("Not a valid reference update.")
    }
    try requireRole(role, on: resource, for: memberType)
    let held = assignments.of(principal: principal).filter { !lag.isLeaving($0) }
    guard !held.contains(where: { $0.resource == resource && $0.role == role }) else {
      throw .badRequest("Permission being assigned already exists on the object")
    }
    guard held.count < AssignmentTable.limit else {
      throw .init(
        403,
        "Directory_QuotaExceeded",
        "The directory object quota limit for app role assignments of the Principal has been "
          + "exceeded."
      )
    }
    return NewAssignment(principal: principal, resource: resource, role: role)
  }

  /// Makes an assignment that was checked.
  func assign(_ wanted: NewAssignment) -> AppRoleAssignment {
    let known = assignments.of(principal: wanted.principal).first {
      $0.resource == wanted.resource && $0.role == wanted.role
    }
    if let known, lag.revives(known) { return known }
    let row = assignments.insert(
      principal: wanted.principal,
      resource: wanted.resource,
      role: wanted.role,
      createdAt: now
    )
    lag.created(row, now)
    return row
  }

  func revoke(_ row: AppRoleAssignment) {
    if !lag.defers(row, now) { assignments.remove(row) }
  }

  private func requireRole(
    _ role: ObjectID,
    on resource: Handle,
    for memberType: String
  ) throws(GraphFailure) {
    let roles = (value(resource, "appRoles")?.array ?? []).filter { declared in
      declared["isEnabled"]?.bool == true
        && declared["allowedMemberTypes"]?.array?.contains(.string(memberType)) == true
    }
    // The default access is for resources that declare no role of their own.
    if role == .zero, roles.isEmpty { return }
    guard roles.contains(where: { $0["id"]?.string.flatMap { ObjectID($0) } == role }) else {
      throw .badRequest("Permission being assigned was not found on application")
    }
  }

  func assignmentID(_ row: AppRoleAssignment) -> String {
    row.id(principal: objects[Int(row.principal)]?.id ?? .zero)
  }

  /// How the audit log names the making or taking of an assignment.
  func assignmentActivity(_ row: AppRoleAssignment, added: Bool) -> String {
    let verb = added ? "Add" : "Remove"
    let preposition = added ? "to" : "from"
    return switch kind(of: row.principal) {
    case .group: "\(verb) app role assignment \(preposition) group"
    case .servicePrincipal: "\(verb) app role assignment \(preposition) service principal"
    default:
      added ? "Add app role assignment grant to user" : "Remove app role assignment from user"
    }
  }
}
