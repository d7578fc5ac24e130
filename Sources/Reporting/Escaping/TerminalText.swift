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
    var output = ""
    var previous: Character?
    var isAtStart = true
    for (index, character) in zip(text.indices, text) {
      if character == "#", previous == "#" {
        output += "\\u{23}"
      } else if character == ":", isAtStart, text[index...].hasPrefix("::") {
        output += "\\u{3A}"
      } else {
        output.append(character)
      }
      isAtStart = isAtStart && character.isWhitespace
      previous = character
    }
    return output
  }
}
