/// The routes of one set of entities: list, read, create, change, remove.
struct EntityCollection: Sendable {
  let name: EntitySet.Name
  /// The path of the set, such as `/domains`.
  let path: String
  /// What `@odata.context` says after the `#`.
  let context: String

  func source(_ tenant: Tenant) -> ListSource {
    let name = name
    return ListSource(type: name.type, context: context, isDirectory: false) { after, limit in
      (tenant.sets[name]?.after(after) ?? []).prefix(limit).map {
        Candidate(cursor: $0.cursor, record: $0.record)
      }
    }
  }

  func list(in table: inout RouteTable) {
    table.on("GET \(path)") { context, tenant throws(GraphFailure) in
      tenant.advanceRequests()
      return try Lister.reply(context, tenant, source(tenant))
    }
  }

  func read(in table: inout RouteTable) {
    table.on("GET \(path)/{}") { context, tenant throws(GraphFailure) in
      tenant.advanceRequests()
      return try reply(context, tenant, context.key(0).text)
    }
  }

  /// Registers the read of a set that holds one entity only, whose key is not in the path.
  func readOnly(_ id: String, in table: inout RouteTable) {
    table.on("GET \(path)") { context, tenant throws(GraphFailure) in
      try reply(context, tenant, id, isSingleton: true)
    }
  }

  func remove(in table: inout RouteTable) {
    table.on("DELETE \(path)/{}") { context, tenant throws(GraphFailure) in
      guard tenant.removeEntity(name, context.key(0).text) else {
        throw .notFound(context.key(0).text)
      }
      return .noContent
    }
  }

  /// Registers a change of the entity in the path, or of the only one; `status` is 200 or 204.
  func change(
    _ method: String = "PATCH",
    only id: String? = nil,
    status: Int,
    in table: inout RouteTable
  ) {
    table.on("\(method) \(path)\(id == nil ? "/{}" : "")") { context, tenant throws(GraphFailure) in
      let id = id ?? context.key(0).text
      guard let record = tenant.sets[name]?[id] else { throw .notFound(id) }
      var reader = BodyReader(type: name.type)
      reader.refusesReadOnly = false
      let changes = try reader.read(try context.members())
      tenant.setEntity(name, id, record.setting(changes, name.type))
      tenant.touchEntity(name, id)
      guard status == 200 else { return .noContent }
      return try reply(context, tenant, id)
    }
  }

  /// Registers a creation; `defaults` are what the service adds.
  func create(
    required: [String],
    in table: inout RouteTable,
    _ defaults: @escaping @Sendable (Tenant, [JSONValue.Member]) -> [(String, JSONValue)]
  ) {
    table.on("POST \(path)") { context, tenant throws(GraphFailure) in
      let members = try context.members()
      let values = try checked(members, required)
      let id = tenant.generator.objectID().text
      let added = defaults(tenant, members) + [("id", .string(id))]
      let all = members.filter { member in !added.contains { $0.0 == member.name } }
      _ = values
      let key = added.first { $0.0 == "key" }?.1.string ?? id
      tenant.setEntity(name, key, all + added.map { JSONValue.Member($0.0, $0.1) })
      var reply = try reply(context, tenant, key)
      reply.status = 201
      return reply
    }
  }

  /// Holds a body to the type and to what must be in it.
  func checked(
    _ members: [JSONValue.Member],
    _ required: [String]
  ) throws(GraphFailure) -> [Int: [UInt8]?] {
    var reader = BodyReader(type: name.type)
    reader.refusesReadOnly = false
    let values = try reader.read(members)
    for property in required {
      guard members.contains(where: { $0.name == property && !$0.value.isNull }) else {
        throw .badRequest(
          "A value is required for property '\(property)' of resource '\(name.type.name)'."
        )
      }
    }
    return values
  }

  func reply(
    _ context: RequestContext,
    _ tenant: Tenant,
    _ id: String,
    isSingleton: Bool = false
  ) throws(GraphFailure) -> Reply {
    guard let record = tenant.sets[name]?[id] else { throw .notFound(id) }
    return try ItemWriter.reply(
      context,
      tenant,
      source(tenant),
      Candidate(cursor: 0, record: record),
      isSingleton: isSingleton
    )
  }
}
