/// What users, groups and service principals belong to and own, directly and through groups.
enum Memberships {
  private static let ofUsers: AcceptedPermissions =
    "Directory.Read.All | Directory.ReadWrite.All | Group.ReadBasic.All | GroupMember.ReadBasic.All"
  private static let ofUsersThroughGroups: AcceptedPermissions = """
    Directory.Read.All | Directory.ReadWrite.All | Group.Read.All | Group.ReadBasic.All
    | GroupMember.Read.All | GroupMember.ReadBasic.All | User.Read.All
    """
  private static let ofGroups: AcceptedPermissions = """
    GroupMember.Read.All | Group.Read.All | Group.ReadWrite.All | Directory.Read.All
    | Directory.ReadWrite.All
    """
  private static let ofApps: AcceptedPermissions = """
    Application.Read.All | Application.ReadWrite.All | Directory.Read.All | Directory.ReadWrite.All
    """
  private static let owning: AcceptedPermissions =
    "User.Read.All | User.ReadWrite.All | Directory.Read.All | Directory.ReadWrite.All"
  private static let checkingUsers: AcceptedPermissions = """
    Application.Read.All | Application.ReadWrite.All | Device.Read.All | Device.ReadWrite.All
    | Directory.Read.All | Directory.ReadWrite.All | Group.Read.All | Group.ReadBasic.All
    | Group.ReadWrite.All | GroupMember.Read.All | GroupMember.ReadBasic.All | User.Read.All
    | User.ReadWrite.All
    """

  /// FACTS section 7 meters checks dear; the service takes twenty groups at a time.
  private static let checkLimit = 20

  static let operations =
    lists("/users/{}", as: [nil, .group, .directoryRole], ofUsers, ofUsersThroughGroups)
    + lists("/groups/{}", as: [nil, .group], ofGroups, ofGroups)
    + lists("/servicePrincipals/{}", as: [nil, .group], ofApps, ofApps)
    + [
      Operation("GET /users/{}/ownedObjects", units: 2, owning) { call, tenant in
        try owned(call, nil, tenant)
      },
      Operation("GET /users/{}/ownedObjects/graph.group", units: 2, owning) { call, tenant in
        try owned(call, .group, tenant)
      },
      Operation("GET /servicePrincipals/{}/ownedObjects", ofApps) { call, tenant in
        try owned(call, nil, tenant)
      },
    ] + checks("/users/{}", checkingUsers) + checks("/groups/{}", ofGroups)
    + checks("/servicePrincipals/{}", ofApps)
    + checks("/directoryObjects/{}", "Directory.Read.All | Directory.ReadWrite.All")

  /// The object in the path, which the set in the path says the kind of.
  private static func subject(_ call: Call, _ tenant: Tenant) throws -> DirectoryObject {
    let set = call.path.split(separator: "/").first?.prefix { $0 != "(" }
    let kind = ObjectKind.allCases.first { $0.traits.path == set ?? "" }
    return try kind.map { try call.object($0, in: tenant) } ?? call.anyObject(in: tenant)
  }

  /// Lists the groups and roles of the object in the path.
  private static func lists(
    _ path: String,
    as kinds: [ObjectKind?],
    _ direct: AcceptedPermissions,
    _ transitive: AcceptedPermissions
  ) -> [Operation] {
    kinds.flatMap { kind in
      let cast = kind.map { "/graph.\($0.rawValue)" } ?? ""
      return [
        Operation("GET \(path)/memberOf\(cast)", units: 2, direct) { call, tenant in
          let id = try subject(call, tenant).id
          let ids = tenant.members.lefts(of: id) + tenant.roleMembers.lefts(of: id)
          return try call.page(.found(ids, as: kind, in: tenant), tenant)
        },
        Operation("GET \(path)/transitiveMemberOf\(cast)", units: 2, transitive) { call, tenant in
          let id = try subject(call, tenant).id
          let ids = tenant.transitiveGroups(of: id) + tenant.roleMembers.lefts(of: id)
          return try call.page(.found(ids, as: kind, in: tenant), tenant)
        },
      ]
    }
  }

  private static func owned(_ call: Call, _ kind: ObjectKind?, _ tenant: Tenant) throws -> Reply {
    let ids = tenant.owners.lefts(of: try subject(call, tenant).id)
    return try call.page(.found(ids, as: kind, in: tenant), tenant)
  }

  /// Which of some groups the object in the path belongs to, and all that it belongs to.
  private static func checks(_ path: String, _ permissions: AcceptedPermissions) -> [Operation] {
    [false, true].flatMap { withRoles in
      let what = withRoles ? "Objects" : "Groups"
      return [
        Operation("POST \(path)/checkMember\(what)", units: 4, isRead: true, permissions) {
          call,
          tenant in
          let id = try subject(call, tenant).id
          let parameter = withRoles ? "ids" : "groupIds"
          guard let listed = try call.readBody()[parameter]?.array else {
            throw GraphFailure.badRequest("The parameter '\(parameter)' is required.")
          }
          let ids = listed.compactMap { $0.string.flatMap { ObjectID($0) } }
          guard ids.count == listed.count else { throw GraphFailure.invalidValue(parameter) }
          guard ids.count <= checkLimit else {
            throw GraphFailure.badRequest(
              "The number of groups to check exceeds the maximum of \(checkLimit)."
            )
          }
          let held = Set(tenant.memberships(of: id, withRoles: withRoles))
          return call.strings(ids.filter { held.contains($0) }.map(\.text))
        },
        Operation("POST \(path)/getMember\(what)", units: 2, isRead: true, permissions) {
          call,
          tenant in
          let id = try subject(call, tenant).id
          let isSecure = try call.readBody()["securityEnabledOnly"]?.bool ?? false
          let held = tenant.memberships(of: id, withRoles: withRoles).compactMap { tenant.live($0) }
          return call.strings(
            held.filter { !isSecure || $0.properties["securityEnabled"] == true }.map(\.id.text)
          )
        },
      ]
    }
  }
}

extension Tenant {
  fileprivate func memberships(of id: ObjectID, withRoles: Bool) -> [ObjectID] {
    transitiveGroups(of: id) + (withRoles ? roleMembers.lefts(of: id) : [])
  }
}
