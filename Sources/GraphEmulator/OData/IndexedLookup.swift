/// Narrows a filter to the objects that an index names.
struct IndexedLookup {
  let kind: ObjectKind
  let tenant: Tenant

  /// The objects that may match; nil where the filter is not narrowed by an index.
  // Recursion is bounded by the parser's limit on depth.
  func handles(_ filter: BoundFilter) -> Set<Handle>? {
    switch filter {
    case .and(let parts): return parts.lazy.compactMap { handles($0) }.first
    case .or(let parts):
      var union: Set<Handle> = []
      for part in parts {
        guard let found = handles(part) else { return nil }
        union.formUnion(found)
      }
      return union
    case .texts(let number, let texts): return handles(number, texts.map(\.folded))
    case .any(let path, let condition):
      guard let number = path.number, path.below.isEmpty, let condition else { return nil }
      return elementTexts(condition).flatMap { handles(number, $0) }
    default: return nil
    }
  }

  private func handles(_ number: Int, _ texts: [String]) -> Set<Handle>? {
    let name = kind.type.properties[number].name
    if name == "id" {
      return Set(texts.compactMap { ObjectID($0) }.compactMap { tenant.live($0, kind) })
    }
    guard Tenant.indexed[kind]?.contains(name) == true else { return nil }
    return Set(texts.flatMap { tenant.index[HandleIndex.key(number, kind, $0)] })
  }

  /// The texts that an element must have: itself, or as `issuerAssignedId`.
  private func elementTexts(_ condition: BoundFilter) -> [String]? {
    switch condition {
    case .compare(let path, .equal, let literal)
    where path.number == nil && (path.below.isEmpty || path.below == ["issuerAssignedId"]):
      return literal.text.map { [$0] }
    case .and(let parts): return parts.lazy.compactMap { elementTexts($0) }.first
    case .or(let parts):
      let texts = parts.compactMap { elementTexts($0) }
      return texts.count == parts.count ? texts.flatMap { $0 } : nil
    default: return nil
    }
  }
}
