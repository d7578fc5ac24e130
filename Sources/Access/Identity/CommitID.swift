/// The name of a git commit: its hash in lower-case hexadecimal digits.
package struct CommitID: Hashable, Sendable, Comparable {
  package let hex: String

  /// Takes 40 or 64 lower-case hexadecimal digits; anything else is `nil`.
  package init?(hex: String) {
    guard hex.utf8.count == 40 || hex.utf8.count == 64,
      hex.utf8.allSatisfy({
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      })
    else { return nil }
    self.hex = hex
  }

  /// The first seven digits, for people to read.
  package var short: String { String(hex.prefix(7)) }
  package static func < (left: Self, right: Self) -> Bool { left.hex < right.hex }
}

extension CommitID: CustomStringConvertible {
  package var description: String { hex }
}
