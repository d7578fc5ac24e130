/// A filter whose paths are found in a type, ready to be asked of records.
indirect enum BoundFilter: Sendable {
  case and([BoundFilter])
  case or([BoundFilter])
  case not(BoundFilter)
  /// A property of the record itself with one of these texts.
  case texts(Int, [FoldedText])
  case compare(ValuePath, FilterExpression.Comparison, FilterExpression.Literal)
  case oneOf(ValuePath, [FilterExpression.Literal])
  case text(FilterExpression.TextTest, ValuePath, String)
  case any(ValuePath, BoundFilter?)
  case count(ValuePath, FilterExpression.Comparison, Int)
  case isOf(String)

  /// Where a value stands: a property of the record, or the lambda's element, and names below it.
  struct ValuePath: Sendable {
    /// The number of the record's property; nil for the element that a lambda looks at.
    let number: Int?
    let below: [String]
    let kind: GraphProperty.Kind
  }

  /// Asks the filter of a record; `element` is what an enclosing lambda looks at.
  // Recursion is bounded by the parser's limit on depth.
  func matches(_ record: Record, typeName: String, element: JSONValue? = nil) -> Bool {
    switch self {
    case .and(let parts):
      return parts.allSatisfy { $0.matches(record, typeName: typeName, element: element) }
    case .or(let parts):
      return parts.contains { $0.matches(record, typeName: typeName, element: element) }
    case .not(let part): return !part.matches(record, typeName: typeName, element: element)
    case .texts(let number, let texts):
      guard let json = record[number] else { return false }
      return texts.contains { $0.equals(json: json) }
    case .compare(let path, let comparison, let literal):
      return ValueComparison.holds(path.value(record, element), comparison, literal, path.kind)
    case .oneOf(let path, let literals):
      let value = path.value(record, element)
      return literals.contains { ValueComparison.holds(value, .equal, $0, path.kind) }
    case .text(let test, let path, let text):
      return ValueComparison.holds(path.value(record, element), test, text)
    case .any(let path, let condition):
      guard let elements = path.value(record, element)?.array else { return false }
      guard let condition else { return !elements.isEmpty }
      return elements.contains { condition.matches(record, typeName: typeName, element: $0) }
    case .count(let path, let comparison, let count):
      let elements = path.value(record, element)?.array?.count ?? 0
      return ValueComparison.holds(
        .number(String(elements)),
        comparison,
        .number(Double(count)),
        .int32
      )
    case .isOf(let name): return name == typeName
    }
  }
}

extension BoundFilter.ValuePath {
  func value(_ record: Record, _ element: JSONValue?) -> JSONValue? {
    var value: JSONValue?
    if let number {
      value = record[number].flatMap { try? JSONParser.parse(Array($0)) }
    } else {
      value = element
    }
    for name in below { value = value?[name] }
    return value
  }
}
