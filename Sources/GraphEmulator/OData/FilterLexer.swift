/// Splits a `$filter` into tokens.
struct FilterLexer {
  enum Token: Equatable {
    case word(String)
    case string(String)
    case open, close, comma, colon
    case end
  }

  /// Bytes of an expression that are accepted.
  static let lengthLimit = 16 * 1024

  static func tokens(of text: String) throws(GraphFailure) -> [Token] {
    let bytes = Array(text.utf8)
    guard bytes.count <= lengthLimit else { throw .invalidFilter }
    var tokens: [Token] = []
    var position = 0
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      case 0x28: tokens.append(.open); position += 1
      case 0x29: tokens.append(.close); position += 1
      case 0x2C: tokens.append(.comma); position += 1
      case 0x3A: tokens.append(.colon); position += 1
      case 0x27: tokens.append(.string(try quoted(bytes, &position)))
      default: tokens.append(.word(try word(bytes, &position)))
      }
    }
    return tokens + [.end]
  }

  /// Reads `'it''s'`.
  private static func quoted(_ bytes: [UInt8], _ position: inout Int) throws(GraphFailure) -> String
  {
    var collected: [UInt8] = []
    position += 1
    while position < bytes.count {
      if bytes[position] != 0x27 {
        collected.append(bytes[position])
        position += 1
      } else if position + 1 < bytes.count, bytes[position + 1] == 0x27 {
        collected.append(0x27)
        position += 2
      } else {
        position += 1
        return String(decoding: collected, as: UTF8.self)
      }
    }
    throw .invalidFilter
  }

  private static func word(_ bytes: [UInt8], _ position: inout Int) throws(GraphFailure) -> String {
    let start = position
    while position < bytes.count, isWord(bytes[position], bytes, start, position) { position += 1 }
    guard position > start else { throw .invalidFilter }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  // A colon belongs to a moment that began with a digit, and ends a lambda's variable otherwise.
  private static func isWord(_ byte: UInt8, _ bytes: [UInt8], _ start: Int, _ position: Int) -> Bool
  {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2F, 0x2D, 0x2E, 0x24, 0x2B, 0x40, 0x23: true
    case 0x3A: (0x30...0x39).contains(bytes[start])
    default: byte >= 0x80
    }
  }
}

extension GraphFailure {
  static let invalidFilter = Self.badRequest("Invalid filter clause")
}
