/// The properties of one object as ready JSON, packed into a single array.
///
/// The array holds the number of properties; then for each its number in the type, the length of
/// its label, and the end of its text (four bytes, little end first), in ascending order of the
/// numbers; then the texts, each as `"name":value,`. Neighbours that are both shown are thus
/// written as one piece.
struct Record: Sendable, Equatable {
  private let bytes: [UInt8]

  private static let entrySize = 6

  static let empty = Record(values: [:], GraphTypes.known("entity"))

  /// Packs values by property number.
  init(values: [Int: [UInt8]], _ type: GraphType) {
    let numbers = values.keys.sorted().prefix(255)
    var header = [UInt8(numbers.count)]
    var texts: [UInt8] = []
    texts.reserveCapacity(values.reduce(0) { $0 + $1.value.count + 24 })
    header.reserveCapacity(1 + numbers.count * Self.entrySize)
    for number in numbers {
      let label = type.labels[number]
      texts.append(contentsOf: label)
      texts.append(contentsOf: values[number] ?? [])
      texts.append(0x2C)
      header.append(UInt8(truncatingIfNeeded: number))
      header.append(UInt8(truncatingIfNeeded: label.count))
      for shift in [0, 8, 16, 24] {
        header.append(UInt8(truncatingIfNeeded: texts.count >> shift))
      }
    }
    bytes = header + texts
  }

  /// The size in memory, which bounds what is written of it.
  var size: Int { bytes.count }

  private var count: Int { Int(bytes[0]) }

  private func number(at entry: Int) -> Int { Int(bytes[1 + entry * Self.entrySize]) }

  private func end(at entry: Int) -> Int {
    guard entry >= 0 else { return 0 }
    let start = 3 + entry * Self.entrySize
    return Int(bytes[start]) | Int(bytes[start + 1]) << 8 | Int(bytes[start + 2]) << 16
      | Int(bytes[start + 3]) << 24
  }

  /// Where the value of an entry stands, without label and comma.
  private func range(at entry: Int) -> Range<Int> {
    let base = 1 + count * Self.entrySize
    let label = Int(bytes[2 + entry * Self.entrySize])
    return (base + end(at: entry - 1) + label)..<(base + end(at: entry) - 1)
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

  /// All properties with their JSON, by number.
  var values: [Int: [UInt8]] {
    var values: [Int: [UInt8]] = [:]
    for entry in 0..<count { values[number(at: entry)] = Array(bytes[range(at: entry)]) }
    return values
  }

  /// Returns the record with some properties replaced; nil removes one.
  func setting(_ changes: [Int: [UInt8]?], _ type: GraphType) -> Record {
    var values = self.values
    for (number, value) in changes { values[number] = value }
    return Record(values: values, type)
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
    if !prefix.isEmpty {
      out.append(contentsOf: prefix)
      out.append(0x2C)
    }
    appendColumns(selection, to: &out)
    if !suffix.isEmpty {
      out.append(contentsOf: suffix)
      out.append(0x2C)
    }
    // The last member's comma gives way to the end.
    if out.last == 0x2C { out[out.count - 1] = 0x7D } else { out.append(0x7D) }
  }

  private func appendColumns(_ selection: Selection, to out: inout [UInt8]) {
    let count = self.count
    let base = 1 + count * Self.entrySize
    var present = PropertyMask()
    var shown = 0
    var start = -1
    for entry in 0..<count {
      let number = self.number(at: entry)
      if selection.mask.contains(number) {
        present.insert(number)
        shown += 1
        if start < 0 { start = end(at: entry - 1) }
      } else if start >= 0 {
        out.append(contentsOf: bytes[(base + start)..<(base + end(at: entry - 1))])
        start = -1
      }
    }
    if start >= 0 { out.append(contentsOf: bytes[(base + start)..<(base + end(at: count - 1))]) }
    guard shown < selection.columns.count else { return }
    for column in selection.columns where !present.contains(column.number) {
      out.append(contentsOf: column.fallback)
    }
  }
}
