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

/// A client id and secret from an `Authorization: Basic` field (RFC 6749 section 2.3.1).
struct BasicCredential: Sendable {
  let name: String
  let secret: String

  /// Reads the field; both parts are form-encoded within the base64.
  init?(_ authorization: String?) {
    guard let parts = authorization?.split(separator: " "), parts.count == 2,
      parts[0].lowercased() == "basic"
    else { return nil }
    let alphabet = parts[1].utf8.filter { $0 != UInt8(ascii: "=") }.map { byte in
      switch byte {
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      default: byte
      }
    }
    guard let bytes = Base64URL.decode(String(decoding: alphabet, as: UTF8.self)),
      case let fields = String(decoding: bytes, as: UTF8.self).split(separator: ":", maxSplits: 1),
      fields.count == 2
    else { return nil }
    name = FormFields.decode(fields[0])
    secret = FormFields.decode(fields[1])
  }
}
