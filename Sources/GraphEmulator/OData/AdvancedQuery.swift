/// The rules of the directory's advanced query capabilities (FACTS section 2.2).
enum AdvancedQuery {
  static func check(_ call: Call, _ list: List) throws {
    guard list.isDirectory else { return }
    let query = call.query
    if query.skip != nil {
      throw GraphFailure.badRequest("'$skip' is not supported by the service.")
    }
    try checkProperties(query, list.type)
    if call.isAdvanced {
      guard query.expand.isEmpty else { throw GraphFailure.expandWithIndex }
      return
    }
    // The header alone opens a search: FACTS section 2.2 asks for no count.
    if query.search != nil, call.isEventual {
      guard query.expand.isEmpty else { throw GraphFailure.expandWithIndex }
    } else if query.search != nil {
      throw GraphFailure.unsupportedQuery(
        "Request with $search query parameter only works through MSGraph with a special request "
          + "header: 'ConsistencyLevel: eventual'"
      )
    }
    if let filter = query.filter, let name = firstAdvanced(filter) {
      throw GraphFailure.unsupportedQuery(
        "Operator '\(name)' is not supported because the required parameters might be missing. "
          + "Try adding $count=true query parameter and ConsistencyLevel:eventual header. "
          + "Refer to https://aka.ms/graph-docs/advanced-queries for more information"
      )
    }
    let isSortable = query.orderBy.allSatisfy { sortable.contains($0.property) }
    if query.search == nil, !isSortable || (query.filter != nil && !query.orderBy.isEmpty) {
      throw GraphFailure.unsupportedQuery(
        "Sorting not supported for current query."
      )
    }
  }

  /// What is sorted without the index.
  private static let sortable: Set<String> = ["displayName", "userPrincipalName"]

  private static func checkProperties(
    _ query: QueryOptions,
    _ type: GraphType
  ) throws {
    guard type.name != "directoryObject" else { return }
    let unfiltered = ObjectKind(rawValue: type.name)?.traits.unfiltered ?? []
    if let filter = query.filter,
      let name = properties(of: filter).first(where: unfiltered.contains)
    {
      throw GraphFailure.unsupportedQuery(
        "The request uses a filter property that is not indexed: '\(name)'."
      )
    }
    for ordering in query.orderBy where type.property(ordering.property) == nil {
      throw GraphFailure.unknownProperty(ordering.property, type)
    }
  }

  /// The properties that a filter asks for, without those of a lambda's elements.
  // Recursion is bounded by the parser's limit on depth.
  private static func properties(of filter: Filter) -> [String] {
    switch filter {
    case .and(let parts), .or(let parts): parts.flatMap { properties(of: $0) }
    case .not(let part): properties(of: part)
    case .compare(let path, _, _), .text(_, let path, _), .any(let path, _, _):
      Array(path.prefix(1))
    }
  }

  /// The first operator that only the advanced index answers.
  // Recursion is bounded by the parser's limit on depth.
  private static func firstAdvanced(_ filter: Filter) -> String? {
    switch filter {
    case .and(let parts), .or(let parts):
      return parts.lazy.compactMap { firstAdvanced($0) }.first
    case .not: return "not"
    case .compare(let path, _, _) where path.last == "$count": return "$count"
    case .compare(_, .notEqual, _): return "ne"
    case .compare(_, _, .null): return "eq null"
    case .compare: return nil
    case .text(.endsWith, _, _): return "endsWith"
    case .text(.contains, _, _): return "contains"
    case .text: return nil
    case .any(_, _, let condition): return condition.flatMap { firstAdvanced($0) }
    }
  }
}

extension GraphFailure {
  fileprivate static let expandWithIndex = Self.unsupportedQuery(
    "Expand is not supported with advanced queries."
  )
}
