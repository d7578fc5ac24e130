/// The entities beside the directory's objects that are only read: the organization and its domains.
enum EntityRoutes {
  static func register(in table: inout RouteTable) {
    for (path, name) in [("organization", EntitySet.Name.organization), ("domains", .domains)] {
      table.on("GET /\(path)") { context, tenant throws(GraphFailure) in
        try Lister.reply(context, tenant, source(name, path, tenant))
      }
    }
    table.on("GET /organization/{}") { context, tenant throws(GraphFailure) in
      try read(.organization, "organization", context, tenant)
    }
  }

  static func source(_ name: EntitySet.Name, _ context: String, _ tenant: Tenant) -> ListSource {
    let type = tenant.sets[name]?.type ?? GraphTypes.known("entity")
    return ListSource(type: type, context: context, isDirectory: false) { after, limit in
      (tenant.sets[name]?.after(after) ?? []).prefix(limit).map {
        Candidate(cursor: $0.cursor, record: $0.record)
      }
    }
  }

  static func read(
    _ name: EntitySet.Name,
    _ path: String,
    _ context: RequestContext,
    _ tenant: Tenant
  ) throws(GraphFailure) -> Reply {
    let key = context.key(0).text
    guard let record = tenant.sets[name]?[key] else { throw .notFound(key) }
    return try ItemWriter.reply(
      context,
      tenant,
      source(name, path, tenant),
      Candidate(cursor: 0, record: record)
    )
  }
}
