internal import Access
internal import Git

/// Writes numbers, names and texts one after the other; each text once.
struct ByteWriter {
  private(set) var body: [UInt8] = []
  private var texts: [String] = []
  private var indices: [Spelling: Int] = [:]

  /// A text by its bytes: two that only look the same are two.
  private struct Spelling: Hashable {
    let text: String
    private let isASCII: Bool

    init(_ text: String) {
      self.text = text
      isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    }

    static func == (left: Self, right: Self) -> Bool {
      // Of texts in ASCII, the equal ones have equal bytes, and that is found faster.
      left.isASCII && right.isASCII
        ? left.text == right.text : left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(text) }
  }

  /// The texts, then what was written of them.
  func finished() -> [UInt8] {
    var head = ByteWriter()
    head.write(texts.count)
    for text in texts {
      head.write(text.utf8.count)
      head.body += text.utf8
    }
    return head.body + body
  }

  mutating func write(byte: UInt8) { body.append(byte) }
  mutating func write(_ flag: Bool) { body.append(flag ? 1 : 0) }

  /// Writes a number that is not negative, seven bits in a byte.
  mutating func write(_ number: Int) {
    var rest = UInt64(max(0, number))
    while rest >= 0x80 {
      body.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    body.append(UInt8(rest))
  }

  mutating func write(_ number: Int64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      body.append(UInt8(truncatingIfNeeded: number >> Int64(shift)))
    }
  }

  mutating func write(_ id: GUID) {
    write(Int64(bitPattern: id.high))
    write(Int64(bitPattern: id.low))
  }

  mutating func write(_ id: ObjectID) { body += id.bytes }

  mutating func write(_ text: String) {
    let spelling = Spelling(text)
    if let index = indices[spelling] { return write(index) }
    indices[spelling] = texts.count
    write(texts.count)
    texts.append(text)
  }

  mutating func write<Value>(_ value: Value?, _ body: (inout Self, Value) -> Void) {
    write(value != nil)
    if let value { body(&self, value) }
  }

  mutating func write<Values: Collection>(
    _ values: Values,
    _ body: (inout Self, Values.Element) -> Void
  ) {
    write(values, count: values.count, body)
  }

  /// Writes a sequence of a length that is known.
  mutating func write<Values: Sequence>(
    _ values: Values,
    count: Int,
    _ body: (inout Self, Values.Element) -> Void
  ) {
    write(count)
    for value in values { body(&self, value) }
  }
}
