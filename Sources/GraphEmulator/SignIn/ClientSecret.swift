internal import Crypto

/// The secret of a client, which no text shows.
package struct ClientSecret: Hashable, Sendable {
  private let value: String

  package init(_ value: String) { self.value = value }

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
