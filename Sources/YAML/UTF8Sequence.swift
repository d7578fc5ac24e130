/// One character of UTF-8 at a time, by the strict table: no surrogates, no overlong forms.
enum UTF8Sequence {
  /// Decodes the character that begins at an offset with a byte beyond ASCII; `nil` where there is
  /// none.
  static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>,
    at position: Int
  ) -> (scalar: UInt32, width: Int)? {
    let first = unsafe bytes[position]
    let width: Int
    var scalar: UInt32
    switch first {
    case 0xC2...0xDF: (width, scalar) = (2, UInt32(first & 0x1F))
    case 0xE0...0xEF: (width, scalar) = (3, UInt32(first & 0x0F))
    case 0xF0...0xF4: (width, scalar) = (4, UInt32(first & 0x07))
    default: return nil
    }
    guard position + width <= bytes.count else { return nil }
    for index in 1..<width {
      let byte = unsafe bytes[position + index]
      guard byte & 0xC0 == 0x80 else { return nil }
      scalar = scalar << 6 | UInt32(byte & 0x3F)
    }
    let smallest: UInt32 = width == 2 ? 0x80 : width == 3 ? 0x800 : 0x1_0000
    guard scalar >= smallest, scalar <= 0x10_FFFF, !(0xD800...0xDFFF).contains(scalar) else {
      return nil
    }
    return (scalar, width)
  }
}
