/// A request's JSON object, checked against a type of Graph.
struct RequestBody {
  let members: [String: JSONValue]

  init(_ members: [String: JSONValue]) { self.members = members }

  subscript(_ name: String) -> JSONValue? { members[name] }

  /// The text of a member; nil for any other value.
  func text(_ name: String) -> String? { self[name]?.string }

  func id(_ name: String) -> ObjectID? { text(name).flatMap { ObjectID($0) } }

  /// - Throws: 400 where a member is missing or null.
  func require(_ names: [String], of resource: String) throws {
    for name in names where self[name]?.isNull ?? true {
      throw GraphFailure.badRequest(
        "A value is required for property '\(name)' of resource '\(resource)'."
      )
    }
  }

  /// The properties that the body sets, null for those that it empties.
  ///
  /// Annotations, binds and navigation properties are left to the caller.
  ///
  /// - Throws: 400 for a property that the type lacks or that only the service writes, and for a
  ///   value of another kind.
  func values(of type: GraphType, refusesReadOnly: Bool = true) throws -> [String: JSONValue] {
    var values: [String: JSONValue] = [:]
    // In order, so that of several faults the same one is always reported.
    for (name, value) in members.sorted(by: { $0.key < $1.key }) where !name.contains("@") {
      guard let property = type.property(name) else {
        throw GraphFailure.unknownProperty(name, type)
      }
      guard !property.isNavigation else { continue }
      if refusesReadOnly, property.isReadOnly {
        throw GraphFailure.badRequest("Property '\(name)' is read-only and cannot be set.")
      }
      let isEmptied = value.isNull && !property.isCollection && property.isNullable
      guard isEmptied || Self.fits(value, property, depth: 0) else {
        throw GraphFailure.invalidValue(name)
      }
      values[name] = value
    }
    // Written once and never read back.
    values["passwordProfile"] = nil
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
    if let cases = declared.cases { return value.string.map { cases.contains($0) } ?? false }
    guard let members = value.members, depth < JSONValue.depthLimit,
      let type = actual(declared, value)
    else { return false }
    // The values of custom security attributes are the tenant's own.
    if type.name == "customSecurityAttributeValue" { return true }
    return members.allSatisfy { name, value in
      if name == "@odata.type" { return value.string != nil }
      guard let property = type.property(name) else { return false }
      if value.isNull { return property.isNullable && !property.isCollection }
      return fits(value, property, depth: depth + 1)
    }
  }

  /// The type that `@odata.type` names, if it is the declared one or inherits from it.
  private static func actual(_ declared: GraphType, _ value: JSONValue) -> GraphType? {
    guard let annotation = value["@odata.type"]?.string else { return declared }
    let prefix = "#microsoft.graph."
    guard annotation.hasPrefix(prefix) else { return nil }
    let name = String(annotation.dropFirst(prefix.count))
    return GraphTypes.isKind(name, of: declared.name) ? GraphTypes.named(name) : nil
  }
}
