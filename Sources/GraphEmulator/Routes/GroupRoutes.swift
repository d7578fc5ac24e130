/// Groups and their members.
enum GroupRoutes {
  /// FACTS section 4: the most that one PATCH may add.
  private static let bindLimit = 20

  static func register(in table: inout RouteTable) {
    table.on("GET /groups") { context, tenant throws(GraphFailure) in
      try Lister.reply(context, tenant, .all(.group, "groups", tenant))
    }
    table.on("GET /groups/$count") { context, tenant throws(GraphFailure) in
      try Lister.count(context, tenant, .all(.group, "groups", tenant))
    }
    table.on("GET /groups/{}") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, .group, in: tenant)
      guard let candidate = tenant.candidate(handle) else { throw .notFound(context.key(0).text) }
      return try ItemWriter.reply(context, tenant, .all(.group, "groups", tenant), candidate)
    }
    table.on("DELETE /groups/{}") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, .group, in: tenant)
      tenant.delete(handle)
      tenant.audit(context, "Delete group", "GroupManagement", "Delete", [handle])
      return .noContent
    }
    table.on("PATCH /groups/{}", change)
    registerMembers(in: &table)
  }

  private static func registerMembers(in table: inout RouteTable) {
    table.on("GET /groups/{}/members") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, .group, in: tenant)
      return try Lister.reply(context, tenant, .related(tenant.members, of: handle, tenant))
    }
    table.on("GET /groups/{}/members/$ref") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, .group, in: tenant)
      return try ReferenceLister.reply(
        context,
        tenant,
        .related(tenant.members, of: handle, tenant)
      )
    }
    table.on("GET /groups/{}/members/graph.user") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, .group, in: tenant)
      return try Lister.reply(
        context,
        tenant,
        .related(tenant.members, of: handle, cast: .user, "users", tenant)
      )
    }
    table.on("POST /groups/{}/members/$ref") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, .group, in: tenant)
      try requireRolePermission(handle, context, tenant)
      let member = try tenant.newMember(try context.reference(), of: handle)
      tenant.addMembers([member], to: handle)
      tenant.audit(context, "Add member to group", "GroupManagement", "Assign", [member, handle])
      return .noContent
    }
    table.on("DELETE /groups/{}/members/{}/$ref") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, .group, in: tenant)
      try requireRolePermission(handle, context, tenant)
      try tenant.requireWritableMembership(handle)
      guard let id = ObjectID(context.key(1).text), let member = tenant.handles[id],
        tenant.members.contains(handle, member), !tenant.lag.isLeaving(handle, member)
      else { throw .notFound(context.key(1).text) }
      tenant.removeMember(member, from: handle)
      tenant.audit(
        context,
        "Remove member from group",
        "GroupManagement",
        "Unassign",
        [member, handle]
      )
      return .noContent
    }
  }

  /// FACTS section 4: groups that carry directory roles ask for more.
  private static func requireRolePermission(
    _ group: Handle,
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) {
    guard tenant.value(group, "isAssignableToRole")?.bool == true else { return }
    guard context.caller.permissions.contains("RoleManagement.ReadWrite.Directory") else {
      throw .denied
    }
  }

  private static func change(
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) -> Reply {
    let handle = try context.object(0, .group, in: tenant)
    let members = try context.members()
    let changes = try BodyReader(type: ObjectKind.group.type).read(members)
    if let bind = members.first(where: { $0.name == "members@odata.bind" })?.value {
      guard let urls = bind.array, urls.count <= bindLimit else {
        throw .badRequest("The number of references to add exceeds the limit of \(bindLimit).")
      }
      var added: [Handle] = []
      for url in urls {
        guard let url = url.string else { throw .invalidValue("members@odata.bind") }
        let member = try tenant.newMember(try RequestContext.referenced(url), of: handle)
        guard !added.contains(member) else { throw .duplicateReference("members") }
        added.append(member)
      }
      tenant.addMembers(added, to: handle)
      for member in added {
        tenant.audit(context, "Add member to group", "GroupManagement", "Assign", [member, handle])
      }
    }
    if !changes.isEmpty {
      tenant.update(handle, changes)
      tenant.audit(context, "Update group", "GroupManagement", "Update", [handle], members)
    }
    return .noContent
  }
}
