/// Service principals and applications, read only.
enum ServicePrincipalRoutes {
  static func register(in table: inout RouteTable) {
    for (kind, name) in [
      (ObjectKind.servicePrincipal, "servicePrincipals"), (.application, "applications"),
    ] {
      table.on("GET /\(name)") { context, tenant throws(GraphFailure) in
        try Lister.reply(context, tenant, .all(kind, name, tenant))
      }
      table.on(["GET /\(name)/{}", "GET /\(name)(appId='{}')"]) {
        context,
        tenant throws(GraphFailure) in
        let handle = try context.object(0, kind, in: tenant)
        guard let candidate = tenant.candidate(handle) else {
          throw .notFound(context.key(0).text)
        }
        return try ItemWriter.reply(context, tenant, .all(kind, name, tenant), candidate)
      }
    }
    table.on("GET /servicePrincipals/$count") { context, tenant throws(GraphFailure) in
      try Lister.count(context, tenant, .all(.servicePrincipal, "servicePrincipals", tenant))
    }
    table.on("GET /servicePrincipals/{}/owners") { context, tenant throws(GraphFailure) in
      let handle = try context.object(0, .servicePrincipal, in: tenant)
      return try Lister.reply(context, tenant, .related(tenant.owners, of: handle, tenant))
    }
  }
}
