/// What an administrator, entitlement management or a guest does between two runs.
struct Interference {
  let body: JSONValue

  /// The actions, and what each takes.
  static let actions =
    "block, unblock, delete, purge, leave, convert, changeMail (mail) of a user; grant, revoke "
    + "(servicePrincipal, appRole); join, remove (group); sponsor (sponsor); approve, deny (request)"

  func carryOut(in tenant: inout Tenant) throws {
    switch body["action"]?.string {
    case "block": try change("Disable account", ["accountEnabled": false], &tenant)
    case "unblock": try change("Enable account", ["accountEnabled": true], &tenant)
    case "convert": try change("Update user", ["userType": "Member"], &tenant)
    case "changeMail":
      let user = try tenant.requiredUser(body)
      guard let mail = body["mail"]?.string else {
        throw ControlFailure.invalid("`mail` is missing.")
      }
      try change(
        "Update user",
        ["mail": .string(mail), "proxyAddresses": user.proxyAddresses(first: mail)],
        &tenant
      )
    case "delete", "leave":
      let user = try tenant.requiredUser(body).id
      tenant.delete(user)
      audit("Delete user", .user, "Delete", [user], &tenant)
    case "purge":
      let user = try tenant.requiredUser(body).id
      audit("Hard Delete user", .user, "Delete", [user], &tenant)
      tenant.purge(user)
    case "grant", "revoke": try changeRole(&tenant)
    case "join", "remove": try changeMembership(&tenant)
    case "sponsor":
      let user = try tenant.requiredUser(body).id
      tenant.sponsors.insert(user, try object("sponsor", tenant).id)
      audit("Add sponsor", .user, "Update", [user], &tenant)
    case "approve", "deny": try decide(&tenant)
    case let action: throw ControlFailure.invalid("`\(action ?? "")` is not an action.")
    }
  }

  private func change(
    _ activity: String,
    _ changes: [String: JSONValue],
    _ tenant: inout Tenant
  ) throws {
    let user = try tenant.requiredUser(body).id
    tenant.update(user, changes)
    audit(activity, .user, "Update", [user], &tenant)
  }

  private func changeRole(_ tenant: inout Tenant) throws {
    let user = try tenant.requiredUser(body).id
    let app = try object("servicePrincipal", tenant).id
    guard let role = body["appRole"]?.string.flatMap({ ObjectID($0) }) else {
      throw ControlFailure.invalid("`appRole` must be an identifier.")
    }
    let held = tenant.assignments.of(principal: user).first {
      $0.resource == app && $0.role == role
    }
    if body["action"] == "grant" {
      guard held == nil else { throw ControlFailure.conflict("The user holds the role.") }
      tenant.assignments.insert(principal: user, resource: app, role: role, createdAt: tenant.now)
      let activity = "Add app role assignment grant to user"
      audit(activity, .user, "Assign", [user, app], &tenant)
    } else {
      guard let held else { throw ControlFailure.conflict("The user does not hold the role.") }
      tenant.assignments.remove(held)
      audit("Remove app role assignment from user", .user, "Unassign", [user, app], &tenant)
    }
  }

  private func changeMembership(_ tenant: inout Tenant) throws {
    let user = try tenant.requiredUser(body)
    let group = try object("group", tenant).id
    if body["action"] == "join" {
      tenant.members.insert(group, user.id)
      audit("Add member to group", .group, "Assign", [user.id, group], &tenant)
    } else {
      tenant.members.remove(group, user.id)
      audit("Remove member from group", .group, "Unassign", [user.id, group], &tenant)
    }
  }

  private func decide(_ tenant: inout Tenant) throws {
    tenant.advanceRequests()
    let id = body["request"]?.string ?? ""
    guard let request = tenant.request(id) else {
      throw ControlFailure.unknown("request `\(id)`")
    }
    guard request["state"] == "pendingApproval" else {
      throw ControlFailure.conflict("The request does not wait for approval.")
    }
    if body["action"] == "approve" {
      tenant.deliver(id)
    } else {
      tenant.setRequest(id, "denied", isComplete: true)
    }
  }

  private func object(_ name: String, _ tenant: Tenant) throws -> DirectoryObject {
    let text = body[name]?.string ?? ""
    guard let object = tenant.live(ObjectID(text)) else {
      throw ControlFailure.unknown("\(name) `\(text)`")
    }
    return object
  }

  private func audit(
    _ activity: String,
    _ kind: ObjectKind,
    _ operation: String,
    _ targets: [ObjectID],
    _ tenant: inout Tenant
  ) {
    tenant.audit(nil, tenant.generator.objectID(), activity, kind, operation, targets)
  }
}

extension Tenant {
  /// Finds the user that a body names by identifier, user principal name or address.
  func requiredUser(_ body: JSONValue) throws -> DirectoryObject {
    guard let name = body["user"]?.string else {
      throw ControlFailure.invalid("`user` is missing.")
    }
    guard let user = user(named: name) else { throw ControlFailure.unknown("user `\(name)`") }
    return user
  }
}
