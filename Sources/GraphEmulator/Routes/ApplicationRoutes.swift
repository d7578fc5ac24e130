/// Creating, changing and deleting applications and service principals, and creating groups.
enum ApplicationRoutes {
  static func register(in table: inout RouteTable) {
    for (kind, name) in [
      (ObjectKind.servicePrincipal, "servicePrincipals"), (.application, "applications"),
    ] {
      registerChange(kind, name, in: &table)
    }
    table.on("POST /applications") { context, tenant throws(GraphFailure) in
      try create(
        .application,
        "applications",
        context,
        tenant,
        required: ["displayName"],
        [
          ("appId", .string(tenant.generator.objectID().text)),
          ("createdDateTime", .string(tenant.now.text)),
          ("publisherDomain", .string(tenant.initialDomain)), ("signInAudience", "AzureADMyOrg"),
        ]
      )
    }
    table.on("POST /servicePrincipals", createServicePrincipal)
    table.on("POST /groups") { context, tenant throws(GraphFailure) in
      let moment = JSONValue.string(tenant.now.text)
      return try create(
        .group,
        "groups",
        context,
        tenant,
        required: ["displayName", "mailEnabled", "mailNickname", "securityEnabled"],
        [
          ("createdDateTime", moment), ("renewedDateTime", moment), ("groupTypes", []),
          ("securityIdentifier", .string(tenant.securityIdentifier())),
        ]
      )
    }
  }

  private static func registerChange(
    _ kind: ObjectKind,
    _ name: String,
    in table: inout RouteTable
  ) {
    let category = "ApplicationManagement"
    table.on(["PATCH /\(name)/{}", "PATCH /\(name)(appId='{}')"]) {
      context,
      tenant throws(GraphFailure) in
      let handle = try context.object(0, kind, in: tenant)
      let members = try context.members()
      tenant.update(handle, try BodyReader(type: kind.type).read(members))
      tenant.audit(context, "Update \(kind.auditName)", category, "Update", [handle], members)
      return .noContent
    }
    table.on(["DELETE /\(name)/{}", "DELETE /\(name)(appId='{}')"]) {
      context,
      tenant throws(GraphFailure) in
      let handle = try context.object(0, kind, in: tenant)
      tenant.delete(handle)
      tenant.audit(context, "Delete \(kind.auditName)", category, "Delete", [handle])
      return .noContent
    }
  }

  private static func createServicePrincipal(
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) -> Reply {
    let appID = try context.members().first { $0.name == "appId" }?.value.string ?? ""
    guard ObjectID(appID) != nil else { throw .invalidValue("appId") }
    guard !tenant.holds(.servicePrincipal, "appId", appID) else {
      throw GraphFailure(
        409,
        "Request_MultipleObjectsWithSameKeyValue",
        "The service principal cannot be created, updated, or restored because the service "
          + "principal name \(appID) is already in use."
      )
    }
    let application = tenant.find(.application, "appId", appID).first
    let name = application.flatMap { tenant.text($0, "displayName") } ?? appID
    let roles = application.flatMap { tenant.value($0, "appRoles") } ?? []
    return try create(
      .servicePrincipal,
      "servicePrincipals",
      context,
      tenant,
      required: ["appId"],
      [
        ("displayName", .string(name)), ("appDisplayName", .string(name)),
        ("accountEnabled", true), ("appRoleAssignmentRequired", false), ("appRoles", roles),
        ("servicePrincipalType", "Application"), ("servicePrincipalNames", [.string(appID)]),
        ("appOwnerOrganizationId", .string(tenant.id.text)), ("signInAudience", "AzureADMyOrg"),
      ]
    )
  }

  private static func create(
    _ kind: ObjectKind,
    _ path: String,
    _ context: RequestContext,
    _ tenant: Tenant,
    required: [String],
    _ defaults: [(String, JSONValue)]
  ) throws(GraphFailure) -> Reply {
    let members = try context.members()
    var values = try BodyReader(type: kind.type).read(members).compactMapValues { $0 }
    for name in required {
      guard members.contains(where: { $0.name == name && !$0.value.isNull }) else {
        throw .badRequest(
          "A value is required for property '\(name)' of resource '\(kind.directoryName)'."
        )
      }
    }
    for (name, value) in defaults {
      if let number = kind.type.number(of: name), values[number] == nil {
        values[number] = value.bytes
      }
    }
    let bound = try bound(members, tenant)
    try tenant.requireRoom()
    let handle = tenant.insert(kind, id: tenant.generator.objectID(), values)
    for (name, other) in bound {
      if name == "members" {
        tenant.members.insert(handle, other)
      } else {
        tenant.owners.insert(handle, other)
      }
    }
    let category = kind == .group ? "GroupManagement" : "ApplicationManagement"
    tenant.audit(context, "Add \(kind.auditName)", category, "Add", [handle])
    guard let candidate = tenant.created(handle) else { throw .notFound("") }
    var reply = try ItemWriter.reply(
      context,
      tenant,
      .all(kind, path, tenant),
      candidate,
      status: 201
    )
    reply.headers.append(("Location", UserRoutes.location(context, tenant, handle)))
    return reply
  }

  /// The objects that `members@odata.bind` and `owners@odata.bind` name.
  private static func bound(
    _ members: [JSONValue.Member],
    _ tenant: Tenant
  ) throws(GraphFailure) -> [(name: String, handle: Handle)] {
    var bound: [(name: String, handle: Handle)] = []
    for name in ["members", "owners"] {
      for url in members.first(where: { $0.name == "\(name)@odata.bind" })?.value.array ?? [] {
        let id = try RequestContext.referenced(url.string ?? "")
        guard let handle = tenant.live(id) else { throw .notFound(id) }
        bound.append((name, handle))
      }
    }
    guard bound.count <= 20 else {
      throw .badRequest("The number of references to add exceeds the limit of 20.")
    }
    return bound
  }
}

extension ObjectKind {
  /// The kind in the words of the audit log.
  fileprivate var auditName: String {
    switch self {
    case .servicePrincipal: "service principal"
    default: typeName
    }
  }
}
