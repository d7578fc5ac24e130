/// Bytes that no text shows: private keys, passwords, key files.
package struct SecretBytes: Hashable, Sendable {
  /// The bytes themselves, for whoever must write or use them.
  package let revealed: [UInt8]

  package init(_ bytes: some Sequence<UInt8>) { revealed = Array(bytes) }

  /// Takes a password as it is typed.
  package init(_ text: String) { revealed = Array(text.utf8) }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<redacted>" }
  package var debugDescription: String { "<redacted>" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
