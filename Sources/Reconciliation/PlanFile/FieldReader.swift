internal import Access

/// Reads the members of one JSON object, each once, and refuses unknown ones.
struct FieldReader {
  private var members: [String: CanonicalJSON]
  let path: String

  init(_ value: CanonicalJSON, _ path: String) throws(PlanFileError) {
    guard case .object(let members) = value else {
      throw PlanFileError(kind: .malformed, place: path)
    }
    self.members = members
    self.path = path
  }

  func malformed(_ key: String) -> PlanFileError {
    PlanFileError(kind: .malformed, place: path.isEmpty ? key : "\(path).\(key)")
  }

  mutating func take(_ key: String) throws(PlanFileError) -> CanonicalJSON {
    guard let value = members.removeValue(forKey: key) else { throw malformed(key) }
    return value
  }

  func has(_ key: String) -> Bool { members[key] != nil }

  mutating func string(_ key: String) throws(PlanFileError) -> String {
    guard case .string(let text) = try take(key) else { throw malformed(key) }
    return text
  }

  mutating func text(_ key: String) throws(PlanFileError) -> String? {
    switch try take(key) {
    case .string(let text): return text
    case .null: return nil
    default: throw malformed(key)
    }
  }

  mutating func bool(_ key: String) throws(PlanFileError) -> Bool {
    guard case .bool(let value) = try take(key) else { throw malformed(key) }
    return value
  }

  mutating func integer(_ key: String) throws(PlanFileError) -> Int {
    guard case .integer(let value) = try take(key) else { throw malformed(key) }
    return Int(value)
  }

  mutating func moment(_ key: String) throws(PlanFileError) -> Moment {
    guard case .integer(let value) = try take(key) else { throw malformed(key) }
    return Moment(seconds: value)
  }

  /// A value that a type makes of a text; a text that it refuses is an error.
  mutating func value<Value>(
    _ key: String,
    _ make: (String) -> Value?
  ) throws(PlanFileError) -> Value {
    guard let value = make(try string(key)) else { throw malformed(key) }
    return value
  }

  mutating func optional<Value>(
    _ key: String,
    _ make: (String) -> Value?
  ) throws(PlanFileError) -> Value? {
    guard let text = try text(key) else { return nil }
    guard let value = make(text) else { throw malformed(key) }
    return value
  }

  mutating func array<Item>(
    _ key: String,
    _ make: (CanonicalJSON, String) throws(PlanFileError) -> Item
  ) throws(PlanFileError) -> [Item] {
    guard case .array(let items) = try take(key) else { throw malformed(key) }
    var made: [Item] = []
    made.reserveCapacity(items.count)
    for (index, item) in items.enumerated() {
      made.append(try make(item, "\(path).\(key).\(index)"))
    }
    return made
  }

  /// A member that is an object or `null`.
  mutating func object<Value>(
    _ key: String,
    _ make: (CanonicalJSON, String) throws(PlanFileError) -> Value
  ) throws(PlanFileError) -> Value? {
    let value = try take(key)
    return value == .null ? nil : try make(value, "\(path).\(key)")
  }

  /// Refuses members that were not read.
  func end() throws(PlanFileError) {
    if let key = members.keys.min() { throw malformed(key) }
  }
}
