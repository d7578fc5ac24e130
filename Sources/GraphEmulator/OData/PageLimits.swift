/// How much of a list one reply shows, and where it starts.
struct PageLimits {
  let top: Int
  let token: PageToken?
  private let context: RequestContext
  private let now: Timestamp
  private let type: GraphType

  /// - Throws: 400 for a page size out of range and for a token that is damaged or of another list.
  init(
    _ context: RequestContext,
    _ source: ListSource,
    now: Timestamp
  ) throws(GraphFailure) {
    self.context = context
    self.now = now
    type = source.type
    let wanted = context.query.top ?? source.defaultTop
    top = min(wanted, source.silentMaximum)
    guard (1...source.maximumTop).contains(wanted) else {
      throw .unsupportedQuery(
        "Invalid page size specified: '\(wanted)'. Must be between 1 and \(source.maximumTop) "
          + "inclusive."
      )
    }
    token = try context.query.skipToken.map { text throws(GraphFailure) in
      guard let token = PageToken(text), token.fingerprint == Self.fingerprint(context) else {
        throw .badRequest("Invalid value '\(text)' for $skiptoken query option found.")
      }
      return token
    }
  }

  private static func fingerprint(_ context: RequestContext) -> UInt64 {
    PageToken.fingerprint(context.path, context.query.repeated)
  }

  func nextLink(after last: Candidate) -> String {
    let token = PageToken(
      cursor: last.cursor,
      issuedAt: now,
      fingerprint: Self.fingerprint(context),
      key: ItemOrdering(context.query.orderBy, type)?.key(of: last) ?? []
    )
    let parameters = context.query.repeated.map(String.init) + ["$skiptoken=\(token.text)"]
    return "\(context.base)/\(context.version)\(context.path)?"
      + parameters.joined(separator: "&")
  }
}
