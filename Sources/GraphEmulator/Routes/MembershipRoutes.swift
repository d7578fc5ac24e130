/// What a user belongs to and owns, directly and through groups; look-ups by identifier.
enum MembershipRoutes {
  static func register(in table: inout RouteTable) {
    for (name, isTransitive) in [("memberOf", false), ("transitiveMemberOf", true)] {
      table.on("GET /users/{}/\(name)") { context, tenant throws(GraphFailure) in
        try list(context, tenant, containers(context, tenant, isTransitive), nil)
      }
      for kind in [ObjectKind.group, .directoryRole] {
        table.on("GET /users/{}/\(name)/graph.\(kind.typeName)") {
          context,
          tenant throws(GraphFailure) in
          try list(context, tenant, containers(context, tenant, isTransitive), kind)
        }
      }
    }
    table.on("GET /users/{}/ownedObjects") { context, tenant throws(GraphFailure) in
      let user = try context.object(0, .user, in: tenant)
      return try list(context, tenant, tenant.owners.lefts(of: user), nil)
    }
    table.on("GET /users/{}/ownedObjects/graph.group") { context, tenant throws(GraphFailure) in
      let user = try context.object(0, .user, in: tenant)
      return try list(context, tenant, tenant.owners.lefts(of: user), .group)
    }
    table.on("GET /groups/{}/transitiveMembers") { context, tenant throws(GraphFailure) in
      let group = try context.object(0, .group, in: tenant)
      return try list(context, tenant, tenant.transitiveMembers(of: group), nil)
    }
    table.on("GET /groups/{}/transitiveMembers/graph.user") {
      context,
      tenant throws(GraphFailure) in
      let group = try context.object(0, .group, in: tenant)
      return try list(context, tenant, tenant.transitiveMembers(of: group), .user)
    }
    table.on("POST /users/{}/checkMemberGroups", checkMemberGroups)
    table.on("POST /users/{}/getMemberGroups", memberGroups)
    table.on("POST /directoryObjects/getByIds", byIDs)
  }

  private static func containers(
    _ context: RequestContext,
    _ tenant: Tenant,
    _ isTransitive: Bool
  ) throws(GraphFailure) -> [Handle] {
    let user = try context.object(0, .user, in: tenant)
    let roles = tenant.roleMembers.lefts(of: user)
    let groups =
      isTransitive ? tenant.transitiveGroups(of: user) : tenant.members.lefts(of: user)
    return groups + roles
  }

  private static func list(
    _ context: RequestContext,
    _ tenant: Tenant,
    _ handles: [Handle],
    _ kind: ObjectKind?
  ) throws(GraphFailure) -> Reply {
    let found = tenant.candidates(handles.sorted()).filter { kind == nil || $0.kind == kind }
    return try Lister.reply(
      context,
      tenant,
      .found(
        found,
        type: kind?.type ?? GraphTypes.known("directoryObject"),
        context: kind.map { "\($0.typeName)s" } ?? "directoryObjects",
        annotates: kind == nil
      )
    )
  }

  private static func strings(_ context: RequestContext, _ values: [String]) -> Reply {
    Reply(
      200,
      [
        "@odata.context": .string(context.metadata + "Collection(Edm.String)"),
        "value": .array(values.map { .string($0) }),
      ]
    )
  }

  /// FACTS section 7 meters this one dear; the service takes twenty groups at a time.
  private static func checkMemberGroups(
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) -> Reply {
    let user = try context.object(0, .user, in: tenant)
    let members = try context.members()
    guard let listed = members.first(where: { $0.name == "groupIds" })?.value.array else {
      throw .badRequest("The parameter 'groupIds' is required.")
    }
    let ids = listed.compactMap { $0.string.flatMap { ObjectID($0) } }
    guard ids.count == listed.count else { throw .invalidValue("groupIds") }
    guard ids.count <= 20 else {
      throw .badRequest("The number of groups to check exceeds the maximum of 20.")
    }
    let groups = Set(tenant.transitiveGroups(of: user).compactMap { tenant.object($0)?.id })
    return strings(context, ids.filter { groups.contains($0) }.map(\.text))
  }

  private static func memberGroups(
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) -> Reply {
    let user = try context.object(0, .user, in: tenant)
    let members = try context.members()
    let securityOnly = members.first { $0.name == "securityEnabledOnly" }?.value.bool ?? false
    let groups = tenant.transitiveGroups(of: user).filter {
      tenant.isLive($0)
        && (!securityOnly || tenant.value($0, "securityEnabled")?.bool == true)
    }
    return strings(context, groups.compactMap { tenant.object($0)?.id.text })
  }

  /// Types that Graph knows by name and of which the emulator holds nothing, and the base of all.
  private static let absentTypes: Set<String> = [
    "directoryObject", "directoryObjectPartnerReference", "administrativeUnit", "contract",
    "device", "directoryRoleTemplate", "domain", "organization",
  ]

  /// Finds up to a thousand objects; what does not exist is left out silently.
  private static func byIDs(
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) -> Reply {
    let members = try context.members()
    guard let listed = members.first(where: { $0.name == "ids" })?.value.array, !listed.isEmpty
    else { throw .badRequest("The parameter 'ids' is required.") }
    guard listed.count <= 1000 else {
      throw .badRequest("The number of ids exceeds the maximum of 1000.")
    }
    let types = members.first { $0.name == "types" }?.value.array?.compactMap(\.string) ?? []
    let kinds = types.compactMap { ObjectKind(spelling: $0) }
    guard types.allSatisfy({ ObjectKind(spelling: $0) != nil || Self.absentTypes.contains($0) })
    else { throw .invalidValue("types") }
    var handles: [Handle] = []
    for value in listed {
      guard let id = value.string.flatMap({ ObjectID($0) }) else { throw .invalidValue("ids") }
      guard let handle = tenant.live(id) else { continue }
      let isWanted =
        types.isEmpty || types.contains("directoryObject")
        || tenant.kind(of: handle).map { kinds.contains($0) } ?? false
      if isWanted { handles.append(handle) }
    }
    let source = ListSource.found(
      tenant.candidates(Set(handles).sorted()),
      type: GraphTypes.known("directoryObject"),
      context: "directoryObjects",
      annotates: true
    )
    return try Lister.reply(context, tenant, source.unpaged(1000))
  }
}

extension ListSource {
  /// The same list shown whole, up to so many items.
  func unpaged(_ limit: Int) -> ListSource {
    var source = self
    source.defaultTop = limit
    source.maximumTop = limit
    return source
  }
}
