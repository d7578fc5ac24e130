internal import Platform

/// One object of the directory.
struct DirectoryObject: Sendable {
  let id: ObjectID
  let kind: ObjectKind
  /// Grows with every object that is put in: where a list was left off.
  let number: UInt64
  /// Its properties by name, `id` among them; one that is null is not there.
  var properties: [String: JSONValue] {
    didSet { row = Locked(nil) }
  }
  /// When it was soft-deleted.
  var deletedAt: Timestamp?
  /// The text in which a list showed it last, which copies share; a change begins anew.
  ///
  /// The only text that is kept ready: without it a page of users takes several times as long.
  private(set) var row = Locked<WrittenRow?>(nil)

  struct WrittenRow: Sendable {
    /// What is shown, and how.
    let columns: String
    let bytes: [UInt8]
  }

  func text(_ name: String) -> String? { properties[name]?.string }

  func texts(_ name: String) -> [String] {
    properties[name]?.array?.compactMap(\.string) ?? []
  }

  /// Whether a text property has this value, in whatever capitals.
  func has(_ name: String, _ text: String) -> Bool {
    self.text(name)?.lowercased() == text.lowercased()
  }

  /// The texts by which a property finds the object.
  static func indexed(_ value: JSONValue?) -> [String] {
    switch value {
    case .string(let text)?: [text.lowercased()]
    case .array(let elements)?:
      elements.compactMap { ($0.string ?? $0["issuerAssignedId"]?.string)?.lowercased() }
    default: []
    }
  }
}

/// A place in a list whose order is that of creation.
struct Place: Sendable {
  let number: UInt64
  let id: ObjectID
}

extension Array {
  /// The first place whose element meets a condition that all later elements meet too.
  func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension [Place] {
  func after(_ number: UInt64) -> ArraySlice<Place> {
    self[partitioningIndex { $0.number > number }...]
  }

  mutating func remove(_ number: UInt64) {
    let place = partitioningIndex { $0.number >= number }
    if place < count, self[place].number == number { remove(at: place) }
  }
}
