/// Values by key, in the order in which their keys were added.
struct NumberedTable<Key: NumberedKey, Value> {
  private var numbering: Numbering<Key>
  /// By the numbers of their keys.
  private(set) var values: [Value] = []

  init(capacity: Int = 0) {
    numbering = Numbering(capacity: capacity)
    values.reserveCapacity(capacity)
  }

  var keys: [Key] { numbering.keys }
  var count: Int { values.count }

  /// The number of a key; `nil` where it has none.
  func number(of key: Key) -> Int? { numbering[key] }

  /// The numbers of many keys, in their order; negative where a key has none.
  func numbers(count: Int, of key: (Int) -> Key?) -> [Int32] {
    numbering.numbers(count: count, of: key)
  }

  subscript(key: Key) -> Value? {
    get { number(of: key).map { values[$0] } }
    set {
      if let newValue {
        change(key, default: newValue) { $0 = newValue }
      } else {
        remove(key)
      }
    }
  }

  /// Changes the value of a key in its place, or adds one.
  mutating func change(
    _ key: Key,
    default value: @autoclosure () -> Value,
    _ change: (inout Value) -> Void
  ) {
    let number = numbering.add(key)
    if number == values.count { values.append(value()) }
    change(&values[number])
  }

  /// Adds a value to each of a few keys that has none, and returns the values that they then have.
  mutating func add(_ few: [Key], _ values: [Value]) -> [Value] {
    zip(numbering.add(few), values).map { number, value in
      if number == self.values.count { self.values.append(value) }
      return self.values[number]
    }
  }

  /// Takes a key out, which costs as much as there are keys.
  @discardableResult
  mutating func remove(_ key: Key) -> Value? {
    guard let number = number(of: key) else { return nil }
    let value = values[number]
    var rest = Self(capacity: count)
    for other in keys.indices where other != number { rest[keys[other]] = values[other] }
    self = rest
    return value
  }
}

extension NumberedTable: Sendable where Value: Sendable {}

extension NumberedTable: Equatable where Value: Equatable {
  /// The order means nothing.
  static func == (left: Self, right: Self) -> Bool {
    left.count == right.count
      && left.keys.indices.allSatisfy { number in
        right[left.keys[number]] == left.values[number]
      }
  }
}

extension NumberedTable: Hashable where Value: Hashable {
  func hash(into hasher: inout Hasher) { hasher.combine(count) }
}
