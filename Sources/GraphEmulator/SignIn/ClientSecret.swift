internal import Crypto
internal import Platform

/// The secret of a client, which no text shows.
package struct ClientSecret: Hashable, Sendable {
  private let value: String

  package init(_ value: String) { self.value = value }

  /// Draws a secret of 43 characters that need no quoting in a shell, a URL or a form.
  static func drawn() -> ClientSecret {
    let words = (0..<4).map { _ in SystemTime.randomWord() }
    return ClientSecret(
      Base64URL.encode(
        words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) } }
      )
    )
  }

  /// The secret itself, for the one file that hands it to its owner.
  package var revealed: String { value }

  /// Compares in a time that does not depend on where the two differ.
  func matches(_ offered: String) -> Bool {
    ConstantTime.equal(Array(value.utf8), Array(offered.utf8))
  }
}

extension ClientSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<redacted>" }
  package var debugDescription: String { "<redacted>" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
