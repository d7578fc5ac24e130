internal import Crypto

/// Where a page ended: what an opaque `$skiptoken` carries.
struct PageToken: Sendable, Equatable {
  /// The number of the last item shown.
  let cursor: UInt64
  /// When the token was given out.
  let issuedAt: Timestamp
  /// Of the request that it continues, so that a token fits no other.
  let fingerprint: UInt64
  /// The sort key of the last item, where the list is ordered.
  var key: [UInt8] = []

  private static let mark: UInt64 = 0x67_72_61_70_68_70_67_31

  var text: String {
    let words = [Self.mark, cursor, UInt64(bitPattern: issuedAt.milliseconds), fingerprint]
    let bytes = words.flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
    }
    return Base64URL.encode(bytes + key)
  }

  init(cursor: UInt64, issuedAt: Timestamp, fingerprint: UInt64, key: [UInt8] = []) {
    self.cursor = cursor
    self.issuedAt = issuedAt
    self.fingerprint = fingerprint
    self.key = key
  }

  init?(_ text: String) {
    guard let bytes = Base64URL.decode(text), bytes.count >= 32 else { return nil }
    let words = stride(from: 0, to: 32, by: 8).map { start in
      bytes[start..<(start + 8)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    guard words[0] == Self.mark else { return nil }
    cursor = words[1]
    issuedAt = Timestamp(milliseconds: Int64(bitPattern: words[2]))
    fingerprint = words[3]
    key = Array(bytes[32...])
  }

  /// Digests a path and the repeated parameters of its query (FNV-1a).
  static func fingerprint(_ path: String, _ parameters: [Substring]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in path.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for parameter in parameters {
      hash = (hash ^ 0x26) &* 0x100_0000_01B3
      for byte in parameter.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    return hash
  }
}
