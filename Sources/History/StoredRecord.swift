internal import Access
internal import FoundationEssentials

/// A value as the cache keeps it: its numbers in the order in which they are asked for, and its texts,
/// each once.
///
/// As objects with names the same JSON takes longer to read than the files that it saves reading.
package struct StoredRecord {
  private var content = Content()
  private var indices: [[UInt8]: Int] = [:]
  private var next = 0

  private struct Content: Codable {
    var texts: [String] = []
    var numbers: [Int] = []
  }

  /// The record does not hold what is asked of it.
  package struct Damaged: Error {}

  init() {}

  /// Takes what `encoded` yielded; `nil` for anything else.
  package init?(_ bytes: [UInt8]) {
    guard let content = try? JSONDecoder().decode(Content.self, from: Data(bytes)) else {
      return nil
    }
    self.content = content
  }

  var encoded: [UInt8]? { (try? JSONEncoder().encode(content)).map { Array($0) } }

  mutating func write(_ number: Int) { content.numbers.append(number) }

  // By their bytes: two texts that only look the same are two.
  mutating func write(_ text: String) {
    let bytes = Array(text.utf8)
    if let index = indices[bytes] { return write(index) }
    indices[bytes] = content.texts.count
    write(content.texts.count)
    content.texts.append(text)
  }

  mutating func write(_ id: GUID) {
    write(Int(bitPattern: UInt(id.high)))
    write(Int(bitPattern: UInt(id.low)))
  }

  mutating func write<Value>(_ value: Value?, _ body: (inout Self, Value) -> Void) {
    write(value == nil ? 0 : 1)
    if let value { body(&self, value) }
  }

  mutating func write<Values: Sequence>(
    list values: Values,
    _ body: (inout Self, Values.Element) -> Void
  ) {
    let values = Array(values)
    write(values.count)
    for value in values { body(&self, value) }
  }

  mutating func number() throws(Damaged) -> Int {
    guard next < content.numbers.count else { throw Damaged() }
    next += 1
    return content.numbers[next - 1]
  }

  /// A number below a bound.
  mutating func number(below bound: Int) throws(Damaged) -> Int {
    let number = try number()
    guard (0..<bound).contains(number) else { throw Damaged() }
    return number
  }

  mutating func text() throws(Damaged) -> String {
    content.texts[try number(below: content.texts.count)]
  }

  mutating func guid() throws(Damaged) -> GUID {
    GUID(high: UInt64(UInt(bitPattern: try number())), low: UInt64(UInt(bitPattern: try number())))
  }

  mutating func optional<Value>(
    _ body: (inout Self) throws(Damaged) -> Value
  ) throws(Damaged) -> Value? {
    try number(below: 2) == 1 ? try body(&self) : nil
  }

  mutating func list<Value>(
    _ body: (inout Self) throws(Damaged) -> Value
  ) throws(Damaged) -> [Value] {
    // Each value takes a number at least, so that a damaged count cannot ask for more memory.
    let count = try number(below: content.numbers.count - next + 1)
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try body(&self)) }
    return values
  }

  /// Calls `body` for as many values as were written.
  mutating func dictionary<Value>(
    _ body: (inout Self) throws(Damaged) -> Value
  ) throws(Damaged) -> [String: Value] {
    let pairs = try list { (record) throws(Damaged) in (try record.text(), try body(&record)) }
    return Dictionary(pairs) { first, _ in first }
  }

  mutating func unwrapped<Value>(_ value: Value?) throws(Damaged) -> Value {
    guard let value else { throw Damaged() }
    return value
  }

  mutating func address() throws(Damaged) -> EmailAddress {
    try unwrapped(EmailAddress(normalised: try text()))
  }

  mutating func moment() throws(Damaged) -> Moment { Moment(seconds: Int64(try number())) }
}
