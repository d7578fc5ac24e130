/// Soft-deleted objects: list, read, restore, remove for good (FACTS section 2.4).
enum DeletedItems {
  private static let readingUsers: AcceptedPermissions =
    "User.Read.All | User.ReadWrite.All | Directory.Read.All | Directory.ReadWrite.All"
  private static let readingGroups: AcceptedPermissions =
    "Group.Read.All | Group.ReadWrite.All | Directory.Read.All | Directory.ReadWrite.All"
  private static let root = "/directory/deletedItems"

  static let operations = [
    Operation("GET \(root)/graph.user", readingUsers) { call, tenant in
      try call.page(list(.user, tenant), tenant)
    },
    Operation("GET \(root)/graph.user/$count", readingUsers) { call, tenant in
      try call.count(list(.user, tenant), tenant)
    },
    Operation("GET \(root)/graph.group", readingGroups) { call, tenant in
      try call.page(list(.group, tenant), tenant)
    },
    Operation("GET \(root)/{}", readingUsers) { call, tenant in
      try reply(call, find(call, tenant), tenant)
    },
    Operation("GET \(root)/{}/graph.user", readingUsers) { call, tenant in
      let object = try find(call, tenant)
      guard object.kind == .user else { throw GraphFailure.notFound(object.id) }
      return try call.item(Item(object), list(.user, tenant), tenant)
    },
    Operation("POST \(root)/{}/restore", Users.deleting) { call, tenant in
      let object = try find(call, tenant)
      for property in ["userPrincipalName", "mail"] where object.kind == .user {
        if let text = object.text(property),
          tenant.holds(.user, property, text, but: object.id)
        {
          throw GraphFailure.taken(property)
        }
      }
      tenant.restore(object.id)
      let kind = object.kind
      tenant.audit(call, "Restore \(kind.traits.auditName)", kind, "Update", [object.id])
      return try reply(call, tenant.objects[object.id] ?? object, tenant)
    },
    Operation("DELETE \(root)/{}", Users.deleting) { call, tenant in
      let object = try find(call, tenant)
      let kind = object.kind
      tenant.audit(call, "Hard Delete \(kind.traits.auditName)", kind, "Delete", [object.id])
      tenant.purge(object.id)
      return .noContent
    },
  ]

  private static func list(_ kind: ObjectKind, _ tenant: Tenant) -> List {
    let found = tenant.deleted.compactMap { tenant.objects[$0] }.filter { $0.kind == kind }
      .sorted { $0.number < $1.number }
    return List(
      type: kind.type,
      context: kind.traits.path,
      alsoShown: ["deletedDateTime"]
    ) { number, visit in
      for object in found where object.number > number && !visit(Item(object)) { return }
    }
  }

  private static func find(_ call: Call, _ tenant: Tenant) throws -> DirectoryObject {
    guard let id = ObjectID(call.keys[0].text), let object = tenant.objects[id],
      object.deletedAt != nil
    else { throw GraphFailure.notFound(call.keys[0].text) }
    return object
  }

  /// Shows an object as one of any kind.
  private static func reply(
    _ call: Call,
    _ object: DirectoryObject,
    _ tenant: Tenant
  ) throws
    -> Reply
  {
    var list = List.found([], in: tenant)
    list.alsoShown = ["deletedDateTime"]
    return try call.item(Item(object), list, tenant)
  }
}
