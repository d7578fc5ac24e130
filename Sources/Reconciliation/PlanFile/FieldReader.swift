internal import Access

/// Reads members of one JSON object.
struct FieldReader {
  private let members: [String: CanonicalJSON]
  private let path: String

  init(_ value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    guard case .object(let members) = value else {
      throw PlanFileError(kind: .malformed, place: path)
    }
    self.members = members
    self.path = path
  }

  func malformed(_ key: String) -> PlanFileError {
    PlanFileError(kind: .malformed, place: place(key))
  }

  private func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  func has(_ key: String) -> Bool { members[key] != nil }

  func integer(_ key: String) throws(PlanFileError) -> Int64 {
    guard case .integer(let value)? = members[key] else { throw malformed(key) }
    return value
  }

  /// A value that some type makes of a text, and refuses to make of another.
  func value<Value>(_ key: String, _ make: (String) -> Value?) throws(PlanFileError) -> Value {
    guard case .string(let text)? = members[key], let value = make(text) else {
      throw malformed(key)
    }
    return value
  }

  func values<Value>(_ key: String, _ make: (String) -> Value?) throws(PlanFileError) -> [Value] {
    var values: [Value] = []
    for item in try array(key) {
      guard case .string(let text) = item, let value = make(text) else { throw malformed(key) }
      values.append(value)
    }
    return values
  }

  func array(_ key: String) throws(PlanFileError) -> [CanonicalJSON] {
    guard case .array(let items)? = members[key] else { throw malformed(key) }
    return items
  }

  func object(_ key: String) throws(PlanFileError) -> FieldReader {
    try FieldReader(members[key] ?? .null, place(key))
  }

  /// A member that may be missing.
  func optionalObject(_ key: String) throws(PlanFileError) -> FieldReader? {
    members[key] == nil ? nil : try object(key)
  }
}
