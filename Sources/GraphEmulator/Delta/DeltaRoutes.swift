/// Delta queries over users, groups, service principals and all of them (FACTS section 2.3).
enum DeltaRoutes {
  static func register(in table: inout RouteTable) {
    let tracked: [(String, [ObjectKind], String)] = [
      ("/users/delta()", [.user], "users"), ("/groups/delta()", [.group], "groups"),
      ("/servicePrincipals/delta()", [.servicePrincipal], "servicePrincipals"),
      (
        "/directoryObjects/delta()", [.user, .group, .servicePrincipal, .application, .contact],
        "directoryObjects"
      ),
    ]
    for (path, kinds, name) in tracked {
      table.on("GET \(path)") { context, tenant throws(GraphFailure) in
        try answer(context, tenant, kinds, name)
      }
    }
  }

  private static func answer(
    _ context: RequestContext,
    _ tenant: Tenant,
    _ kinds: [ObjectKind],
    _ name: String
  ) throws(GraphFailure) -> Reply {
    let token = try token(context, tenant, kinds)
    var page = DeltaPage(context: context, tenant: tenant, query: token.query)
    let next: DeltaToken.Position?
    if context.query.deltaToken?.lowercased() == "latest" {
      next = nil
    } else {
      next = page.fill(from: token.position)
    }
    if context.reorders { page.reorder() }
    let isLast = next == nil
    let following = DeltaToken(
      query: token.query,
      issuedAt: tenant.now,
      position: next ?? .changes(after: page.lastVersion(from: token.position))
    )
    let path = "\(context.base)/\(context.version)\(context.path)"
    let parameter = isLast ? "$deltatoken" : "$skiptoken"
    let suffix = token.query.select.map { "(\($0.joined(separator: ",")))" } ?? ""
    return Reply(
      200,
      [
        "@odata.context": .string(context.metadata + name + suffix),
        isLast ? "@odata.deltaLink" : "@odata.nextLink":
          .string("\(path)?\(parameter)=\(following.text)"),
        "value": .array(page.items),
      ]
    )
  }

  /// Reads the token, or starts a first round.
  ///
  /// - Throws: 400 `syncStateNotFound` for a token that is damaged or has outlived its week.
  private static func token(
    _ context: RequestContext,
    _ tenant: Tenant,
    _ kinds: [ObjectKind]
  ) throws(GraphFailure) -> DeltaToken {
    let text = context.query.skipToken ?? context.query.deltaToken
    // An empty token is the fresh start that a 410 points to.
    guard let text, !text.isEmpty, text.lowercased() != "latest" else {
      let start = DeltaToken.Position.listing(since: tenant.version, cursor: 0, member: 0)
      return DeltaToken(
        query: try DeltaQuery(context.query, kinds),
        issuedAt: tenant.now,
        position: start
      )
    }
    guard let token = DeltaToken(text, kinds) else {
      throw .init(400, "Directory_InvalidDeltaToken", "The delta token is not valid.")
    }
    let expiry = token.issuedAt.adding(seconds: ChangeLog.lifetimeSeconds)
    let since: UInt64 =
      switch token.position {
      case .listing(let since, _, _): since
      case .changes(let version): version
      }
    guard tenant.now < expiry, since >= tenant.changeLog.floor, since <= tenant.version else {
      throw .init(
        400,
        "syncStateNotFound",
        "The sync state generation is not found; start a new round without a token."
      )
    }
    return token
  }
}
