/// Text as it appears in the address of a request, or in a form.
enum URLText {
  /// A string literal of OData: in quotes, with quotes inside doubled.
  static func literal(_ text: String) -> String {
    "'" + text.unicodeScalars.map { $0 == "'" ? "''" : String($0) }.joined() + "'"
  }

  /// Percent-encodes everything that could end the value of a query option or a path segment.
  static func encoded(_ text: String) -> String { encoded(text, keeping: "'(),:$") }

  /// Percent-encodes everything but letters, digits and `-._~`.
  static func formEncoded(_ text: String) -> String { encoded(text, keeping: "") }

  private static func encoded(_ text: String, keeping harmless: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var output: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        output.append(byte)
      case _ where harmless.utf8.contains(byte): output.append(byte)
      default: output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}
