/// A directory object's identifier: a GUID in sixteen bytes.
package struct ObjectID: Hashable, Sendable {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads `8-4-4-4-12` hexadecimal digits of either case.
  package init?(_ text: some StringProtocol) {
    self.init(utf8: text.utf8)
  }

  init?(utf8: some Sequence<UInt8>) {
    var halves: (UInt64, UInt64) = (0, 0)
    var position = 0
    for byte in utf8 {
      if position == 8 || position == 13 || position == 18 || position == 23 {
        guard byte == 0x2D else { return nil }
      } else {
        guard position < 36, let digit = Self.value(of: byte) else { return nil }
        if position < 19 {
          halves.0 = halves.0 << 4 | digit
        } else {
          halves.1 = halves.1 << 4 | digit
        }
      }
      position += 1
    }
    guard position == 36 else { return nil }
    self.init(high: halves.0, low: halves.1)
  }

  package static let zero = ObjectID(high: 0, low: 0)

  /// The identifier in small hexadecimal digits.
  package var text: String { String(decoding: utf8, as: UTF8.self) }

  var utf8: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(36)
    appendText(to: &bytes)
    return bytes
  }

  /// Appends the 36 characters of the text form.
  func appendText(to bytes: inout [UInt8]) {
    for index in 0..<32 {
      if index == 8 || index == 12 || index == 16 || index == 20 { bytes.append(0x2D) }
      let half = index < 16 ? high : low
      let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * (index & 15))) & 0xF
      bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }

  private static func value(of byte: UInt8) -> UInt64? {
    switch byte {
    case 0x30...0x39: UInt64(byte - 0x30)
    case 0x61...0x66: UInt64(byte - 0x57)
    case 0x41...0x46: UInt64(byte - 0x37)
    default: nil
    }
  }
}

extension ObjectID: CustomStringConvertible {
  package var description: String { text }
}
