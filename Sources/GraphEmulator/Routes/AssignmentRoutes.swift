/// App role assignments, from the side of the resource, of users, groups and service principals.
enum AssignmentRoutes {
  static func register(in table: inout RouteTable) {
    let resource = "/servicePrincipals/{}/appRoleAssignedTo"
    table.on("GET \(resource)") { context, tenant throws(GraphFailure) in
      try Lister.reply(context, tenant, try assignedTo(context, tenant))
    }
    table.on("GET \(resource)/$count") { context, tenant throws(GraphFailure) in
      try Lister.count(context, tenant, try assignedTo(context, tenant))
    }
    table.on("POST \(resource)") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, .servicePrincipal, in: tenant)
      return try create(context, tenant) { $0.resource == handle }
    }
    table.on("GET \(resource)/{}") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, .servicePrincipal, in: tenant)
      return try read(context, tenant) { $0.resource == handle }
    }
    table.on("DELETE \(resource)/{}") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, .servicePrincipal, in: tenant)
      return try delete(context, tenant) { $0.resource == handle }
    }
    let principals: [(ObjectKind, String)] = [
      (.user, "users"), (.group, "groups"), (.servicePrincipal, "servicePrincipals"),
    ]
    for (kind, name) in principals {
      registerPrincipal(kind, "/\(name)/{}/appRoleAssignments", &table)
    }
  }

  private static func registerPrincipal(
    _ kind: ObjectKind,
    _ path: String,
    _ table: inout RouteTable
  ) {
    table.on("GET \(path)") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, kind, in: tenant)
      return try Lister.reply(
        context,
        tenant,
        source { after, limit in
          tenant.assignmentCandidates(of: handle, after: after, limit: limit)
        }
      )
    }
    table.on("POST \(path)") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, kind, in: tenant)
      return try create(context, tenant) { $0.principal == handle }
    }
    table.on("GET \(path)/{}") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, kind, in: tenant)
      return try read(context, tenant) { $0.principal == handle }
    }
    table.on("DELETE \(path)/{}") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, kind, in: tenant)
      return try delete(context, tenant) { $0.principal == handle }
    }
  }

  private static func source(
    _ fetch: @escaping (UInt64, Int) -> [Candidate]
  ) -> ListSource {
    ListSource(
      type: GraphTypes.known("appRoleAssignment"),
      context: "appRoleAssignments",
      fetch: fetch
    )
  }

  private static func assignedTo(
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) -> ListSource {
    let handle = try context.object(0, .servicePrincipal, in: tenant)
    return source { after, limit in
      tenant.assignmentCandidates(on: handle, after: after, limit: limit)
    }
  }

  private static func create(
    _ context: RequestContext,
    _ tenant: Tenant,
    _ belongs: (Tenant.NewAssignment) -> Bool
  ) throws(GraphFailure) -> Reply {
    let members = try context.members()
    _ = try BodyReader(type: GraphTypes.known("appRoleAssignment")).read(members)
    func id(_ name: String) throws(GraphFailure) -> ObjectID {
      guard let value = members.first(where: { $0.name == name })?.value, !value.isNull else {
        throw .badRequest(
          "A value is required for property '\(name)' of resource 'AppRoleAssignment'."
        )
      }
      guard let id = value.string.flatMap({ ObjectID($0) }) else { throw .invalidValue(name) }
      return id
    }
    let wanted = try tenant.newAssignment(
      principal: try id("principalId"),
      resource: try id("resourceId"),
      role: try id("appRoleId")
    )
    guard belongs(wanted) else { throw .badRequest("Not a valid reference update.") }
    let row = tenant.assign(wanted)
    tenant.audit(
      context,
      tenant.assignmentActivity(row, added: true),
      "UserManagement",
      "Assign",
      [row.principal, row.resource]
    )
    let candidate = Candidate(cursor: row.token, record: tenant.record(row))
    var reply = try ItemWriter.reply(context, tenant, source { _, _ in [] }, candidate, status: 201)
    let path = context.path.prefix { $0 != "?" }
    let identifier = tenant.assignmentID(row)
    reply.headers.append(("Location", "\(context.base)/\(context.version)\(path)/\(identifier)"))
    return reply
  }

  private static func find(
    _ context: RequestContext,
    _ tenant: Tenant,
    _ belongs: (AppRoleAssignment) -> Bool
  ) throws(GraphFailure) -> AppRoleAssignment {
    let text = context.key(1).text
    guard let (id, token) = AppRoleAssignment.parts(ofID: text), let principal = tenant.live(id),
      let row = tenant.assignments.of(principal: principal).first(where: { $0.token == token }),
      belongs(row), !tenant.lag.isLeaving(row), !tenant.lag.isHidden(row)
    else { throw .notFound(text) }
    return row
  }

  private static func read(
    _ context: RequestContext,
    _ tenant: Tenant,
    _ belongs: (AppRoleAssignment) -> Bool
  ) throws(GraphFailure) -> Reply {
    let row = try find(context, tenant, belongs)
    guard let candidate = tenant.candidate(row) else { throw .notFound(context.key(1).text) }
    return try ItemWriter.reply(context, tenant, source { _, _ in [] }, candidate)
  }

  private static func delete(
    _ context: RequestContext,
    _ tenant: Tenant,
    _ belongs: (AppRoleAssignment) -> Bool
  ) throws(GraphFailure) -> Reply {
    let row = try find(context, tenant, belongs)
    tenant.revoke(row)
    tenant.audit(
      context,
      tenant.assignmentActivity(row, added: false),
      "UserManagement",
      "Unassign",
      [row.principal, row.resource]
    )
    return .noContent
  }
}
