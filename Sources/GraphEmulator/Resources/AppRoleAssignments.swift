/// App role assignments, from the side of the resource, of users, groups and service principals
/// (FACTS section 3).
enum AppRoleAssignments {
  private static let writing: AcceptedPermissions = "AppRoleAssignment.ReadWrite.All"
  /// Both of a pair are needed; the description flattens them into a list of single ones.
  private static let writingOnApps: AcceptedPermissions = """
    AppRoleAssignment.ReadWrite.All + Application.Read.All
    | AppRoleAssignment.ReadWrite.All + Application.ReadWrite.All
    | AppRoleAssignment.ReadWrite.All + Directory.Read.All
    """
  private static let deletingOnApps: AcceptedPermissions =
    "AppRoleAssignment.ReadWrite.All | Application.ReadWrite.All"

  static let operations =
    operations(
      .user,
      "/users/{}/appRoleAssignments",
      reading: "AppRoleAssignment.ReadWrite.All | Directory.Read.All",
      creating: writing,
      deleting: writing
    )
    + operations(
      .group,
      "/groups/{}/appRoleAssignments",
      reading: """
        AppRoleAssignment.ReadWrite.All | Directory.Read.All | Directory.ReadWrite.All
        """,
      creating: writing,
      deleting: writing
    )
    + operations(
      .servicePrincipal,
      "/servicePrincipals/{}/appRoleAssignments",
      units: 2,
      reading: ServicePrincipals.reading,
      creating: writingOnApps,
      deleting: deletingOnApps
    )
    + operations(
      .servicePrincipal,
      "/servicePrincipals/{}/appRoleAssignedTo",
      ofResource: true,
      reading: ServicePrincipals.reading,
      creating: writingOnApps,
      deleting: deletingOnApps
    )
    + [
      Operation("GET /servicePrincipals/{}/appRoleAssignedTo/$count", ServicePrincipals.reading) {
        call,
        tenant in
        let app = try call.object(.servicePrincipal, in: tenant)
        return try call.count(list(app.id, ofResource: true, tenant), tenant)
      }
    ]

  /// The operations from one side: of the resource, or of the principal.
  private static func operations(
    _ kind: ObjectKind,
    _ path: String,
    ofResource: Bool = false,
    units: Int = 1,
    reading: AcceptedPermissions,
    creating: AcceptedPermissions,
    deleting: AcceptedPermissions
  ) -> [Operation] {
    [
      Operation("GET \(path)", units: units, reading) { call, tenant in
        let object = try call.object(kind, in: tenant)
        return try call.page(list(object.id, ofResource: ofResource, tenant), tenant)
      },
      Operation("GET \(path)/{}", reading) { call, tenant in
        let (object, row) = try find(call, kind, ofResource: ofResource, tenant)
        guard let item = tenant.item(row) else { throw GraphFailure.notFound(row.id) }
        return try call.item(item, list(object.id, ofResource: ofResource, tenant), tenant)
      },
      Operation("POST \(path)", creating) { call, tenant in
        let object = try call.object(kind, in: tenant)
        let (principal, resource, role) = try wanted(call, tenant)
        guard object.id == (ofResource ? resource : principal).id else {
          throw GraphFailure.invalidUpdate
        }
        let row = tenant.assignments.insert(
          principal: principal.id,
          resource: resource.id,
          role: role,
          createdAt: tenant.now
        )
        let activity = activity(principal.kind, isAdded: true)
        tenant.audit(call, activity, .user, "Assign", [principal.id, resource.id])
        guard let item = tenant.item(row) else { throw GraphFailure.notFound(row.id) }
        let list = list(object.id, ofResource: ofResource, tenant)
        var reply = try call.item(item, list, tenant, 201)
        reply.headers.append(("Location", "\(call.address)/\(row.id)"))
        return reply
      },
      Operation("DELETE \(path)/{}", deleting) { call, tenant in
        let (_, row) = try find(call, kind, ofResource: ofResource, tenant)
        tenant.assignments.remove(row)
        let activity = activity(tenant.objects[row.principal]?.kind ?? .user, isAdded: false)
        tenant.audit(call, activity, .user, "Unassign", [row.principal, row.resource])
        return .noContent
      },
    ]
  }

  private static let assignmentType = GraphTypes.known("appRoleAssignment")

  private static func list(_ id: ObjectID, ofResource: Bool, _ tenant: Tenant) -> List {
    List(type: assignmentType, context: "appRoleAssignments") { number, visit in
      for row in tenant.assignments.after(number, of: id, isOfResource: ofResource) {
        if let item = tenant.item(row), !visit(item) { return }
      }
    }
  }

