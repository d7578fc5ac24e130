/// A request's `$filter` bound to the types of a list's items.
struct ItemFilter {
  private var filters: [String: BoundFilter] = [:]
  private let isMixed: Bool
  private let typeName: String
  let isAbsent: Bool

  init(_ query: QueryOptions, _ type: GraphType) throws(GraphFailure) {
    typeName = type.name
    isAbsent = query.filter == nil
    isMixed = type.name == "directoryObject"
    guard let expression = query.filter else { return }
    guard isMixed else {
      filters[type.name] = try FilterBinder(type: type).bind(expression)
      return
    }
    var failure: GraphFailure?
    for kind in ObjectKind.allCases {
      do throws(GraphFailure) {
        filters[kind.typeName] = try FilterBinder(type: kind.type).bind(expression)
      } catch {
        failure = error
      }
    }
    if filters.isEmpty, let failure { throw failure }
  }

  func matches(_ candidate: Candidate) -> Bool {
    guard !isAbsent else { return true }
    let name = isMixed ? candidate.kind?.typeName ?? typeName : typeName
    return filters[name]?.matches(candidate.record, typeName: name) ?? false
  }

  /// The only candidates that can match, where an index knows them; nil where all must be asked.
  func lookUp(_ source: ListSource, _ tenant: Tenant) -> [Candidate]? {
    guard let kind = source.indexedKind, let filter = filters[typeName],
      let handles = IndexedLookup(kind: kind, tenant: tenant).handles(filter)
    else { return nil }
    return handles.sorted().compactMap { tenant.candidate($0) }
  }
}
