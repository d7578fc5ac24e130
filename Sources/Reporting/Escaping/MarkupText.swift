/// Text from outside as it appears in HTML, in a text or in an attribute between quotes.
package enum HTMLText {
  /// Returns the text without anything that begins a tag, a reference or the end of an attribute.
  package static func escape(_ text: some StringProtocol) -> String {
    var output = ""
    var isAtStart = true
    for scalar in InvisibleScalars.escape(text).unicodeScalars {
      switch scalar {
      // Old browsers end an attribute without quotes at a backquote; a build's log obeys `##[`.
      case "&", "<", ">", "\"", "'", "`", "#": output += "&#\(scalar.value);"
      // And `::` at the start of a line.
      case ":" where isAtStart: output += "&#58;"
      default: output.unicodeScalars.append(scalar)
      }
      isAtStart = isAtStart && scalar == " "
    }
    return output
  }
}

/// An element of XML 1.0, which holds what others wrote as it was written and escapes it when it
/// becomes text.
struct XMLElement {
  var name: String
  var attributes: [(name: String, value: String)]
  var content: Content

  enum Content {
    case text(String)
    case elements([XMLElement])
  }

  init(_ name: String, _ attributes: [(String, String)], _ elements: [XMLElement] = []) {
    self.name = name
    self.attributes = attributes.map { (name: $0.0, value: $0.1) }
    content = .elements(elements)
  }

  init(_ name: String, _ attributes: [(String, String)] = [], text: String) {
    self.init(name, attributes)
    content = .text(text)
  }

  /// The document of which the element is the root.
  var document: String {
    var output = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    append(to: &output, indent: "")
    return output
  }

  private func append(to output: inout String, indent: String) {
    output += "\(indent)<\(name)"
    for (name, value) in attributes { output += " \(name)=\"\(HTMLText.escape(value))\"" }
    switch content {
    case .elements(let elements) where elements.isEmpty: output += "/>\n"
    case .elements(let elements):
      output += ">\n"
      for element in elements { element.append(to: &output, indent: indent + "  ") }
      output += "\(indent)</\(name)>\n"
    case .text(let text): output += ">\(HTMLText.escape(text))</\(name)>\n"
    }
  }
}

/// Text from outside as one field of a CSV file (RFC 4180) that a spreadsheet may open.
package enum CSVField {
  /// Returns one line of fields, with the line end that the format prescribes.
  package static func row(_ fields: [String]) -> String {
    fields.map { escape($0) }.joined(separator: ",") + "\r\n"
  }

  /// Returns the field, in quotes where it needs them, and with an apostrophe in front where a
  /// spreadsheet would take it for a formula, or a build's log for a command.
  package static func escape(_ text: some StringProtocol) -> String {
    var visible = TerminalText.escape(text)
    if isFormula(visible) { visible = "'" + visible }
    let needsQuotes = visible.utf8.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "\"")
    }
    return needsQuotes ? "\"" + visible.replacing("\"", with: "\"\"") + "\"" : visible
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

/// A command to the log of a build, which holds what others wrote and escapes it when it becomes a
/// line.
struct BuildCommand {
  var name: String
  var properties: [(name: String, value: String)]
  var message: String

  /// The command for GitHub Actions.
  var github: String {
    let properties = properties.map { name, value in
      "\(name)=\(Self.escape(value, ["%": "%25", ":": "%3A", ",": "%2C"]))"
    }
    return "::\(name) \(properties.joined(separator: ","))::"
      + "\(Self.escape(message, ["%": "%25"]))\n"
  }

  /// The command for Azure Pipelines.
  var azure: String {
    let properties = properties.map { name, value in
      "\(name)=\(Self.escape(value, ["%": "%AZP25", ";": "%3B", "]": "%5D"]))"
    }
    return "##vso[\(name) \(properties.joined(separator: ";"))]"
      + "\(Self.escape(message, ["%": "%AZP25"]))\n"
  }

  private static func escape(_ text: String, _ escapes: [Unicode.Scalar: String]) -> String {
    var output = ""
    for scalar in TerminalText.escape(text).unicodeScalars {
      if let escape = escapes[scalar] {
        output += escape
      } else {
        output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}

/// The escapes of addresses on the web (RFC 3986).
enum PercentEncoding {
  /// Returns a path as a relative reference: all but unreserved characters and slashes is encoded.
  static func path(_ text: String) -> String { encode(text, keeping: "-._~/") }

  /// Returns a text with every byte encoded that is not a letter, a digit or listed.
  static func encode(_ text: String, keeping signs: String) -> String {
    var output = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        output.unicodeScalars.append(Unicode.Scalar(byte))
      case _ where signs.utf8.contains(byte): output.unicodeScalars.append(Unicode.Scalar(byte))
      default: output += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return output
  }
}