  private static func find(
    _ call: Call,
    _ kind: ObjectKind,
    ofResource: Bool,
    _ tenant: Tenant
  ) throws -> (DirectoryObject, AppRoleAssignment) {
    let object = try call.object(kind, in: tenant)
    let text = call.keys[1].text
    guard let row = AppRoleAssignment.number(ofID: text).flatMap({ tenant.assignments[$0] }),
      row.id == text, object.id == (ofResource ? row.resource : row.principal)
    else { throw GraphFailure.notFound(text) }
    return (object, row)
  }

  /// Reads an assignment that may be made: the role must be the resource's own, enabled, and meant
  /// for the kind of principal; the same one twice is refused.
  private static func wanted(
    _ call: Call,
    _ tenant: Tenant
  ) throws -> (DirectoryObject, DirectoryObject, ObjectID) {
    let body = try call.readBody()
    _ = try body.values(of: GraphTypes.known("appRoleAssignment"))
    try body.require(["principalId", "resourceId", "appRoleId"], of: "AppRoleAssignment")
    func id(_ name: String) throws -> ObjectID {
      guard let id = body.id(name) else { throw GraphFailure.invalidValue(name) }
      return id
    }
    let (principalID, resourceID) = (try id("principalId"), try id("resourceId"))
    let role = try id("appRoleId")
    guard let resource = tenant.live(resourceID, .servicePrincipal) else {
      // An appId, or any other identifier in its place, is told apart by nothing but this text.
      let isOther =
        tenant.live(resourceID) != nil
        || !tenant.find(.servicePrincipal, "appId", resourceID.text).isEmpty
      throw isOther ? GraphFailure.invalidUpdate : GraphFailure.notFound(resourceID)
    }
    guard let principal = tenant.live(principalID) else {
      throw GraphFailure.notFound(principalID)
    }
    try requireRole(role, on: resource, for: principal.kind)
    let held = tenant.assignments.of(principal: principalID)
    guard !held.contains(where: { $0.resource == resourceID && $0.role == role }) else {
      throw GraphFailure.badRequest("Permission being assigned already exists on the object")
    }
    guard held.count < AssignmentTable.limit else {
      throw GraphFailure(
        403,
        "Directory_QuotaExceeded",
        "The directory object quota limit for app role assignments of the Principal has been "
          + "exceeded."
      )
    }
    return (principal, resource, role)
  }

  private static func requireRole(
    _ role: ObjectID,
    on resource: DirectoryObject,
    for kind: ObjectKind
  ) throws {
    let memberType: JSONValue
    switch kind {
    case .user, .group: memberType = "User"
    case .servicePrincipal: memberType = "Application"
    default: throw GraphFailure.invalidUpdate
    }
    let roles = (resource.properties["appRoles"]?.array ?? []).filter { declared in
      declared["isEnabled"] == true
        && declared["allowedMemberTypes"]?.array?.contains(memberType) == true
    }
    // The default access is for resources that declare no role of their own.
    if role == .zero, roles.isEmpty { return }
    guard roles.contains(where: { $0["id"]?.string.flatMap { ObjectID($0) } == role }) else {
      throw GraphFailure.badRequest("Permission being assigned was not found on application")
    }
  }

  /// How the audit log names the making or taking of an assignment.
  private static func activity(_ kind: ObjectKind, isAdded: Bool) -> String {
    let (verb, preposition) = isAdded ? ("Add", "to") : ("Remove", "from")
    return switch kind {
    case .group, .servicePrincipal:
      "\(verb) app role assignment \(preposition) \(kind.traits.auditName)"
    default:
      isAdded ? "Add app role assignment grant to user" : "Remove app role assignment from user"
    }
  }
}

extension GraphFailure {
  fileprivate static let invalidUpdate = Self.badRequest("Not a valid reference update.")
}

extension Tenant {
  /// An assignment as a list's item; nil while its principal or resource is deleted.
  func item(_ row: AppRoleAssignment) -> Item? {
    guard let principal = objects[row.principal], principal.deletedAt == nil,
      let resource = objects[row.resource], resource.deletedAt == nil
    else { return nil }
    let kind =
      switch principal.kind {
      case .user, .group: principal.kind.traits.directoryName
      default: "ServicePrincipal"
      }
    return Item(
      GraphTypes.known("appRoleAssignment"),
      number: row.number,
      [
        "id": .string(row.id), "appRoleId": .string(row.role.text),
        "createdDateTime": .string(row.createdAt.text),
        "principalId": .string(principal.id.text), "principalType": .string(kind),
        "principalDisplayName": principal.properties["displayName"] ?? .null,
        "resourceId": .string(resource.id.text),
        "resourceDisplayName": resource.properties["displayName"] ?? .null,
      ]
    )
  }
}

extension AppRoleAssignments {
  /// The types that the resource is made of; the notation is that of `GraphTypes`.
  static let types = """
    type appRoleAssignment < directoryObject
      appRoleId:g createdDateTime:d?! principalDisplayName:s?! principalId:g?
      principalType:s?! resourceDisplayName:s? resourceId:g?
    """
}
