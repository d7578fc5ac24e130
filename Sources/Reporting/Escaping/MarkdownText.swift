internal import Access

/// Text from outside as it appears in Markdown on a forge.
package enum MarkdownText {
  /// Returns running text that stays text: no markup, no HTML, no link, no row or cell of a table,
  /// and nobody is mentioned.
  ///
  /// Characters with a meaning become numeric references, which Markdown never takes for markup.
  /// A forge looks for mentions and numbers of issues in the finished page, where a reference is
  /// the character again; an empty space of no width after the sign keeps it from finding one.
  package static func escape(_ text: some StringProtocol) -> String {
    var output = ""
    var onlyDigits = true
    let scalars = Array(InvisibleScalars.escape(text).unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "@", "#", "!", "~", "%", "&", "^":
        let next = index + 1 < scalars.count ? scalars[index + 1] : " "
        output += reference(scalar) + (next.properties.isAlphabetic || isDigit(next) ? gap : "")
      case "$":
        // What GitHub documents for a dollar sign that is not mathematics.
        output += "<span>&#36;</span>"
      case "-" where output.suffix(2).lowercased() == "gh":
        output += reference(scalar) + gap
      case "-", "+", "=":
        output += output.isEmpty ? reference(scalar) : String(scalar)
      case ".", ")":
        // `1.` and `1)` begin a list, `www.` a link.
        let startsList = onlyDigits && !output.isEmpty
        let startsLink = output.suffix(3).lowercased() == "www"
        output += startsList || startsLink ? reference(scalar) : String(scalar)
      case "\\", "`", "*", "_", "{", "}", "[", "]", "(", "|", "<", ">", ":", "/", "\"", "'":
        output += reference(scalar)
      default:
        output.unicodeScalars.append(scalar)
      }
      onlyDigits = onlyDigits && isDigit(scalar)
    }
    return output
  }

  /// Returns one of our own sentences, in which backquotes enclose code, with all data in it
  /// escaped; a backquote without its pair is text.
  package static func sentence(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    var output = ""
    for (index, part) in parts.enumerated() {
      if index % 2 == 0 {
        output += escape(part)
      } else if index < parts.count - 1 {
        output += code(part)
      } else {
        output += reference("`") + escape(part)
      }
    }
    return output
  }

  /// Returns a datum (an address, a name, a place) as code, in which a forge looks for nothing.
  package static func code(_ text: some StringProtocol) -> String {
    var output = "<code>"
    for scalar in InvisibleScalars.escape(text).unicodeScalars {
      let isPlain =
        scalar.value >= 0x80 || ("0"..."9").contains(scalar) || ("a"..."z").contains(scalar)
        || ("A"..."Z").contains(scalar) || " ,-/".unicodeScalars.contains(scalar)
        || (scalar == "." && output.suffix(3).lowercased() != "www")
      if isPlain { output.unicodeScalars.append(scalar) } else { output += reference(scalar) }
    }
    return output + "</code>"
  }

  /// Returns a link, or only its text where the address is not one to send a reader to.
  ///
  /// `text` is Markdown already.
  package static func link(_ text: String, to address: String) -> String {
    guard address.hasPrefix("https://") || address.hasPrefix("http://") else { return text }
    let target = PercentEncoding.encode(address, keeping: "-._~:/?#=&%+,@")
      .replacing("##", with: "#%23")
    return "[\(text)](\(target))"
  }

  /// Returns a datum as code, cut to a length that leaves room for others.
  static func datum(_ text: String) -> String { code(MarkdownBudget.cut(text)) }

  /// Returns where something is, linked to the line where the forge's address is known.
  static func place(
    _ place: SourcePlace,
    at commit: CommitID,
    _ origin: ReportOrigin,
    _ links: ReportLinks
  ) -> String {
    let path = origin.path(of: place)
    let text = datum("\(path):\(place.line)")
    let address = links.address(ofLine: place.line, in: path, at: commit)
    return address.map { link(text, to: $0) } ?? text
  }

  /// A space of no width, after which a sign and a name are two things.
  private static let gap = "&#8203;"

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func reference(_ scalar: Unicode.Scalar) -> String { "&#\(scalar.value);" }
}
