/// Reads one JSON document, byte by byte.
struct CanonicalReader {
  private let bytes: [UInt8]
  private var position = 0
  private static let deepest = 64

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(CanonicalJSON.ReadingError) -> CanonicalJSON {
    let value = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw error(.trailingText) }
    return value
  }

  private func error(_ kind: CanonicalJSON.ReadingError.Kind) -> CanonicalJSON.ReadingError {
    CanonicalJSON.ReadingError(offset: position, kind: kind)
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: scalar) else { return false }
    position += 1
    return true
  }

  // The depth is capped, so that the text cannot choose how deep the stack grows.
  private mutating func value(depth: Int) throws(CanonicalJSON.ReadingError) -> CanonicalJSON {
    guard depth < Self.deepest else { throw error(.tooDeep) }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .integer(try integer())
    }
  }

  private mutating func word(
    _ text: StaticString,
    _ value: CanonicalJSON
  ) throws(CanonicalJSON.ReadingError) -> CanonicalJSON {
    for byte in "\(text)".utf8 {
      guard next == byte else { throw error(.syntax) }
      position += 1
    }
    return value
  }

  private mutating func object(depth: Int) throws(CanonicalJSON.ReadingError) -> CanonicalJSON {
    position += 1
    var members: [String: CanonicalJSON] = [:]
    skipSpace()
    if take("}") { return .object(members) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw error(.syntax) }
      let start = position
      let key = try string()
      skipSpace()
      guard take(":") else { throw error(.syntax) }
      let value = try value(depth: depth + 1)
      guard members.updateValue(value, forKey: key) == nil else {
        position = start
        throw error(.duplicateKey)
      }
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw error(.syntax) }
    }
  }

  private mutating func array(depth: Int) throws(CanonicalJSON.ReadingError) -> CanonicalJSON {
    position += 1
    var items: [CanonicalJSON] = []
    skipSpace()
    if take("]") { return .array(items) }
    while true {
      items.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return .array(items) }
      guard take(",") else { throw error(.syntax) }
    }
  }

  private mutating func integer() throws(CanonicalJSON.ReadingError) -> Int64 {
    let start = position
    _ = take("-")
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    guard position > start else { throw error(.syntax) }
    let digits = String(decoding: bytes[start..<position], as: UTF8.self)
    // A second spelling of a number would be a second text for one digest.
    guard let value = Int64(digits), String(value) == digits else { throw error(.notAnInteger) }
    if let byte = next,
      byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
    {
      throw error(.notAnInteger)
    }
    return value
  }

  private mutating func string() throws(CanonicalJSON.ReadingError) -> String {
    position += 1
    let start = position
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      position += 1
    }
    var text = Array(bytes[start..<position])
    while !take("\"") {
      guard let byte = next, byte >= 0x20 else { throw error(.syntax) }
      position += 1
      if byte == UInt8(ascii: "\\") { try escape(into: &text) } else { text.append(byte) }
    }
    guard let valid = String(validating: text, as: UTF8.self) else { throw error(.notUTF8) }
    return valid
  }

  private mutating func escape(into text: inout [UInt8]) throws(CanonicalJSON.ReadingError) {
    guard let byte = next else { throw error(.syntax) }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text += Array(String(try scalar()).utf8)
    default: throw error(.syntax)
    }
  }

  /// The scalar of one escape, or of two that are a surrogate pair.
  private mutating func scalar() throws(CanonicalJSON.ReadingError) -> Unicode.Scalar {
    let first = try unit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, take("\\"), take("u") else { throw error(.notUTF8) }
    let second = try unit()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw error(.notUTF8) }
    return scalar
  }

  private mutating func unit() throws(CanonicalJSON.ReadingError) -> UInt32 {
    guard position + 4 <= bytes.count else { throw error(.syntax) }
    var value: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw error(.syntax)
      }
      value = value << 4 | UInt32(digit)
    }
    position += 4
    return value
  }
}

extension CanonicalJSON {
  /// Reads JSON of which the canonical form can be taken: integers only, no key twice, at most
  /// sixty-four levels deep.
  ///
  /// White space may be where JSON allows it. The text may come from anywhere: reading it takes
  /// time in proportion to its length, and memory likewise.
  package init(parsing bytes: [UInt8]) throws(ReadingError) {
    var reader = CanonicalReader(bytes)
    self = try reader.document()
  }

  /// Why a text is not JSON that we read, and at which byte.
  package struct ReadingError: Error, Hashable, Sendable {
    package var offset: Int
    package var kind: Kind

    package enum Kind: String, Hashable, Sendable {
      case syntax, tooDeep, duplicateKey, notAnInteger, notUTF8, trailingText
    }
  }
}
