/// Base64 with its first alphabet and padding (RFC 4648 section 4), as PEM and `x5c` have it.
package enum Base64 {
  /// Writes bytes in one line.
  package static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var text = Base64URL.encode(bytes).utf8.map { digit in
      switch digit {
      case UInt8(ascii: "-"): UInt8(ascii: "+")
      case UInt8(ascii: "_"): UInt8(ascii: "/")
      default: digit
      }
    }
    while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
    return String(decoding: text, as: UTF8.self)
  }
}
