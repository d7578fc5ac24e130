/// Text from outside as one field of a CSV file (RFC 4180) that a spreadsheet may open.
package enum CSVField {
  /// Returns the field, in quotes where it needs them, and with an apostrophe in front where a
  /// spreadsheet would take it for a formula.
  package static func escape(_ text: some StringProtocol) -> String {
    var visible = InvisibleScalars.escape(text)
    if isFormula(visible) { visible = "'" + visible }
    let needsQuotes = visible.utf8.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "\"")
    }
    guard needsQuotes else { return visible }
    var output = "\""
    for character in visible.unicodeScalars {
      output.unicodeScalars.append(character)
      if character == "\"" { output.unicodeScalars.append(character) }
    }
    return output + "\""
  }

  /// Returns one line of fields, with the line end that the format prescribes.
  package static func row(_ fields: [String]) -> String {
    fields.map { escape($0) }.joined(separator: ",") + "\r\n"
  }

  /// Spreadsheets skip white space, and read the wide forms of the signs as the signs.
  private static func isFormula(_ text: String) -> Bool {
    let first = text.unicodeScalars.first { !$0.properties.isWhitespace }
    return switch first {
    case "=", "+", "-", "@", "|", "%", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
      "\u{2212}":
      true
    default: false
    }
  }
}
