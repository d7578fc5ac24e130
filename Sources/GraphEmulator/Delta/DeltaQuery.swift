/// What a delta query tracks: fixed by its first request, carried on by its tokens.
struct DeltaQuery: Sendable {
  let kinds: [ObjectKind]
  /// Nil tracks the default properties.
  let select: [String]?
  /// Nil tracks every object of the kinds.
  let ids: Set<ObjectID>?

  /// FACTS section 2.3: the most identifiers that a filter may name.
  static let idLimit = 50

  /// Reads the options of a first request.
  ///
  /// - Throws: 400 for options that delta queries do not know.
  init(_ query: QueryOptions, _ kinds: [ObjectKind]) throws(GraphFailure) {
    for name in ["top", "expand", "orderby", "search", "skip"] where query.names.contains(name) {
      throw .unsupportedQuery("The query option '$\(name)' is not supported by a delta query.")
    }
    var tracked = kinds
    var ids: Set<ObjectID>?
    if let filter = query.filter {
      if kinds.count > 1, let named = Self.kinds(filter) {
        tracked = named
      } else {
        ids = try Self.ids(filter)
      }
    }
    for name in query.select ?? [] {
      guard tracked.contains(where: { $0.type.number(of: name) != nil }) else {
        throw .unknownProperty(name, tracked[0].type)
      }
    }
    self.kinds = tracked
    self.ids = ids
    select = query.select
  }

  init(kinds: [ObjectKind], select: [String]?, ids: Set<ObjectID>?) {
    self.kinds = kinds
    self.select = select
    self.ids = ids
  }

  /// Whether the members of groups are reported.
  var includesMembers: Bool { kinds == [.group] && select?.contains("members") ?? true }

  func names(of kind: ObjectKind) -> [String] {
    guard let select else { return DefaultProperties.names(of: kind.type) }
    return ["id"] + select.filter { $0 != "members" }
  }

  /// Reads `id eq '…' or id eq '…'`.
  private static func ids(_ filter: FilterExpression) throws(GraphFailure) -> Set<ObjectID> {
    var parts = [filter]
    if case .or(let alternatives) = filter { parts = alternatives }
    guard parts.count <= idLimit else {
      throw .badRequest("The filter of a delta query may name at most \(idLimit) objects.")
    }
    var ids: Set<ObjectID> = []
    for part in parts {
      guard case .compare(["id"], .equal, let literal) = part,
        let id = literal.text.flatMap({ ObjectID($0) })
      else {
        throw .unsupportedQuery("A delta query can be filtered by identifiers only.")
      }
      ids.insert(id)
    }
    return ids
  }

  /// Reads `isof('microsoft.graph.user') or isof('microsoft.graph.group')`.
  private static func kinds(_ filter: FilterExpression) -> [ObjectKind]? {
    var parts = [filter]
    if case .or(let alternatives) = filter { parts = alternatives }
    let kinds = parts.compactMap { part -> ObjectKind? in
      guard case .isOf(let name) = part else { return nil }
      return ObjectKind(spelling: name)
    }
    return kinds.count == parts.count ? kinds : nil
  }
}
