/// Holds a request's JSON to a type of Graph and packs it for the store.
struct BodyReader {
  let type: GraphType
  /// Whether properties that only the service writes are refused.
  var refusesReadOnly = true

  /// Reads an object's members; annotations and binds are left to the caller.
  ///
  /// - Throws: 400 for a property that the type lacks, or a value of another kind.
  func read(_ members: [JSONValue.Member]) throws(GraphFailure) -> [Int: [UInt8]?] {
    var values: [Int: [UInt8]?] = [:]
    for member in members where !member.name.contains("@") {
      guard let number = type.number(of: member.name) else {
        throw .unknownProperty(member.name, type)
      }
      let property = type.properties[number]
      guard !property.isNavigation else { continue }
      if refusesReadOnly, property.isReadOnly {
        throw .badRequest("Property '\(member.name)' is read-only and cannot be set.")
      }
      if member.value.isNull, !property.isCollection {
        guard property.isNullable else { throw .invalidValue(member.name) }
        values[number] = .some(nil)
        continue
      }
      guard Self.fits(member.value, property, depth: 0) else { throw .invalidValue(member.name) }
      values[number] = member.value.bytes
    }
    return values
  }

  // Recursion is bounded by the JSON parser's limit on depth.
  private static func fits(_ value: JSONValue, _ property: GraphProperty, depth: Int) -> Bool {
    guard property.isCollection else { return fits(value, property.kind, depth: depth) }
    guard let elements = value.array else { return false }
    return elements.allSatisfy { !$0.isNull && fits($0, property.kind, depth: depth) }
  }

  private static func fits(_ value: JSONValue, _ kind: GraphProperty.Kind, depth: Int) -> Bool {
    switch kind {
    case .string, .binary, .duration: value.string != nil
    case .boolean: value.bool != nil
    case .int32: value.integer.map { Int32(exactly: $0) != nil } ?? false
    case .int64: value.integer != nil
    case .double: value.double != nil
    case .dateTime: value.string.map { $0.contains("T") && Timestamp(text: $0) != nil } ?? false
    case .date: value.string.map { $0.utf8.count == 10 && Timestamp(text: $0) != nil } ?? false
    case .guid: value.string.map { ObjectID($0) != nil } ?? false
    case .untyped: value.members != nil
    case .named(let name): fits(value, named: name, depth: depth)
    }
  }

  private static func fits(_ value: JSONValue, named name: String, depth: Int) -> Bool {
    guard let declared = GraphTypes.named(name) else { return false }
    if let cases = declared.cases {
      return value.string.map { cases.contains($0) } ?? false
    }
    guard let members = value.members, depth < JSONParser.depthLimit else { return false }
    guard let type = actual(declared, members) else { return false }
    // The values of custom security attributes are the tenant's own.
    if type.name == "customSecurityAttributeValue" { return true }
    return members.allSatisfy { member in
      if member.name == "@odata.type" { return member.value.string != nil }
      guard let property = type.property(member.name) else { return false }
      if member.value.isNull { return property.isNullable && !property.isCollection }
      return fits(member.value, property, depth: depth + 1)
    }
  }

  /// The type that `@odata.type` names, if it is the declared one or inherits from it.
  private static func actual(_ declared: GraphType, _ members: [JSONValue.Member]) -> GraphType? {
    guard let annotation = members.first(where: { $0.name == "@odata.type" })?.value.string else {
      return declared
    }
    let prefix = "#microsoft.graph."
    guard annotation.hasPrefix(prefix) else { return nil }
    let name = String(annotation.dropFirst(prefix.count))
    return GraphTypes.isKind(name, of: declared.name) ? GraphTypes.named(name) : nil
  }
}
