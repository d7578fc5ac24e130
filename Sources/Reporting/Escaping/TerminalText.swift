/// Text from outside as it is shown on a terminal or in the log of a build.
package enum TerminalText {
  /// Returns the text on one line, with nothing in it that a terminal or a build's log obeys.
  ///
  /// A log is read by machines too: Azure Pipelines obeys `##vso[…]` and GitHub `##[…]` anywhere in
  /// a line, and GitHub `::…::` at its start, so those stand escaped.
  package static func escape(_ text: some StringProtocol) -> String {
    let visible = InvisibleScalars.escape(text)
    guard visible.utf8.contains(UInt8(ascii: "#")) || visible.utf8.contains(UInt8(ascii: ":"))
    else { return visible }
    return withoutCommands(visible)
  }

  private static func withoutCommands(_ text: String) -> String {
    var output = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    var isAtStart = true
    // Scalar by scalar, because a mark may sit on the sign that a log's reader looks for.
    for scalar in text.unicodeScalars {
      if scalar == "#", previous == "#" {
        output.append(contentsOf: "\\u{23}".unicodeScalars)
      } else if scalar == ":", isAtStart {
        output.append(contentsOf: "\\u{3A}".unicodeScalars)
      } else {
        output.append(scalar)
      }
      isAtStart = isAtStart && scalar.properties.isWhitespace
      previous = scalar
    }
    return String(output)
  }
}
