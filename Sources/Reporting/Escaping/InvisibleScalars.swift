/// Makes what a reader cannot see, or what changes how the rest is shown, stand as a visible
/// escape (`\u{202E}`).
///
/// Every renderer for people starts from here, because guests choose their names and a reviewer
/// decides by what the screen shows.
enum InvisibleScalars {
  /// How many marks in a row may sit on one letter; Vietnamese and the Indic scripts need four.
  private static let longestRunOfMarks = 6

  /// Returns the text with controls, format characters, separators of lines and unassigned code
  /// points escaped, and with runs of combining marks cut short.
  static func escape(_ text: some StringProtocol) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return String(text) }
    var output = String.UnicodeScalarView()
    // A mark at the very start would sit on whatever stands before the text.
    var marks = longestRunOfMarks
    for scalar in text.unicodeScalars {
      let isMark = isCombining(scalar)
      marks = isMark ? marks + 1 : 0
      if isInvisible(scalar) || (isMark && marks > longestRunOfMarks) {
        output.append(contentsOf: spelled(scalar).unicodeScalars)
        marks = longestRunOfMarks
      } else {
        output.append(scalar)
      }
    }
    return String(output)
  }

  /// Whether a scalar leaves no trace on a screen, or rules over its neighbours.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    if (0x20..<0x7F).contains(scalar.value) { return false }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      true
    default: scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// Returns the escape of one scalar: the usual letters for the usual controls, else the number.
  static func spelled(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }
  }

  private static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x300 else { return false }
    return switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }
}
