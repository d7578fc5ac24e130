/// Soft-deleted users and groups: list, read, restore, remove for good (FACTS section 2.4).
enum DeletedItemRoutes {
  static func register(in table: inout RouteTable) {
    for (kind, name) in [(ObjectKind.user, "user"), (.group, "group")] {
      table.on("GET /directory/deletedItems/graph.\(name)") {
        context,
        tenant throws(GraphFailure) in
        try Lister.reply(context, tenant, list(kind, tenant))
      }
    }
    table.on("GET /directory/deletedItems/graph.user/$count") {
      context,
      tenant throws(GraphFailure) in
      try Lister.count(context, tenant, list(.user, tenant))
    }
    table.on("GET /directory/deletedItems/{}") { context, tenant throws(GraphFailure) in
      try read(context, tenant, nil)
    }
    table.on("GET /directory/deletedItems/{}/graph.user") { context, tenant throws(GraphFailure) in
      try read(context, tenant, .user)
    }
    registerChanges(in: &table)
  }

  private static func registerChanges(in table: inout RouteTable) {
    table.on("POST /directory/deletedItems/{}/restore") { context, tenant throws(GraphFailure) in
      let handle = try find(context, tenant)
      for (property, kind) in [("userPrincipalName", ObjectKind.user), ("mail", .user)]
      where tenant.kind(of: handle) == kind {
        if let text = tenant.text(handle, property),
          tenant.holds(kind, property, text, but: handle)
        {
          throw .taken(property)
        }
      }
      tenant.restore(handle)
      let kind = tenant.kind(of: handle) ?? .user
      tenant.audit(
        context,
        "Restore \(kind.typeName)",
        kind == .user ? "UserManagement" : "GroupManagement",
        "Update",
        [handle]
      )
      return try entity(handle, context, tenant, nil)
    }
    table.on("DELETE /directory/deletedItems/{}") { context, tenant throws(GraphFailure) in
      let handle = try find(context, tenant)
      let kind = tenant.kind(of: handle) ?? .user
      tenant.audit(
        context,
        "Hard Delete \(kind.typeName)",
        kind == .user ? "UserManagement" : "GroupManagement",
        "Delete",
        [handle]
      )
      tenant.purge(handle)
      return .noContent
    }
  }

  private static func list(_ kind: ObjectKind, _ tenant: Tenant) -> ListSource {
    ListSource(
      type: kind.type,
      context: kind == .user ? "users" : "groups",
      moreDefaults: ["deletedDateTime"]
    ) { after, limit in tenant.deletedCandidates(kind, after: after, limit: limit) }
  }

  private static func find(
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) -> Handle {
    guard let id = ObjectID(context.key(0).text), let handle = tenant.handles[id],
      tenant.deleted.contains(handle)
    else { throw .notFound(context.key(0).text) }
    return handle
  }

  private static func read(
    _ context: RequestContext,
    _ tenant: Tenant,
    _ kind: ObjectKind?
  ) throws(GraphFailure) -> Reply {
    let handle = try find(context, tenant)
    guard kind == nil || tenant.kind(of: handle) == kind else {
      throw .notFound(context.key(0).text)
    }
    return try entity(handle, context, tenant, kind)
  }

  private static func entity(
    _ handle: Handle,
    _ context: RequestContext,
    _ tenant: Tenant,
    _ kind: ObjectKind?
  ) throws(GraphFailure) -> Reply {
    guard let object = tenant.object(handle) else { throw .notFound(context.key(0).text) }
    let item = Candidate(
      cursor: UInt64(handle) + 1,
      record: object.record,
      kind: object.kind,
      handle: handle
    )
    let source = ListSource(
      type: kind?.type ?? GraphTypes.known("directoryObject"),
      context: kind == .user ? "users" : "directoryObjects",
      annotates: true,
      moreDefaults: ["deletedDateTime"]
    ) { _, _ in [] }
    return try ItemWriter.reply(context, tenant, source, item)
  }
}
