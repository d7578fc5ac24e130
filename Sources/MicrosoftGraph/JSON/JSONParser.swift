/// Reads a JSON text into nodes, without recursion.
struct JSONParser {
  private let bytes: [UInt8]
  private var position = 0
  private var nodes: [JSONDocument.Node] = []
  /// The containers that are open, by their positions among the nodes.
  private var open: [Int] = []

  private static let deepest = 128

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads the whole text.
  mutating func parse() throws(JSONError) -> [JSONDocument.Node] {
    guard bytes.count < Int(Int32.max), Self.isUTF8(bytes) else { throw JSONError(offset: 0) }
    nodes.reserveCapacity(bytes.count / 16)
    skipBlanks()
    try value()
    while let container = open.last {
      skipBlanks()
      if nodes[container].kind == .object {
        try member(of: container)
      } else {
        try element(of: container)
      }
    }
    skipBlanks()
    guard position == bytes.count else { throw failure }
    return nodes
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    (try? UTF8Span(validating: bytes.span)) != nil
  }

  private var failure: JSONError { JSONError(offset: position) }

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private mutating func take(_ expected: UInt8) -> Bool {
    guard byte == expected else { return false }
    position += 1
    return true
  }

  private mutating func member(of container: Int) throws(JSONError) {
    if take(UInt8(ascii: "}")) { return close(container) }
    if nodes.count > container + 1 {
      guard take(UInt8(ascii: ",")) else { throw failure }
      skipBlanks()
    }
    guard take(UInt8(ascii: "\"")) else { throw failure }
    try string()
    skipBlanks()
    guard take(UInt8(ascii: ":")) else { throw failure }
    skipBlanks()
    try value()
  }

  private mutating func element(of container: Int) throws(JSONError) {
    if take(UInt8(ascii: "]")) { return close(container) }
    if nodes.count > container + 1 {
      guard take(UInt8(ascii: ",")) else { throw failure }
      skipBlanks()
    }
    try value()
  }

  private mutating func close(_ container: Int) {
    nodes[container].end = Int32(truncatingIfNeeded: position)
    nodes[container].next = Int32(truncatingIfNeeded: nodes.count)
    open.removeLast()
  }

  private mutating func value() throws(JSONError) {
    switch byte {
    case UInt8(ascii: "{"): try begin(.object)
    case UInt8(ascii: "["): try begin(.array)
    case UInt8(ascii: "\""):
      position += 1
      try string()
    case UInt8(ascii: "t"): try word("true", .yes)
    case UInt8(ascii: "f"): try word("false", .no)
    case UInt8(ascii: "n"): try word("null", .null)
    default: try number()
    }
  }

  private mutating func begin(_ kind: JSONDocument.Kind) throws(JSONError) {
    guard open.count < Self.deepest else { throw failure }
    open.append(nodes.count)
    append(kind, from: position)
    position += 1
  }

  private mutating func append(_ kind: JSONDocument.Kind, from start: Int) {
    nodes.append(
      JSONDocument.Node(
        kind: kind,
        start: Int32(truncatingIfNeeded: start),
        end: Int32(truncatingIfNeeded: position),
        next: Int32(truncatingIfNeeded: nodes.count + 1)
      )
    )
  }

  private mutating func word(_ text: StaticString, _ kind: JSONDocument.Kind) throws(JSONError) {
    let start = position
    for expected in "\(text)".utf8 where !take(expected) { throw failure }
    append(kind, from: start)
  }

  /// Reads a string whose opening quote was taken.
  private mutating func string() throws(JSONError) {
    let start = position
    var isEscaped = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        append(isEscaped ? .escapedString : .string, from: start)
        position += 1
        return
      }
      guard byte >= 0x20 else { throw failure }
      position += 1
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        try escape()
      }
    }
    throw failure
  }

  private mutating func escape() throws(JSONError) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 1
    case UInt8(ascii: "u"):
      position += 1
      for _ in 0..<4 {
        guard let digit = byte, JSONValue.hexadecimal(digit) != nil else { throw failure }
        position += 1
      }
    default: throw failure
    }
  }

  private mutating func number() throws(JSONError) {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    append(.number, from: start)
  }

  private mutating func digits() throws(JSONError) {
    let start = position
    while let byte, (0x30...0x39).contains(byte) { position += 1 }
    guard position > start else { throw failure }
  }
}
