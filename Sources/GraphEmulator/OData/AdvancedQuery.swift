/// The rules of the directory's advanced query capabilities (FACTS section 2.2).
enum AdvancedQuery {
  static func check(_ context: RequestContext, _ source: ListSource) throws(GraphFailure) {
    guard source.isDirectory else { return }
    let query = context.query
    if query.skip != nil { throw .badRequest("'$skip' is not supported by the service.") }
    if context.isAdvanced {
      if !query.expand.isEmpty {
        throw .unsupportedQuery("Expand is not supported with advanced queries.")
      }
      return
    }
    if query.search != nil {
      throw .unsupportedQuery(
        "Request with $search query parameter only works through MSGraph with a special request "
          + "header: 'ConsistencyLevel: eventual'"
      )
    }
    if let filter = query.filter, let name = firstAdvanced(filter) {
      throw .unsupportedQuery(
        "Operator '\(name)' is not supported because the required parameters might be missing. "
          + "Try adding $count=true query parameter and ConsistencyLevel:eventual header. "
          + "Refer to https://aka.ms/graph-docs/advanced-queries for more information"
      )
    }
    if query.filter != nil, !query.orderBy.isEmpty {
      throw .unsupportedQuery(
        "Sorting not supported for current query."
      )
    }
  }

  /// The first operator that only the advanced index answers.
  // Recursion is bounded by the parser's limit on depth.
  private static func firstAdvanced(_ filter: FilterExpression) -> String? {
    switch filter {
    case .and(let parts), .or(let parts):
      return parts.lazy.compactMap { firstAdvanced($0) }.first
    case .not: return "not"
    case .compare(_, .notEqual, _): return "ne"
    case .compare(_, _, .null): return "eq null"
    case .compare, .oneOf, .isOf: return nil
    case .text(.endsWith, _, _): return "endsWith"
    case .text(.contains, _, _): return "contains"
    case .text: return nil
    case .any(_, _, let condition): return condition.flatMap { firstAdvanced($0) }
    case .count: return "$count"
    }
  }
}
