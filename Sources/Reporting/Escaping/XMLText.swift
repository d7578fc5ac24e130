/// Text from outside as it stands in XML 1.0, in a text or in an attribute between quotes.
package enum XMLText {
  /// Returns the text without markup, and without the characters that XML 1.0 cannot hold at all.
  package static func escape(_ text: some StringProtocol) -> String {
    var output = ""
    for scalar in InvisibleScalars.escape(text).unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&apos;"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}
