/// Text from outside as it stands in HTML, in a text or in an attribute between quotes.
package enum HTMLText {
  /// Returns the text without anything that begins a tag, a reference or the end of an attribute.
  package static func escape(_ text: some StringProtocol) -> String {
    var output = ""
    for scalar in InvisibleScalars.escape(text).unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&#39;"
      // Old browsers end an attribute without quotes here; it costs nothing to be careful.
      case "`": output += "&#96;"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}
