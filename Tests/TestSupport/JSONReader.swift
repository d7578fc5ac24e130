/// Reads JSON without a decoder's detours: the tests read every reply of every test.
struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0

  /// The document that takes up all the bytes; nil where they are none.
  static func read(_ bytes: [UInt8]) -> JSONDocument? {
    var reader = JSONReader(bytes: bytes)
    guard let value = reader.value() else { return nil }
    reader.skipSpace()
    return reader.position == bytes.count ? value : nil
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func value() -> JSONDocument? {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return object()
    case UInt8(ascii: "["): return array()
    case UInt8(ascii: "\""): return string().map { .string($0) }
    default: return word()
    }
  }

  private mutating func object() -> JSONDocument? {
    position += 1
    var members: [String: JSONDocument] = [:]
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipSpace()
      // A name twice hides one of its values.
      guard next == UInt8(ascii: "\""), let name = string(), take(UInt8(ascii: ":")),
        let member = value(), members.updateValue(member, forKey: name) == nil
      else { return nil }
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}")) ? .object(members) : nil
  }

  private mutating func array() -> JSONDocument? {
    position += 1
    var elements: [JSONDocument] = []
    if take(UInt8(ascii: "]")) { return .array(elements) }
    repeat {
      guard let element = value() else { return nil }
      elements.append(element)
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "]")) ? .array(elements) : nil
  }

  private mutating func word() -> JSONDocument? {
    let start = position
    while let byte = next, byte > 0x20, ![0x2C, 0x5D, 0x7D].contains(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    switch text {
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    default: return Double(text).map { .number($0) }
    }
  }

  private mutating func string() -> String? {
    position += 1
    let start = position
    while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
      position += 1
    }
    var text = String(validating: bytes[start..<position], as: UTF8.self)
    while let byte = next, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { return nil }
      if byte == UInt8(ascii: "\\") {
        guard let character = escape() else { return nil }
        text?.unicodeScalars.append(character)
      } else {
        let from = position
        while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\""),
          byte != UInt8(ascii: "\\")
        {
          position += 1
        }
        guard let part = String(validating: bytes[from..<position], as: UTF8.self) else {
          return nil
        }
        text?.append(part)
      }
    }
    guard next != nil else { return nil }
    position += 1
    return text
  }

  private mutating func escape() -> Unicode.Scalar? {
    position += 1
    defer { position += 1 }
    switch next {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "u"): return codePoint()
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return next.map { Unicode.Scalar($0) }
    default: return nil
    }
  }

  private mutating func codePoint() -> Unicode.Scalar? {
    guard let first = unit() else { return nil }
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
    position += 1
    guard next == UInt8(ascii: "\\") else { return nil }
    position += 1
    guard next == UInt8(ascii: "u"), let second = unit(), (0xDC00..<0xE000).contains(second)
    else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  /// Four digits behind the letter; leaves the position on the last of them.
  private mutating func unit() -> UInt32? {
    guard position + 4 < bytes.count else { return nil }
    let digits = String(decoding: bytes[position + 1...position + 4], as: UTF8.self)
    position += 4
    return UInt32(digits, radix: 16)
  }
}
