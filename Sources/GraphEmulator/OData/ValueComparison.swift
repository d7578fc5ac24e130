/// How values compare in a filter: texts without regard to case, moments as moments.
enum ValueComparison {
  static func holds(
    _ value: JSONValue?,
    _ comparison: FilterExpression.Comparison,
    _ literal: FilterExpression.Literal,
    _ kind: GraphProperty.Kind
  ) -> Bool {
    let isNull = value.map(\.isNull) ?? true
    if case .null = literal {
      switch comparison {
      case .equal: return isNull
      case .notEqual: return !isNull
      default: return false
      }
    }
    guard let value, !isNull else { return comparison == .notEqual }
    guard let order = order(value, literal, kind) else { return comparison == .notEqual }
    return switch comparison {
    case .equal: order == 0
    case .notEqual: order != 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    }
  }

  static func holds(_ value: JSONValue?, _ test: FilterExpression.TextTest, _ text: String) -> Bool
  {
    guard let candidate = value?.string?.lowercased() else { return false }
    let wanted = text.lowercased()
    return switch test {
    case .startsWith: candidate.hasPrefix(wanted)
    case .endsWith: candidate.hasSuffix(wanted)
    case .contains: candidate.contains(wanted)
    }
  }

  /// Negative, zero or positive; nil where the two cannot be compared.
  private static func order(
    _ value: JSONValue,
    _ literal: FilterExpression.Literal,
    _ kind: GraphProperty.Kind
  ) -> Int? {
    switch (value, literal) {
    case (.bool(let left), .bool(let right)): return left == right ? 0 : left ? 1 : -1
    case (.number(let text), .number(let right)):
      guard let left = Double(text) else { return nil }
      return left == right ? 0 : left < right ? -1 : 1
    case (.string(let left), _):
      guard let right = literal.text else { return nil }
      if kind == .dateTime || kind == .date, let left = Timestamp(text: left),
        let right = Timestamp(text: right)
      {
        return left == right ? 0 : left < right ? -1 : 1
      }
      let (first, second) = (left.lowercased(), right.lowercased())
      return first == second ? 0 : first < second ? -1 : 1
    default: return nil
    }
  }
}
