/// Answers `…/$ref`: where the objects are, in place of what they are.
///
/// The API description has plain strings in these lists.
enum ReferenceLister {
  static func reply(
    _ context: RequestContext,
    _ tenant: Tenant,
    _ source: ListSource
  ) throws(GraphFailure) -> Reply {
    let pages = try PageLimits(context, source, now: tenant.now)
    var page = source.fetch(pages.token?.cursor ?? 0, pages.top + 1)
    let hasMore = page.count > pages.top
    if hasMore { page.removeLast() }
    var members: [JSONValue.Member] = [
      .init("@odata.context", .string(context.metadata + "Collection($ref)"))
    ]
    if hasMore, let last = page.last {
      members.append(.init("@odata.nextLink", .string(pages.nextLink(after: last))))
    }
    let root = "\(context.base)/\(context.version)/\(tenant.id)/directoryObjects/"
    let links = page.compactMap { candidate -> JSONValue? in
      guard let handle = candidate.handle, let object = tenant.object(handle) else { return nil }
      let url = "\(root)\(object.id)/Microsoft.DirectoryServices.\(object.kind.directoryName)"
      return .string(url)
    }
    members.append(.init("value", .array(links)))
    return Reply(200, .object(members))
  }
}

extension ObjectKind {
  /// The name of the kind in the directory's own URLs.
  var directoryName: String {
    switch self {
    case .user: "User"
    case .group: "Group"
    case .servicePrincipal: "ServicePrincipal"
    case .application: "Application"
    case .contact: "Contact"
    case .directoryRole: "DirectoryRole"
    }
  }
}
