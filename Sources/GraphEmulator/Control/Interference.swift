/// What an administrator, entitlement management or a guest does between two runs.
///
/// A body names an `action` and its objects: `block`, `unblock`, `delete`, `purge`, `leave`,
/// `convert` (to member) and `changeMail` (`mail`) take a `user`; `grant` and `revoke` a `user`, a
/// `servicePrincipal` and an `appRole`; `join` and `remove` a `user` and a `group`; `sponsor` a
/// `user` and the `sponsor`; `approve` and `deny` a `request`.
struct Interference {
  let tenant: Tenant

  func carryOut(_ body: JSONValue) throws(ControlFailure) {
    switch body["action"]?.string {
    case "block": try change(body, "Disable account", [("accountEnabled", false)])
    case "unblock": try change(body, "Enable account", [("accountEnabled", true)])
    case "convert": try change(body, "Update user", [("userType", "Member")])
    case "changeMail": try changeMail(body)
    case "delete", "leave":
      let user = try tenant.requiredUser(body)
      tenant.delete(user)
      audit("Delete user", "UserManagement", "Delete", [user])
    case "purge":
      let user = try tenant.requiredUser(body)
      audit("Hard Delete user", "UserManagement", "Delete", [user])
      tenant.purge(user)
    case "grant", "revoke": try changeRole(body)
    case "join", "remove": try changeMembership(body)
    case "sponsor":
      let user = try tenant.requiredUser(body)
      let sponsor = try object(body, "sponsor")
      tenant.sponsors.insert(user, sponsor)
      audit("Add sponsor", "UserManagement", "Update", [user])
    case "approve": try decide(body, isApproved: true)
    case "deny": try decide(body, isApproved: false)
    case let action: throw .invalid("`\(action ?? "")` is no action.")
    }
  }

  private func change(
    _ body: JSONValue,
    _ activity: String,
    _ changes: [(String, JSONValue)]
  ) throws(ControlFailure) {
    let user = try tenant.requiredUser(body)
    tenant.update(user, changes)
    audit(activity, "UserManagement", "Update", [user])
  }

  private func changeMail(_ body: JSONValue) throws(ControlFailure) {
    let user = try tenant.requiredUser(body)
    guard let mail = body["mail"]?.string else { throw .invalid("`mail` is missing.") }
    let addresses = tenant.proxyAddresses(of: user, withPrimary: mail)
    tenant.update(
      user,
      [("mail", .string(mail)), ("proxyAddresses", .array(addresses.map { .string($0) }))]
    )
    audit("Update user", "UserManagement", "Update", [user])
  }

  private func changeRole(_ body: JSONValue) throws(ControlFailure) {
    let user = try tenant.requiredUser(body)
    let app = try object(body, "servicePrincipal")
    guard let role = body["appRole"]?.string.flatMap({ ObjectID($0) }) else {
      throw .invalid("`appRole` must be an identifier.")
    }
    let held = tenant.assignments.of(principal: user).first {
      $0.resource == app && $0.role == role
    }
    if body["action"] == "grant" {
      guard held == nil else { throw .conflict("The user holds the role.") }
      tenant.assignments.insert(
        principal: user,
        resource: app,
        role: role,
        createdAt: tenant.now
      )
      audit("Add app role assignment grant to user", "UserManagement", "Assign", [user, app])
    } else {
      guard let held else { throw .conflict("The user does not hold the role.") }
      tenant.assignments.remove(held)
      audit("Remove app role assignment from user", "UserManagement", "Unassign", [user, app])
    }
  }

  private func changeMembership(_ body: JSONValue) throws(ControlFailure) {
    let user = try tenant.requiredUser(body)
    let group = try object(body, "group")
    if body["action"] == "join" {
      tenant.addMembers([user], to: group)
      audit("Add member to group", "GroupManagement", "Assign", [user, group])
    } else {
      tenant.removeMember(user, from: group)
      audit("Remove member from group", "GroupManagement", "Unassign", [user, group])
    }
  }

  private func decide(_ body: JSONValue, isApproved: Bool) throws(ControlFailure) {
    tenant.advanceRequests()
    let id = body["request"]?.string ?? ""
    guard let request = tenant.entity(.assignmentRequests, id) else {
      throw .unknown("request `\(id)`")
    }
    guard request["state"] == "pendingApproval" else {
      throw .conflict("The request does not wait for approval.")
    }
    if isApproved {
      tenant.deliver(id, request)
    } else {
      tenant.setRequest(id, state: "denied", isComplete: true)
    }
  }

  private func object(_ body: JSONValue, _ name: String) throws(ControlFailure) -> Handle {
    let text = body[name]?.string ?? ""
    guard let handle = ObjectID(text).flatMap({ tenant.live($0) }) else {
      throw .unknown("\(name) `\(text)`")
    }
    return handle
  }

  private func audit(_ activity: String, _ category: String, _ operation: String, _ on: [Handle]) {
    tenant.audit(
      AuditEntry(
        actor: .administrator,
        correlation: tenant.generator.objectID(),
        activity: activity,
        category: category,
        operation: operation,
        targets: on
      )
    )
  }
}

extension Tenant {
  /// Finds the user that a body names by identifier, user principal name or address.
  func requiredUser(_ body: JSONValue) throws(ControlFailure) -> Handle {
    guard let name = body["user"]?.string else { throw .invalid("`user` is missing.") }
    guard let handle = user(named: name) else { throw .unknown("user `\(name)`") }
    return handle
  }
}
