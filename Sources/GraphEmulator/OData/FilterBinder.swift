/// Finds a filter's paths in a type.
struct FilterBinder {
  let type: GraphType

  // Recursion is bounded by the parser's limit on depth.
  func bind(
    _ expression: FilterExpression,
    variable: String? = nil,
    element: GraphProperty? = nil
  ) throws(GraphFailure) -> BoundFilter {
    switch expression {
    case .and(let parts): return .and(try bindAll(parts, variable, element))
    case .or(let parts): return .or(try bindAll(parts, variable, element))
    case .not(let part): return .not(try bind(part, variable: variable, element: element))
    case .compare(let path, let comparison, let literal):
      let (bound, property) = try resolve(path, variable, element)
      try check(property, bound, literal)
      if comparison == .equal, let texts = texts(bound, property, [literal]) { return texts }
      return .compare(bound, comparison, literal)
    case .oneOf(let path, let literals):
      let (bound, property) = try resolve(path, variable, element)
      for literal in literals { try check(property, bound, literal) }
      return texts(bound, property, literals) ?? .oneOf(bound, literals)
    case .text(let test, let path, let text):
      return .text(test, try resolve(path, variable, element).path, text)
    case .any(let path, let name, let condition):
      let (bound, property) = try resolve(path, variable, element)
      guard let property, property.isCollection else { throw .invalidFilter }
      guard let condition else { return .any(bound, nil) }
      return .any(bound, try bind(condition, variable: name, element: property))
    case .count(let path, let comparison, let count):
      return .count(try resolve(path, variable, element).path, comparison, count)
    case .isOf(let name):
      guard let kind = ObjectKind(spelling: name) else { throw .invalidFilter }
      return .isOf(kind.typeName)
    }
  }

  private func bindAll(
    _ parts: [FilterExpression],
    _ variable: String?,
    _ element: GraphProperty?
  ) throws(GraphFailure) -> [BoundFilter] {
    var bound: [BoundFilter] = []
    for part in parts { bound.append(try bind(part, variable: variable, element: element)) }
    return bound
  }

  private func resolve(
    _ path: [String],
    _ variable: String?,
    _ element: GraphProperty?
  ) throws(GraphFailure) -> (path: BoundFilter.ValuePath, property: GraphProperty?) {
    if let variable, let element, path[0] == variable {
      let below = Array(path.dropFirst())
      let kind = try descend(element.kind, below)
      return (.init(number: nil, below: below, kind: kind), nil)
    }
    guard let number = type.number(of: path[0]) else { throw .unknownProperty(path[0], type) }
    let property = type.properties[number]
    let below = Array(path.dropFirst())
    let kind = try descend(property.kind, below)
    return (.init(number: number, below: below, kind: kind), below.isEmpty ? property : nil)
  }

  private func descend(
    _ kind: GraphProperty.Kind,
    _ names: [String]
  ) throws(GraphFailure) -> GraphProperty.Kind {
    var kind = kind
    for name in names {
      guard case .named(let typeName) = kind, let type = GraphTypes.named(typeName) else {
        throw .invalidFilter
      }
      guard let property = type.property(name) else { throw .unknownProperty(name, type) }
      kind = property.kind
    }
    return kind
  }

  /// Refuses a literal that the property's kind cannot hold.
  private func check(
    _ property: GraphProperty?,
    _ path: BoundFilter.ValuePath,
    _ literal: FilterExpression.Literal
  ) throws(GraphFailure) {
    if let property, property.isCollection { throw .invalidFilter }
    let fits =
      switch (path.kind, literal) {
      case (_, .null): true
      case (.boolean, .bool): true
      case (.int32, .number), (.int64, .number), (.double, .number): true
      case (.dateTime, .bare(let text)), (.dateTime, .string(let text)),
        (.date, .bare(let text)), (.date, .string(let text)):
        Timestamp(text: text) != nil
      case (.guid, .bare(let text)), (.guid, .string(let text)): ObjectID(text) != nil
      case (.string, .string), (.duration, .string), (.binary, .string), (.named, .string): true
      case (.string, .bare(let text)): ObjectID(text) != nil
      default: false
      }
    guard fits else { throw .invalidFilter }
  }

  /// The fast form of an equality of plain text properties.
  private func texts(
    _ path: BoundFilter.ValuePath,
    _ property: GraphProperty?,
    _ literals: [FilterExpression.Literal]
  ) -> BoundFilter? {
    guard let number = path.number, path.below.isEmpty, path.kind == .string || path.kind == .guid
    else { return nil }
    let texts = literals.compactMap(\.text)
    guard texts.count == literals.count else { return nil }
    return .texts(number, texts.map { FoldedText($0) })
  }
}
