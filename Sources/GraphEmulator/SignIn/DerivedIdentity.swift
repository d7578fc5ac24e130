internal import Crypto

/// Identifiers that are not drawn but computed, so that the same scenario and seed
/// always give the same ones.
enum DerivedIdentity {
  /// An identifier in the form of version 8 of RFC 9562 ("custom"), from the words that name it.
  static func guid(_ words: String...) -> String {
    var bytes = Array(digest(words).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Hexadecimal.text(bytes)
    var parts: [Substring] = []
    var rest = digits[...]
    for length in [8, 4, 4, 4, 12] {
      parts.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return parts.joined(separator: "-")
  }

  private static func digest(_ words: [String]) -> [UInt8] {
    let hash = SHA256()
    for word in words {
      // The length keeps ("ab", "c") apart from ("a", "bc").
      hash.update(Array("\(word.utf8.count):".utf8))
      hash.update(Array(word.utf8))
    }
    return hash.finalize().bytes
  }
}
