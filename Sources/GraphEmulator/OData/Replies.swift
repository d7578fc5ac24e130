/// The replies of Graph that OData shapes: lists, counts, single items, references.
extension Call {
  /// Answers with a page of a list.
  func page(_ list: List, _ tenant: Tenant) throws -> Reply {
    try AdvancedQuery.check(self, list)
    let accept = try acceptance(list)
    let paging = try Paging(self, list)
    var writer = try ItemWriter(self, list, tenant)
    var items = page(list, paging, tenant, accept)
    let hasMore = items.count > paging.top
    if hasMore { items.removeLast() }

    var out = Array("{".utf8)
    out.reserveCapacity(1024 * (1 + items.count))
    out.appendMember("@odata.context", metadata + list.context + writer.contextSuffix)
    // The directory does not count without its header.
    if query.count, isEventual || !list.isDirectory, paging.token == nil {
      out.append(contentsOf: #","@odata.count":\#(count(list, tenant, accept))"#.utf8)
    }
    if hasMore, let last = items.last {
      out.append(0x2C)
      out.appendMember("@odata.nextLink", paging.nextLink(after: last))
    }
    out.append(contentsOf: #","value":["#.utf8)
    for (index, item) in items.enumerated() {
      if index > 0 { out.append(0x2C) }
      writer.append(item, to: &out)
    }
    out.append(contentsOf: "]}".utf8)
    return Reply(200, out)
  }

  /// Answers `…/$count`: a number as plain text.
  func count(_ list: List, _ tenant: Tenant) throws -> Reply {
    guard isEventual else { throw GraphFailure.badRequest("$count is not currently supported.") }
    let number = count(list, tenant, try acceptance(list))
    var reply = Reply(200, Array(String(number).utf8))
    reply.contentType = "text/plain"
    return reply
  }

  /// Answers with one object; `isNew` adds where it is found from now on.
  func object(_ object: DirectoryObject, _ tenant: Tenant, isNew: Bool = false) throws -> Reply {
    var reply = try item(Item(object), .all(object.kind, in: tenant), tenant, isNew ? 201 : 200)
    if isNew {
      reply.headers.append(("Location", "\(base)/\(version)/directoryObjects/\(object.id)/"))
    }
    return reply
  }

  /// Answers with one item in the shape of a list's; a singleton is not a member of a set.
  func item(
    _ item: Item,
    _ list: List,
    _ tenant: Tenant,
    _ status: Int = 200,
    isSingleton: Bool = false
  ) throws -> Reply {
    var writer = try ItemWriter(self, list, tenant)
    var context: [UInt8] = []
    context.appendMember(
      "@odata.context",
      "\(metadata)\(list.context)\(writer.contextSuffix)\(isSingleton ? "" : "/$entity")"
    )
    var out: [UInt8] = []
    writer.append(item, before: context, to: &out)
    return Reply(status, out)
  }

  /// Answers `…/$ref`: where the objects are, in place of what they are; plain strings, as the API
  /// description has them.
  func references(_ list: List, _ tenant: Tenant) throws -> Reply {
    let paging = try Paging(self, list)
    var items = page(list, paging, tenant) { _ in true }
    let hasMore = items.count > paging.top
    if hasMore { items.removeLast() }
    let root = "\(base)/\(version)/\(tenant.id)/directoryObjects"
    let links = items.compactMap { item -> JSONValue? in
      guard let id = item.object, let kind = item.kind else { return nil }
      return .string("\(root)/\(id)/Microsoft.DirectoryServices.\(kind.traits.directoryName)")
    }
    var list: [String: JSONValue] = [
      "@odata.context": .string(metadata + "Collection($ref)"), "value": .array(links),
    ]
    if hasMore, let last = items.last {
      list["@odata.nextLink"] = .string(paging.nextLink(after: last))
    }
    return Reply(200, .object(list))
  }

  /// Answers with a list of texts.
  func strings(_ values: [String]) -> Reply {
    Reply(
      200,
      [
        "@odata.context": .string(metadata + "Collection(Edm.String)"),
        "value": .array(values.map { .string($0) }),
      ]
    )
  }

  /// Whether the request's filter and search let an item pass.
  private func acceptance(_ list: List) throws -> (Item) -> Bool {
    let search = try SearchClause(query.search)
    guard let filter = query.filter else { return { search.matches($0) } }
    guard list.isMixed else {
      try filter.check(list.type)
      return { filter.matches($0) && search.matches($0) }
    }
    // Of several kinds, a filter concerns those that have its properties.
    let kinds = ObjectKind.allCases.filter { (try? filter.check($0.type)) != nil }
    if kinds.isEmpty { try filter.check(ObjectKind.user.type) }
    return { item in
      item.kind.map(kinds.contains) == true && filter.matches(item) && search.matches(item)
    }
  }

  /// The only items that can match, where an index knows them; nil where all must be asked.
  private func candidates(_ list: List, _ tenant: Tenant) -> [Item]? {
    guard let kind = list.indexedKind, let ids = query.filter?.candidates(kind, in: tenant) else {
      return nil
    }
    return ids.compactMap { tenant.live($0, kind) }.sorted { $0.number < $1.number }
      .map { Item($0) }
  }

  /// Returns the page and one item more, where there is one.
  private func page(
    _ list: List,
    _ paging: Paging,
    _ tenant: Tenant,
    _ accept: (Item) -> Bool
  ) -> [Item] {
    let found = candidates(list, tenant)
    if let ordering = Ordering(query.orderBy) {
      var all = found ?? []
      if found == nil {
        list.visit(0) { item in
          all.append(item)
          return true
        }
      }
      let ordered = ordering.sorted(all.filter(accept), after: paging.token)
      return Array(ordered.prefix(paging.top + 1))
    }
    let start = paging.token?.number ?? 0
    var page: [Item] = []
    func take(_ item: Item) -> Bool {
      if accept(item) { page.append(item) }
      return page.count <= paging.top
    }
    if let found {
      for item in found where item.number > start && !take(item) { break }
    } else {
      list.visit(start, take)
    }
    return page
  }

  private func count(_ list: List, _ tenant: Tenant, _ accept: (Item) -> Bool) -> Int {
    if let found = candidates(list, tenant) { return found.count(where: accept) }
    var number = 0
    list.visit(0) { item in
      if accept(item) { number += 1 }
      return true
    }
    return number
  }
}
