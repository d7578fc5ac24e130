/// Text from outside as it is shown on a terminal or in the log of a build.
package enum TerminalText {
  /// Returns the text on one line, with nothing in it that a terminal or a build's log obeys.
  package static func escape(_ text: some StringProtocol) -> String {
    var page = TerminalPage(.plain, wrapped: false)
    page.add([.init(String(text))])
    return String(page.text.dropLast())
  }
}

/// Makes what a reader cannot see, or what changes how the rest is shown, appear as a visible
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
    // A mark at the very start would sit on whatever is before the text.
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

  /// Whether a scalar is a mark that sits on the one before it.
  static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x300 else { return false }
    return switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }
}

/// How many columns of a terminal a character takes up.
enum TerminalWidth {
  static func of(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  // The blocks that Unicode's table of East Asian widths calls wide, and emoji.
  static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20..<0x300: 1
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      2
    default:
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: 0
      default: 1
      }
    }
  }

  /// Returns the text with spaces behind it up to a width; longer text stays as it is.
  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - of(text)))
  }
}
