/// A 128-bit identifier in the form that the directory prints: 8-4-4-4-12 hexadecimal digits.
///
/// Held as two words and not as text, so that half a million of them hash and compare quickly.
package struct GUID: Hashable, Sendable, Comparable {
  /// The first and the last eight of the 16 bytes, in the order in which they are printed.
  package let high: UInt64
  package let low: UInt64

  /// Takes the 16 bytes in the order in which they are printed.
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads the hyphenated form in either case; anything else is `nil`.
  package init?(_ text: some StringProtocol) {
    // Of a type that is known: through the protocol each byte would be a call.
    let bytes = String(text).utf8.span
    guard bytes.count == 36 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    var digits = 0
    for position in bytes.indices {
      if position == 8 || position == 13 || position == 18 || position == 23 {
        guard bytes[position] == UInt8(ascii: "-") else { return nil }
      } else {
        guard let value = Self.value(ofDigit: bytes[position]) else { return nil }
        if digits < 16 { words.0 = words.0 << 4 | value } else { words.1 = words.1 << 4 | value }
        digits += 1
      }
    }
    self.init(high: words.0, low: words.1)
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  private static func value(ofDigit byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}

extension GUID: CustomStringConvertible {
  /// The hyphenated form in lower case.
  package var description: String {
    String(asciiCount: 36) { position in
      let index =
        position - (position > 8 ? 1 : 0) - (position > 13 ? 1 : 0)
        - (position > 18 ? 1 : 0) - (position > 23 ? 1 : 0)
      if position == 8 || position == 13 || position == 18 || position == 23 {
        return UInt8(ascii: "-")
      }
      let word = index < 16 ? high : low
      let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (index % 16))) & 0xF
      return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
  }
}

extension String {
  /// Builds ASCII text byte by byte.
  fileprivate init(asciiCount count: Int, _ byte: (Int) -> UInt8) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for position in 0..<count { bytes.append(byte(position)) }
    self = String(decoding: bytes, as: UTF8.self)
  }
}
