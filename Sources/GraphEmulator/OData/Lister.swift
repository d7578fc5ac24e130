/// Answers a list: filters, orders, pages and writes what a source offers.
struct Lister {
  let context: RequestContext
  let tenant: Tenant
  let source: ListSource

  static func reply(
    _ context: RequestContext,
    _ tenant: Tenant,
    _ source: ListSource
  ) throws(GraphFailure) -> Reply {
    try Lister(context: context, tenant: tenant, source: source).reply()
  }

  private func reply() throws(GraphFailure) -> Reply {
    try AdvancedQuery.check(context, source)
    let filter = try ItemFilter(context.query, source.type)
    let pages = try PageLimits(context, source, now: tenant.now)
    let writer = try ItemWriter(context, tenant, source)
    let search = try SearchClause(context.query.search)
    let accept: (Candidate) -> Bool = { filter.matches($0) && search.matches($0) }
    var page = page(filter: filter, pages: pages, accept: accept)
    let hasMore = page.count > pages.top
    if hasMore { page.removeLast(page.count - pages.top) }

    var out: [UInt8] = []
    out.reserveCapacity(1024 + page.reduce(0) { $0 + $1.record.size })
    out.append(contentsOf: "{".utf8)
    out.appendMember("@odata.context", context.metadata + source.context + writer.contextSuffix)
    if let count = count(pages, filter, accept) {
      out.append(contentsOf: #","@odata.count":\#(count)"#.utf8)
    }
    if hasMore, let last = page.last {
      out.append(0x2C)
      out.appendMember("@odata.nextLink", pages.nextLink(after: last))
    }
    out.append(contentsOf: #","value":["#.utf8)
    for (index, candidate) in page.enumerated() {
      if index > 0 { out.append(0x2C) }
      writer.append(candidate, to: &out)
    }
    out.append(contentsOf: "]}".utf8)
    return Reply(200, out)
  }

  /// Returns the page and one item more, where there is one.
  private func page(
    filter: ItemFilter,
    pages: PageLimits,
    accept: (Candidate) -> Bool
  ) -> [Candidate] {
    let wanted = pages.top + 1
    if let ordering = ItemOrdering(context.query.orderBy, source.type) {
      let all = (filter.lookUp(source, tenant) ?? everything()).filter(accept)
      return Array(ordering.sorted(all, after: pages.token).prefix(wanted))
    }
    let after = pages.token?.cursor ?? 0
    if let found = filter.lookUp(source, tenant) {
      return Array(found.filter { $0.cursor > after && accept($0) }.prefix(wanted))
    }
    var page: [Candidate] = []
    page.reserveCapacity(wanted)
    walk(after: after, chunk: filter.isAbsent ? wanted : 2000) { candidate in
      if accept(candidate) { page.append(candidate) }
      return page.count < wanted
    }
    return page
  }

  /// Counts only where asked on the first page; the directory does not without its header.
  private func count(
    _ pages: PageLimits,
    _ filter: ItemFilter,
    _ accept: (Candidate) -> Bool
  ) -> Int? {
    guard context.query.count, context.isEventual || !source.isDirectory, pages.token == nil else {
      return nil
    }
    return total(filter, accept)
  }

  /// Counts the items that a filter lets pass.
  private func total(_ filter: ItemFilter, _ accept: (Candidate) -> Bool) -> Int {
    if let found = filter.lookUp(source, tenant) { return found.count(where: accept) }
    var count = 0
    walk(after: 0, chunk: 5000) { candidate in
      if accept(candidate) { count += 1 }
      return true
    }
    return count
  }

  /// Answers `…/$count`: a number as plain text.
  static func count(
    _ context: RequestContext,
    _ tenant: Tenant,
    _ source: ListSource
  ) throws(GraphFailure) -> Reply {
    guard context.isEventual else { throw .badRequest("$count is not currently supported.") }
    let lister = Lister(context: context, tenant: tenant, source: source)
    let filter = try ItemFilter(context.query, source.type)
    let search = try SearchClause(context.query.search)
    let count = lister.total(filter) { filter.matches($0) && search.matches($0) }
    var reply = Reply(200, Array(String(count).utf8))
    reply.contentType = "text/plain"
    return reply
  }

  private func everything() -> [Candidate] {
    var all: [Candidate] = []
    walk(after: 0, chunk: 5000) { candidate in
      all.append(candidate)
      return true
    }
    return all
  }

  /// Visits the source's items in order until the visitor has enough.
  private func walk(after: UInt64, chunk: Int, _ visit: (Candidate) -> Bool) {
    var cursor = after
    while true {
      let candidates = source.fetch(cursor, chunk)
      for candidate in candidates where !visit(candidate) { return }
      guard candidates.count == chunk, let last = candidates.last else { return }
      cursor = last.cursor
    }
  }
}

extension [UInt8] {
  /// Appends `"name":"text"`.
  mutating func appendMember(_ name: String, _ text: String) {
    appendJSON(name)
    append(0x3A)
    appendJSON(text)
  }
}
