internal import Glibc

/// What two runs of bytes have in common, compared a word at a time.
///
/// Here because it touches memory; histories of large files spend most of their time on it.
package enum SharedBytes {
  /// How many bytes are the same from two offsets on.
  package static func prefix(
    of left: [UInt8],
    from i: Int = 0,
    and right: [UInt8],
    from j: Int = 0
  ) -> Int {
    guard i >= 0, j >= 0, i <= left.count, j <= right.count else { return 0 }
    let limit = min(left.count - i, right.count - j)
    return unsafe left.withUnsafeBytes { left in
      unsafe right.withUnsafeBytes { right in
        var length = 0
        while length + 8 <= limit,
          unsafe left.loadUnaligned(fromByteOffset: i + length, as: UInt64.self)
            == right.loadUnaligned(fromByteOffset: j + length, as: UInt64.self)
        {
          length += 8
        }
        while length < limit, unsafe left[i + length] == right[j + length] { length += 1 }
        return length
      }
    }
  }

  /// How many bytes are the same at both ends, at most as many as asked for.
  package static func suffix(of left: [UInt8], and right: [UInt8], atMost most: Int) -> Int {
    let limit = min(left.count, right.count, max(0, most))
    return unsafe left.withUnsafeBytes { left in
      unsafe right.withUnsafeBytes { right in
        let (i, j) = (left.count, right.count)
        var length = 0
        while length + 8 <= limit,
          unsafe left.loadUnaligned(fromByteOffset: i - length - 8, as: UInt64.self)
            == right.loadUnaligned(fromByteOffset: j - length - 8, as: UInt64.self)
        {
          length += 8
        }
        while length < limit, unsafe left[i - length - 1] == right[j - length - 1] { length += 1 }
        return length
      }
    }
  }

  /// The first offset at which a byte stands, from one on; `nil` where it does not.
  package static func firstIndex(of byte: UInt8, in bytes: [UInt8], from start: Int) -> Int? {
    guard start >= 0, start < bytes.count else { return nil }
    return unsafe bytes.withUnsafeBytes { buffer -> Int? in
      guard let base = buffer.baseAddress,
        let found = unsafe memchr(base + start, Int32(byte), buffer.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }
}
