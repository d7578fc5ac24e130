/// Reads JSON (RFC 8259) strictly, with a limit on depth; duplicate names are refused.
package struct JSONParser {
  private let bytes: [UInt8]
  private var position = 0

  /// Levels of nesting that are accepted.
  package static let depthLimit = 64

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads one document that takes up all the bytes.
  package static func parse(_ bytes: [UInt8]) throws(JSONFault) -> JSONValue {
    var parser = JSONParser(bytes)
    parser.skipSpace()
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.position == bytes.count else { throw parser.fault }
    return value
  }

  private var fault: JSONFault { JSONFault(offset: position) }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }

  private func peek() throws(JSONFault) -> UInt8 {
    guard position < bytes.count else { throw fault }
    return bytes[position]
  }

  private mutating func expect(_ byte: UInt8) throws(JSONFault) {
    guard try peek() == byte else { throw fault }
    position += 1
  }

  // Recursion is bounded by `depthLimit`.
  private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
    guard depth <= Self.depthLimit else { throw fault }
    switch try peek() {
    case 0x7B: return try object(depth: depth)
    case 0x5B: return try array(depth: depth)
    case 0x22: return .string(try string())
    case 0x74: return try word("true", .bool(true))
    case 0x66: return try word("false", .bool(false))
    case 0x6E: return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(
    _ text: StaticString,
    _ value: JSONValue
  ) throws(JSONFault) -> JSONValue {
    for byte in text.description.utf8 { try expect(byte) }
    return value
  }

  private mutating func object(depth: Int) throws(JSONFault) -> JSONValue {
    try expect(0x7B)
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    skipSpace()
    if try peek() == 0x7D {
      position += 1
      return .object([])
    }
    while true {
      skipSpace()
      let name = try string()
      guard names.insert(name).inserted else { throw fault }
      skipSpace()
      try expect(0x3A)
      skipSpace()
      members.append(.init(name, try value(depth: depth + 1)))
      skipSpace()
      if try peek() == 0x7D { break }
      try expect(0x2C)
    }
    position += 1
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONFault) -> JSONValue {
    try expect(0x5B)
    var elements: [JSONValue] = []
    skipSpace()
    if try peek() == 0x5D {
      position += 1
      return .array([])
    }
    while true {
      skipSpace()
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if try peek() == 0x5D { break }
      try expect(0x2C)
    }
    position += 1
    return .array(elements)
  }

  private mutating func number() throws(JSONFault) -> JSONValue {
    let start = position
    if try peek() == 0x2D { position += 1 }
    if try peek() == 0x30 { position += 1 } else { try digits() }
    if position < bytes.count, bytes[position] == 0x2E {
      position += 1
      try digits()
    }
    if position < bytes.count, bytes[position] | 0x20 == 0x65 {
      position += 1
      let sign = try peek()
      if sign == 0x2B || sign == 0x2D { position += 1 }
      try digits()
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func digits() throws(JSONFault) {
    guard (0x30...0x39).contains(try peek()) else { throw fault }
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
  }

  private mutating func string() throws(JSONFault) -> String {
    try expect(0x22)
    let start = position
    while try peek() != 0x22, bytes[position] != 0x5C, bytes[position] >= 0x20 { position += 1 }
    var collected = Array(bytes[start..<position])
    while try peek() != 0x22 {
      guard bytes[position] >= 0x20 else { throw fault }
      if bytes[position] == 0x5C {
        try escape(into: &collected)
      } else {
        collected.append(bytes[position])
        position += 1
      }
    }
    position += 1
    guard let text = String(validating: collected, as: UTF8.self) else { throw fault }
    return text
  }

  private mutating func escape(into collected: inout [UInt8]) throws(JSONFault) {
    position += 1
    let code = try peek()
    position += 1
    switch code {
    case 0x22, 0x5C, 0x2F: collected.append(code)
    case 0x62: collected.append(0x08)
    case 0x66: collected.append(0x0C)
    case 0x6E: collected.append(0x0A)
    case 0x72: collected.append(0x0D)
    case 0x74: collected.append(0x09)
    case 0x75: collected.append(contentsOf: String(try scalar()).utf8)
    default: throw fault
    }
  }

  private mutating func scalar() throws(JSONFault) -> Unicode.Scalar {
    let first = try unit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard (0xD800..<0xDC00).contains(first) else { throw fault }
    try expect(0x5C)
    try expect(0x75)
    let second = try unit()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw fault }
    return scalar
  }

  private mutating func unit() throws(JSONFault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = try peek()
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
      case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
      default: throw fault
      }
      position += 1
    }
    return value
  }
}

/// A document that is not JSON, or nested too deeply.
package struct JSONFault: Error, Equatable {
  /// The byte at which reading ended.
  package let offset: Int
}
