/// The last entry of a journal's chain: what every run publishes, so that somebody outside can
/// witness what the journal said then.
package struct ChainHead: Hashable, Sendable {
  /// The number of the entry, counted from one.
  package let sequence: Int
  /// The SHA-256 of the entry over the one before it, in lower-case hexadecimal digits.
  package let link: String

  init(sequence: Int, link: String) {
    self.sequence = sequence
    self.link = link
  }

  /// Reads `SEQUENCE:LINK` as `description` gives it; anything else is `nil`.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let sequence = Int(parts[0]), sequence > 0,
      parts[1].utf8.count == 64,
      parts[1].utf8.allSatisfy({
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      })
    else { return nil }
    self.init(sequence: sequence, link: String(parts[1]))
  }
}

extension ChainHead: CustomStringConvertible {
  package var description: String { "\(sequence):\(link)" }
}
