/// The properties of one object as ready JSON, packed into a single array.
///
/// The array holds the number of properties, then for each its number in the type and the end of
/// its value (four bytes, little end first), in ascending order, then the values.
struct Record: Sendable, Equatable {
  private var bytes: [UInt8]

  private static let entrySize = 5

  static let empty = Record(values: [:])

  /// Packs values by property number.
  init(values: [Int: [UInt8]]) {
    let numbers = values.keys.sorted().prefix(255)
    bytes = [UInt8(numbers.count)]
    let size = values.reduce(0) { $0 + $1.value.count }
    bytes.reserveCapacity(1 + numbers.count * Self.entrySize + size)
    var end = 0
    for number in numbers {
      end += values[number]?.count ?? 0
      bytes.append(UInt8(truncatingIfNeeded: number))
      for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: end >> shift)) }
    }
    for number in numbers { bytes.append(contentsOf: values[number] ?? []) }
  }

  private var count: Int { Int(bytes[0]) }

  private func number(at entry: Int) -> Int { Int(bytes[1 + entry * Self.entrySize]) }

  private func end(at entry: Int) -> Int {
    guard entry >= 0 else { return 0 }
    let start = 2 + entry * Self.entrySize
    return Int(bytes[start]) | Int(bytes[start + 1]) << 8 | Int(bytes[start + 2]) << 16
      | Int(bytes[start + 3]) << 24
  }

  private func range(at entry: Int) -> Range<Int> {
    let base = 1 + count * Self.entrySize
    return (base + end(at: entry - 1))..<(base + end(at: entry))
  }

  /// The JSON of a property; nil where the object has none.
  subscript(_ number: Int) -> ArraySlice<UInt8>? {
    for entry in 0..<count {
      let candidate = self.number(at: entry)
      if candidate == number { return bytes[range(at: entry)] }
      if candidate > number { return nil }
    }
    return nil
  }

  /// All properties with their JSON, in the order of their numbers.
  var values: [Int: [UInt8]] {
    var values: [Int: [UInt8]] = [:]
    for entry in 0..<count { values[number(at: entry)] = Array(bytes[range(at: entry)]) }
    return values
  }

  /// Returns the record with some properties replaced; nil removes one.
  func setting(_ changes: [Int: [UInt8]?]) -> Record {
    var values = self.values
    for (number, value) in changes { values[number] = value }
    return Record(values: values)
  }

  /// Appends `{…}` with the selected properties, absent ones as their fallback says, between
  /// members that are written already.
  func append(
    _ selection: Selection,
    prefix: [UInt8] = [],
    suffix: [UInt8] = [],
    to out: inout [UInt8]
  ) {
    out.append(0x7B)
    out.append(contentsOf: prefix)
    var isFirst = prefix.isEmpty
    var entry = 0
    let count = self.count
    let base = 1 + count * Self.entrySize
    for column in selection.columns {
      while entry < count, number(at: entry) < column.number { entry += 1 }
      if entry < count, number(at: entry) == column.number {
        if !isFirst { out.append(0x2C) }
        isFirst = false
        out.append(contentsOf: column.label)
        out.append(contentsOf: bytes[(base + end(at: entry - 1))..<(base + end(at: entry))])
      } else if let fallback = column.fallback {
        if !isFirst { out.append(0x2C) }
        isFirst = false
        out.append(contentsOf: fallback)
      }
    }
    if !suffix.isEmpty {
      if !isFirst { out.append(0x2C) }
      out.append(contentsOf: suffix)
    }
    out.append(0x7D)
  }
}
