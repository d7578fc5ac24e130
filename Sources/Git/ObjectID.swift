internal import CGit2

/// The name of a git object: its SHA-1.
///
/// Held as words and not as text, so that the objects of a long history hash and compare quickly.
/// libgit2 1.5 reads no other kind of name (PLATFORM section 7).
package struct ObjectID: Hashable, Sendable, Comparable {
  private let high: UInt64
  private let middle: UInt64
  private let low: UInt32

  /// The number of bytes in a name.
  package static let byteCount = 20

  /// Takes the bytes of a name in their order; anything but 20 of them is `nil`.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    var words: (UInt64, UInt64, UInt32) = (0, 0, 0)
    for (position, byte) in bytes.enumerated() {
      switch position {
      case 0..<8: words.0 = words.0 << 8 | UInt64(byte)
      case 8..<16: words.1 = words.1 << 8 | UInt64(byte)
      default: words.2 = words.2 << 8 | UInt32(byte)
      }
    }
    self.init(high: words.0, middle: words.1, low: words.2)
  }

  /// Takes the words of a name, the first byte in the highest place.
  init(high: UInt64, middle: UInt64, low: UInt32) {
    self.high = high
    self.middle = middle
    self.low = low
  }

  /// Reads 40 hexadecimal digits in either case; anything else is `nil`.
  package init?(hex: some StringProtocol) {
    let digits = hex.utf8
    guard digits.count == Self.byteCount * 2 else { return nil }
    var words: (UInt64, UInt64, UInt32) = (0, 0, 0)
    var position = 0
    for digit in digits {
      guard let value = Self.value(ofDigit: digit) else { return nil }
      switch position {
      case 0..<16: words.0 = words.0 << 4 | UInt64(value)
      case 16..<32: words.1 = words.1 << 4 | UInt64(value)
      default: words.2 = words.2 << 4 | UInt32(value)
      }
      position += 1
    }
    self.init(high: words.0, middle: words.1, low: words.2)
  }

  /// The 20 bytes of the name.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.byteCount)
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: high >> UInt64(shift)))
    }
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: middle >> UInt64(shift)))
    }
    for shift in stride(from: 24, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: low >> UInt32(shift)))
    }
    return bytes
  }

  /// The 40 lower-case hexadecimal digits.
  package var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(Self.byteCount * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 0xF)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The first twelve digits, for people to read.
  package var short: String { String(hex.prefix(12)) }

  package static func < (left: Self, right: Self) -> Bool {
    (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
  }

  private static func value(ofDigit digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

// As libgit2 holds a name.
extension ObjectID {
  init(_ oid: git_oid) {
    self = unsafe withUnsafeBytes(of: oid) { buffer in
      ObjectID(
        high: UInt64(bigEndian: unsafe buffer.loadUnaligned(as: UInt64.self)),
        middle: UInt64(bigEndian: unsafe buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
        low: UInt32(bigEndian: unsafe buffer.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
      )
    }
  }

  var oid: git_oid {
    var oid = git_oid()
    let bytes = bytes
    unsafe withUnsafeMutableBytes(of: &oid) { unsafe $0.copyBytes(from: bytes) }
    return oid
  }
}

extension ObjectID: CustomStringConvertible {
  package var description: String { hex }
}
