/// Users: list, read, create, change, delete, revoke sessions, sponsors.
enum UserRoutes {
  static func register(in table: inout RouteTable) {
    table.on("GET /users") { context, tenant throws(GraphFailure) in
      try requireReadable(context, tenant)
      var source = ListSource.all(.user, "users", tenant)
      // FACTS section 2.2: pages with the last sign-in are small.
      if selects("signInActivity", context) { source.silentMaximum = 120 }
      return try Lister.reply(context, tenant, source)
    }
    table.on("GET /users/$count") { context, tenant throws(GraphFailure) in
      try Lister.count(context, tenant, .all(.user, "users", tenant))
    }
    table.on("GET /users/{}") { context, tenant throws(GraphFailure) in
      try requireReadable(context, tenant)
      let handle = try context.object(0, .user, in: tenant)
      guard let candidate = tenant.candidate(handle) else { throw .notFound(context.key(0).text) }
      return try ItemWriter.reply(context, tenant, .all(.user, "users", tenant), candidate)
    }
    table.on("POST /users", create)
    table.on("PATCH /users/{}", change)
    table.on("DELETE /users/{}") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, .user, in: tenant)
      try requireUnprivileged(handle, context, tenant)
      tenant.delete(handle)
      tenant.audit(context, "Delete user", "UserManagement", "Delete", [handle])
      return .noContent
    }
    table.on("POST /users/{}/revokeSignInSessions") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, .user, in: tenant)
      tenant.update(handle, [("signInSessionsValidFromDateTime", .string(tenant.now.text))])
      tenant.audit(
        context,
        "Update StsRefreshTokenValidFrom Timestamp",
        "UserManagement",
        "Update",
        [handle]
      )
      // FACTS section 2.4: the page says 204, the service answers 200 with a Boolean.
      return Reply(
        200,
        ["@odata.context": .string(context.metadata + "Edm.Boolean"), "value": true]
      )
    }
    registerSponsors(in: &table)
  }

  private static func selects(_ name: String, _ context: RequestContext) -> Bool {
    context.query.select?.contains(name) ?? false
  }

  /// What `User.ReadBasic.All` alone lets an application see.
  private static let basic: Set<String> = [
    "displayName", "givenName", "id", "mail", "surname", "userPrincipalName",
  ]

  /// - Throws: 403 where the caller's permissions do not reach as far as the selected properties.
  private static func requireReadable(
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) {
    let held = context.caller.permissions
    if selects("signInActivity", context) {
      guard held.contains("AuditLog.Read.All") else { throw .denied }
      guard tenant.restrictions.isPremium else { throw .notPremium }
    }
    let full: Set<GraphPermission> = [
      "User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All",
      "User.ReadWrite.CrossCloud",
    ]
    guard held.isDisjoint(with: full) else { return }
    guard context.query.select.map({ basic.isSuperset(of: $0) }) ?? true else { throw .denied }
  }

  private static func create(
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) -> Reply {
    let members = try context.members()
    var values = try BodyReader(type: ObjectKind.user.type).read(members).compactMapValues { $0 }
    for name in [
      "accountEnabled", "displayName", "mailNickname", "passwordProfile", "userPrincipalName",
    ] {
      guard members.contains(where: { $0.name == name && !$0.value.isNull }) else {
        throw .badRequest("A value is required for property '\(name)' of resource 'User'.")
      }
    }
    let type = ObjectKind.user.type
    let name = members.first { $0.name == "userPrincipalName" }?.value.string ?? ""
    try tenant.requireVerifiedDomain(of: name)
    guard !tenant.holds(.user, "userPrincipalName", name) else { throw .taken("userPrincipalName") }
    try tenant.requireRoom()
    // Written once and never read back.
    if let password = type.number(of: "passwordProfile") { values[password] = nil }
    let defaults: [(String, JSONValue)] = [
      ("createdDateTime", .string(tenant.now.text)), ("userType", "Member"),
      ("securityIdentifier", .string(tenant.securityIdentifier())),
    ]
    for (name, value) in defaults {
      if let number = type.number(of: name), values[number] == nil { values[number] = value.bytes }
    }
    let handle = tenant.insert(.user, id: tenant.generator.objectID(), values)
    tenant.audit(context, "Add user", "UserManagement", "Add", [handle])
    guard let candidate = tenant.created(handle) else { throw .notFound(name) }
    var reply = try ItemWriter.reply(
      context,
      tenant,
      .all(.user, "users", tenant),
      candidate,
      status: 201
    )
    reply.headers.append(("Location", location(context, tenant, handle)))
    return reply
  }

  private static func change(
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) -> Reply {
    let handle = try context.object(0, .user, in: tenant)
    let members = try context.members()
    let accepted = OperationPermissions.accepted(forChangingUser: members.map(\.name))
    guard accepted.admit(context.caller.permissions) else { throw .denied }
    let changes = try BodyReader(type: ObjectKind.user.type).read(members)
    if members.contains(where: { sensitive.contains($0.name) }) {
      try requireUnprivileged(handle, context, tenant)
    }
    try tenant.changeUser(handle, members, changes)
    tenant.audit(context, "Update user", "UserManagement", "Update", [handle], members)
    return .noContent
  }

  /// FACTS section 2.4: what an application may not change on holders of directory roles.
  private static let sensitive: Set<String> = [
    "accountEnabled", "businessPhones", "mobilePhone", "onPremisesImmutableId", "otherMails",
    "passwordProfile", "userPrincipalName",
  ]

  static func requireUnprivileged(
    _ handle: Handle,
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) {
    guard tenant.roleMembers.lefts(of: handle).isEmpty else { throw .denied }
  }

  static func location(_ context: RequestContext, _ tenant: Tenant, _ handle: Handle) -> String {
    let id = tenant.object(handle)?.id.text ?? ""
    return "\(context.base)/\(context.version)/directoryObjects/\(id)/"
  }

  private static func registerSponsors(in table: inout RouteTable) {
    table.on("GET /users/{}/sponsors") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, .user, in: tenant)
      return try Lister.reply(context, tenant, .related(tenant.sponsors, of: handle, tenant))
    }
    table.on("GET /users/{}/sponsors/$ref") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, .user, in: tenant)
      return try ReferenceLister.reply(
        context,
        tenant,
        .related(tenant.sponsors, of: handle, tenant)
      )
    }
    table.on("POST /users/{}/sponsors/$ref") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, .user, in: tenant)
      try tenant.addSponsor(try context.reference(), to: handle)
      tenant.audit(context, "Add sponsor", "UserManagement", "Update", [handle])
      return .noContent
    }
    table.on("DELETE /users/{}/sponsors/{}/$ref") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, .user, in: tenant)
      let sponsor = try context.anyObject(1, in: tenant)
      guard tenant.sponsors.remove(handle, sponsor) else { throw .notFound(context.key(1).text) }
      tenant.audit(context, "Remove sponsor", "UserManagement", "Update", [handle])
      return .noContent
    }
    table.on("DELETE /users/{}/sponsors/$ref") { context, tenant throws(GraphFailure) in
      _ = try context.object(0, .user, in: tenant)
      throw .badRequest("The query parameter '@id' is required to remove a reference.")
    }
  }
}
