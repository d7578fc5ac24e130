internal import Crypto

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
      let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    name = FormFields.decode(bytes[..<colon])
    secret = FormFields.decode(bytes[(colon + 1)...])
    guard !name.isEmpty, !secret.isEmpty else { return nil }
  }
}
