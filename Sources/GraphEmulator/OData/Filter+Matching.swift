extension Filter {
  /// Checks the paths and literals against a type.
  ///
  /// - Throws: 400 for a property that the type lacks, and for a literal that it cannot hold.
  // Recursion is bounded by the parser's limit on depth.
  func check(_ type: GraphType, element: (name: String, property: GraphProperty)? = nil) throws {
    switch self {
    case .and(let parts), .or(let parts):
      for part in parts { try part.check(type, element: element) }
    case .not(let part): try part.check(type, element: element)
    case .compare(let path, _, let literal):
      try Self.check(try Self.property(path, type, element), literal)
    case .text(_, let path, _): _ = try Self.property(path, type, element)
    case .any(let path, let variable, let condition):
      let property = try Self.property(path, type, element).property
      guard let property, property.isCollection else { throw GraphFailure.invalidFilter }
      try condition?.check(type, element: (variable, property))
    }
  }

  /// The property at a path, and the kind of its values; the element of a lambda is not a property.
  private static func property(
    _ path: [String],
    _ type: GraphType,
    _ element: (name: String, property: GraphProperty)?
  ) throws -> (property: GraphProperty?, kind: GraphProperty.Kind) {
    guard let first = path.first else { throw GraphFailure.invalidFilter }
    var property: GraphProperty?
    var kind: GraphProperty.Kind
    if let element, first == element.name {
      kind = element.property.kind
    } else {
      guard let own = type.property(first) else { throw GraphFailure.unknownProperty(first, type) }
      property = own
      kind = own.kind
    }
    for name in path.dropFirst() {
      if name == "$count", property?.isCollection == true { return (nil, .int32) }
      guard case .named(let inner) = kind, let type = GraphTypes.named(inner) else {
        throw GraphFailure.invalidFilter
      }
      guard let next = type.property(name) else { throw GraphFailure.unknownProperty(name, type) }
      property = nil
      kind = next.kind
    }
    return (property, kind)
  }

  private static func check(
    _ subject: (property: GraphProperty?, kind: GraphProperty.Kind),
    _ literal: Literal
  ) throws {
    let fits =
      switch (subject.kind, literal) {
      case (_, .null), (.boolean, .bool): true
      case (.int32, .number), (.int64, .number), (.double, .number): true
      case (.dateTime, .bare(let text)), (.dateTime, .string(let text)),
        (.date, .bare(let text)), (.date, .string(let text)):
        Timestamp(text: text) != nil
      case (.guid, .bare(let text)), (.guid, .string(let text)): ObjectID(text) != nil
      case (.string, .string), (.duration, .string), (.binary, .string), (.named, .string): true
      case (.string, .bare(let text)): ObjectID(text) != nil
      default: false
      }
    guard fits, subject.property?.isCollection != true else { throw GraphFailure.invalidFilter }
  }

  /// Asks the filter of an item; `element` is what an enclosing lambda looks at.
  // Recursion is bounded by the parser's limit on depth.
  func matches(_ item: Item, element: (name: String, value: JSONValue)? = nil) -> Bool {
    switch self {
    case .and(let parts): return parts.allSatisfy { $0.matches(item, element: element) }
    case .or(let parts): return parts.contains { $0.matches(item, element: element) }
    case .not(let part): return !part.matches(item, element: element)
    case .compare(let path, let comparison, let literal):
      return Self.holds(Self.value(path, item, element), comparison, literal)
    case .text(let test, let path, let text):
      guard let value = Self.value(path, item, element)?.string?.lowercased() else { return false }
      return switch test {
      case .startsWith: value.hasPrefix(text)
      case .endsWith: value.hasSuffix(text)
      case .contains: value.contains(text)
      }
    case .any(let path, let variable, let condition):
      let elements = Self.value(path, item, element)?.array ?? []
      guard let condition else { return !elements.isEmpty }
      return elements.contains { condition.matches(item, element: (variable, $0)) }
    }
  }

  private static func value(
    _ path: [String],
    _ item: Item,
    _ element: (name: String, value: JSONValue)?
  ) -> JSONValue? {
    var value = path[0] == element?.name ? element?.value : item.properties[path[0]]
    for name in path.dropFirst() {
      value = name == "$count" ? .integer(value?.array?.count ?? 0) : value?[name]
    }
    return value
  }

  /// Compares texts without regard to case, and moments as moments.
  private static func holds(
    _ value: JSONValue?,
    _ comparison: Comparison,
    _ literal: Literal
  ) -> Bool {
    let value = value.flatMap { $0.isNull ? nil : $0 }
    if literal == .null {
      return comparison == .equal ? value == nil : comparison == .notEqual && value != nil
    }
    let result: Int? =
      switch (value, literal) {
      case (.bool(let left)?, .bool(let right)): left == right ? 0 : left ? 1 : -1
      case (.integer(let left)?, .number(let right)): order(Double(left), right)
      case (.number(let left)?, .number(let right)): order(left, right)
      case (.string(let left)?, .string(let right)), (.string(let left)?, .bare(let right)):
        if right.utf8.count >= 10, let first = Timestamp(text: left),
          let second = Timestamp(text: right)
        {
          order(first, second)
        } else {
          order(left.lowercased(), right)
        }
      default: nil
      }
    guard let order = result else { return comparison == .notEqual }
    return switch comparison {
    case .equal: order == 0
    case .notEqual: order != 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    }
  }

  private static func order<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
    left == right ? 0 : left < right ? -1 : 1
  }

  /// The only objects of a kind that can match, where an index knows them; nil where all must be
  /// asked.
  // Recursion is bounded by the parser's limit on depth.
  func candidates(_ kind: ObjectKind, in tenant: Tenant) -> Set<ObjectID>? {
    switch self {
    case .and(let parts): return parts.lazy.compactMap { $0.candidates(kind, in: tenant) }.first
    case .or(let parts):
      let found = parts.compactMap { $0.candidates(kind, in: tenant) }
      return found.count == parts.count ? found.reduce(into: []) { $0.formUnion($1) } : nil
    case .compare(let path, .equal, let literal):
      return literal.text.flatMap { Self.candidates(path, [$0], kind, tenant) }
    case .any(let path, let variable, let condition?):
      return condition.elementTexts(variable).flatMap { Self.candidates(path, $0, kind, tenant) }
    default: return nil
    }
  }

  private static func candidates(
    _ path: [String],
    _ texts: [String],
    _ kind: ObjectKind,
    _ tenant: Tenant
  ) -> Set<ObjectID>? {
    guard path.count == 1 else { return nil }
    if path[0] == "id" { return Set(texts.compactMap { ObjectID($0) }) }
    guard kind.traits.indexed.contains(path[0]) else { return nil }
    return Set(texts.flatMap { tenant.find(kind, path[0], $0).map(\.id) })
  }

  /// The texts that an element must have: itself, or as `issuerAssignedId`.
  private func elementTexts(_ variable: String) -> [String]? {
    switch self {
    case .compare([variable], .equal, let literal),
      .compare([variable, "issuerAssignedId"], .equal, let literal):
      return literal.text.map { [$0] }
    case .and(let parts): return parts.lazy.compactMap { $0.elementTexts(variable) }.first
    case .or(let parts):
      let texts = parts.compactMap { $0.elementTexts(variable) }
      return texts.count == parts.count ? texts.flatMap { $0 } : nil
    default: return nil
    }
  }
}
