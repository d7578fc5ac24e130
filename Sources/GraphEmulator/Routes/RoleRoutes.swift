/// Directory roles, who holds them, and the assignments behind that; contacts and consents.
enum RoleRoutes {
  private static let assignments = EntityCollection(
    name: .roleAssignments,
    path: "/roleManagement/directory/roleAssignments",
    context: "roleManagement/directory/roleAssignments"
  )

  static func register(in table: inout RouteTable) {
    table.on("GET /directoryRoles") { context, tenant throws(GraphFailure) in
      try Lister.reply(context, tenant, .all(.directoryRole, "directoryRoles", tenant))
    }
    table.on("POST /directoryRoles", activate)
    table.on("GET /directoryRoles/{}/members") { context, tenant throws(GraphFailure) in
      let role = try context.object(0, .directoryRole, in: tenant)
      return try Lister.reply(context, tenant, .related(tenant.roleMembers, of: role, tenant))
    }
    table.on("GET /contacts") { context, tenant throws(GraphFailure) in
      try Lister.reply(context, tenant, .all(.contact, "contacts", tenant))
    }
    assignments.list(in: &table)
    table.on("POST /roleManagement/directory/roleAssignments", assign)
    table.on("GET /users/{}/oauth2PermissionGrants") { context, tenant throws(GraphFailure) in
      let user = try context.object(0, .user, in: tenant)
      let id = tenant.object(user)?.id.text
      let type = GraphTypes.known("oAuth2PermissionGrant")
      let grants = tenant.sets[.permissionGrants]?.after(0) ?? []
      let principal = type.number(of: "principalId") ?? 0
      let own = grants.filter { grant in
        grant.record[principal].map { String(decoding: $0, as: UTF8.self) } == "\"\(id ?? "")\""
      }
      return try Lister.reply(
        context,
        tenant,
        .found(
          own.map { Candidate(cursor: $0.cursor, record: $0.record) },
          type: type,
          context: "oauth2PermissionGrants",
          annotates: false
        )
      )
    }
  }

  /// Activates a role from its template.
  private static func activate(
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) -> Reply {
    let members = try context.members()
    let values = try BodyReader(type: ObjectKind.directoryRole.type, refusesReadOnly: false)
      .read(members)
    guard let template = members.first(where: { $0.name == "roleTemplateId" })?.value.string,
      ObjectID(template) != nil
    else {
      throw .badRequest(
        "A value is required for property 'roleTemplateId' of resource 'DirectoryRole'."
      )
    }
    guard tenant.find(.directoryRole, "roleTemplateId", template).isEmpty else {
      throw .badRequest(
        "A conflicting object with one or more of the specified property values is "
          + "present in the directory."
      )
    }
    let role = tenant.insert(
      .directoryRole,
      id: tenant.generator.objectID(),
      values.compactMapValues { $0 }
    )
    tenant.audit(context, "Add role", "RoleManagement", "Add", [role])
    guard let candidate = tenant.candidate(role) else { throw .notFound(template) }
    return try ItemWriter.reply(
      context,
      tenant,
      .all(.directoryRole, "directoryRoles", tenant),
      candidate,
      status: 201
    )
  }

  private static func assign(
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) -> Reply {
    let members = try context.members()
    _ = try assignments.checked(members, ["principalId", "roleDefinitionId", "directoryScopeId"])
    let body = JSONValue.object(members)
    guard let principalID = body["principalId"]?.string.flatMap({ ObjectID($0) }),
      let principal = tenant.live(principalID)
    else { throw .notFound(body["principalId"]?.string ?? "") }
    let definition = body["roleDefinitionId"]?.string ?? ""
    guard ObjectID(definition) != nil else { throw .invalidValue("roleDefinitionId") }
    let id = tenant.assignRole(
      definition,
      to: principal,
      scope: body["directoryScopeId"]?.string ?? "/"
    )
    guard let id else {
      throw .init(
        400,
        "Request_BadRequest",
        "A conflicting object with one or more of the specified property values is present in the "
          + "directory."
      )
    }
    tenant.audit(context, "Add member to role", "RoleManagement", "Assign", [principal])
    var reply = try assignments.reply(context, tenant, id)
    reply.status = 201
    return reply
  }
}
