internal import Access

/// One page of a list: its items, and where the next one is.
struct GraphPage {
  let items: [JSONValue]
  let next: GraphRead?

  /// Reads a page.
  ///
  /// - Throws: `malformedReply` without `value`, or with a link that does not lead onwards in the
  ///   same Graph: a page that cannot be read must never look like the last one.
  init(_ reply: GraphReply, of read: GraphRead, in endpoints: GraphEndpoints) throws(TenantError) {
    guard reply.isSuccess else { throw reply.error(read.operation) }
    guard let body = reply.body, let items = body["value"]?.elements else {
      throw Self.malformed("a page without its `value`", reply, read)
    }
    self.items = items
    guard let link = body["@odata.nextLink"] else {
      next = nil
      return
    }
    guard let text = link.string, let next = read.next(text, in: endpoints) else {
      throw Self.malformed("a page whose next link does not lead onwards", reply, read)
    }
    self.next = next
  }

  private static func malformed(
    _ message: String,
    _ reply: GraphReply,
    _ read: GraphRead
  ) -> TenantError {
    TenantError(
      .malformedReply,
      operation: read.operation.words,
      status: reply.status,
      message: message,
      requestID: reply.requestID
    )
  }
}
