/// Text as it stands in the address of a Graph request.
enum ODataText {
  /// A string literal: in quotes, of which those inside are doubled.
  static func literal(_ text: String) -> String {
    var output = "'"
    for character in text.unicodeScalars {
      output.unicodeScalars.append(character)
      if character == "'" { output += "'" }
    }
    return output + "'"
  }

  /// Percent-encodes everything that could end the value of a query option or a path segment.
  static func encoded(_ text: String) -> String {
    var output: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      if isHarmless(byte) {
        output.append(byte)
      } else {
        output.append(UInt8(ascii: "%"))
        output.append(digits[Int(byte >> 4)])
        output.append(digits[Int(byte & 0xF)])
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func isHarmless(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "'"), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "$"):
      true
    default: false
    }
  }
}
