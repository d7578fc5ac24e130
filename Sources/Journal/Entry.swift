internal import Access
internal import Crypto

/// A row of the journal before and after it was chained.
struct Entry {
  var sequence: Int64
  var run: String
  var tenant: String
  var moment: Int64
  var kind: String
  var request: String?
  /// Canonical JSON.
  var body: String

  /// The SHA-256 of the entry over the link of the one before it.
  func link(after previous: [UInt8]) -> [UInt8] {
    let fields: CanonicalJSON = .array([
      .integer(sequence), .string(run), .string(tenant), .integer(moment), .string(kind),
      .optional(request), .string(body),
    ])
    return SHA256.digest(previous + fields.bytes).bytes
  }

  /// What the first entry follows: the journal's own identifier, so that no two journals share a
  /// chain.
  static func origin(journal: String) -> [UInt8] {
    SHA256.digest(Array("guestlist journal \(journal)".utf8)).bytes
  }
}

/// Lower-case hexadecimal digits.
func hex(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  text.reserveCapacity(bytes.count * 2)
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 0xF)])
  }
  return String(decoding: text, as: UTF8.self)
}
