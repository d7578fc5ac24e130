internal import Crypto
internal import HTTP

/// Every secret that a run holds, in the spellings in which a server may repeat it: as it is,
/// percent-encoded, escaped in JSON, and in Base64 beside other text.
///
/// Secrets of fewer than eight bytes are not held: they would be found everywhere.
struct HeldSecrets: Sendable {
  /// The spellings by their last eight bytes.
  private var endings: [UInt64: Set<Spelling>] = [:]
  /// By the last two of those bytes, whether any spelling ends so.
  private var hasEnding = [Bool](repeating: false, count: 1 << 16)

  /// A spelling as a digest, so that no second copy of a secret is kept.
  private struct Spelling: Hashable {
    var length: Int
    var hash: Int

    init(_ bytes: some Collection<UInt8>) {
      var hasher = Hasher()
      for byte in bytes { hasher.combine(byte) }
      length = bytes.count
      hash = hasher.finalize()
    }
  }

  private static let replacement = Array("<redacted>".utf8)

  /// Holds a secret.
  mutating func hold(_ secret: Secret) {
    for spelling in Self.spellings(of: secret.reveal()) where spelling.count >= 8 {
      let ending = spelling.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      endings[ending, default: []].insert(Spelling(spelling))
      hasEnding[Int(ending & 0xFFFF)] = true
    }
  }

  /// The text with `<redacted>` in place of every secret.
  func redact(_ text: String) -> String {
    redacted(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// The text without secrets, cut to a number of characters.
  func excerpt(_ text: String, _ length: Int) -> String {
    // Searched before it is cut: half a secret would not be recognised.
    let redacted = redact(text)
    return redacted.count > length ? redacted.prefix(length) + "…" : redacted
  }

  /// The bytes with `<redacted>` in place of every secret.
  func redact(_ bytes: [UInt8]) -> [UInt8] { redacted(bytes) ?? bytes }

  private func redacted(_ bytes: [UInt8]) -> [UInt8]? {
    var found: [Range<Int>] = []
    var window: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      window = window << 8 | UInt64(byte)
      guard hasEnding[Int(window & 0xFFFF)], let spellings = endings[window] else { continue }
      let lengths = spellings.map(\.length).filter { length in
        length <= index + 1 && spellings.contains(Spelling(bytes[(index + 1 - length)...index]))
      }
      guard let length = lengths.max() else { continue }
      // Widened to the word around it, of which Base64 leaves a few letters undecided.
      var range = index + 1 - length..<index + 1
      while range.lowerBound > 0, Self.isOfWord(bytes[range.lowerBound - 1]) {
        range = range.lowerBound - 1..<range.upperBound
      }
      while range.upperBound < bytes.count, Self.isOfWord(bytes[range.upperBound]) {
        range = range.lowerBound..<range.upperBound + 1
      }
      if let last = found.last, last.upperBound >= range.lowerBound {
        found[found.count - 1] =
          min(last.lowerBound, range.lowerBound)..<max(last.upperBound, range.upperBound)
      } else {
        found.append(range)
      }
    }
    guard !found.isEmpty else { return nil }
    var output: [UInt8] = []
    var rest = 0
    for range in found {
      output += bytes[rest..<range.lowerBound]
      output += Self.replacement
      rest = range.upperBound
    }
    return output + bytes[rest...]
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"),
      UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "%"), UInt8(ascii: "="):
      true
    default: false
    }
  }

  private static func spellings(of text: String) -> [[UInt8]] {
    let bytes = Array(text.utf8)
    let encoded = Array(URLText.formEncoded(text).utf8)
    var spellings = [bytes]
    // Most secrets have nothing to encode or escape.
    if encoded != bytes { spellings += [encoded, lowercasingEscapes(encoded)] }
    for escapes in ["\"\\", "\"\\/"] where bytes.contains(where: escapes.utf8.contains) {
      spellings.append(escaped(bytes, escapes))
    }
    // The padding represents whatever comes before, so that the letters which depend on it go.
    for (padding, undecided) in [(0, 0), (1, 2), (2, 3)] {
      let padded = [UInt8](repeating: 0, count: padding) + bytes
      let decided = padded.count * 8 / 6
      for text in [Base64.encode(padded), Base64URL.encode(padded)] {
        spellings.append(Array(text.utf8.prefix(decided).dropFirst(undecided)))
      }
    }
    return spellings
  }

  private static func lowercasingEscapes(_ bytes: [UInt8]) -> [UInt8] {
    var output = bytes
    for index in bytes.indices where bytes[index] == UInt8(ascii: "%") {
      for digit in index + 1...index + 2 where (0x41...0x46).contains(bytes[digit]) {
        output[digit] |= 0x20
      }
    }
    return output
  }

  private static func escaped(_ bytes: [UInt8], _ escapes: String) -> [UInt8] {
    bytes.flatMap { escapes.utf8.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] }
  }
}
