internal import Access
internal import Git

/// Reads what a `ByteWriter` wrote; whatever else it is given, it fails and does not trap.
struct ByteReader {
  private let bytes: [UInt8]
  private var position: Int
  private var texts: [String] = []

  /// The bytes are not what a writer wrote.
  struct Damaged: Error {}

  init(_ bytes: [UInt8], at position: Int) throws(Damaged) {
    self.bytes = bytes
    self.position = position
    let count = try number()
    texts.reserveCapacity(min(count, bytes.count))
    for _ in 0..<count {
      let length = try number()
      texts.append(String(decoding: try take(length), as: UTF8.self))
    }
  }

  var isAtEnd: Bool { position == bytes.count }

  mutating func byte() throws(Damaged) -> UInt8 {
    guard position < bytes.count else { throw Damaged() }
    position += 1
    return bytes[position - 1]
  }

  mutating func flag() throws(Damaged) -> Bool {
    let byte = try byte()
    guard byte <= 1 else { throw Damaged() }
    return byte == 1
  }

  mutating func number() throws(Damaged) -> Int {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 56, by: 7) {
      let byte = try byte()
      value |= UInt64(byte & 0x7F) << UInt64(shift)
      if byte < 0x80 { return Int(value) }
    }
    throw Damaged()
  }

  /// How many values follow.
  mutating func count() throws(Damaged) -> Int {
    let count = try number()
    // Each value takes a byte at least, so that a damaged count cannot ask for more memory.
    guard count <= bytes.count - position else { throw Damaged() }
    return count
  }

  mutating func wide() throws(Damaged) -> Int64 {
    var value: Int64 = 0
    for (index, byte) in try take(8).enumerated() { value |= Int64(byte) << Int64(index * 8) }
    return value
  }

  mutating func guid() throws(Damaged) -> GUID {
    GUID(high: UInt64(bitPattern: try wide()), low: UInt64(bitPattern: try wide()))
  }

  mutating func id() throws(Damaged) -> ObjectID {
    guard let id = ObjectID(bytes: try take(ObjectID.byteCount)) else { throw Damaged() }
    return id
  }

  mutating func text() throws(Damaged) -> String {
    let index = try number()
    guard index < texts.count else { throw Damaged() }
    return texts[index]
  }

  mutating func optional<Value>(
    _ body: (inout Self) throws(Damaged) -> Value
  ) throws(Damaged) -> Value? {
    try flag() ? try body(&self) : nil
  }

  mutating func list<Value>(
    _ body: (inout Self) throws(Damaged) -> Value
  ) throws(Damaged) -> [Value] {
    let count = try count()
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try body(&self)) }
    return values
  }

  private mutating func take(_ count: Int) throws(Damaged) -> ArraySlice<UInt8> {
    guard count <= bytes.count - position else { throw Damaged() }
    position += count
    return bytes[(position - count)..<position]
  }
}
