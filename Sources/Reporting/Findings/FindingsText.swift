internal import Access

/// Findings for people: the place, what is wrong, the line with a caret, and what to do instead.
struct FindingsText {
  let report: FindingReport
  let style: TerminalStyle

  /// All findings, then how many there are.
  var text: String {
    var output = ""
    for finding in report.findings { output += lines(of: finding) }
    return output + summary + "\n"
  }

  private func lines(of finding: Finding) -> String {
    var output = ""
    if let place = finding.place {
      output += style.apply(.bold, TerminalText.escape(report.origin.spelled(place)) + ":") + " "
    } else {
      let folder = report.origin.folder.isEmpty ? "." : report.origin.folder
      output += style.apply(.bold, TerminalText.escape(folder) + ":") + " "
    }
    output += style.apply(look(of: finding.severity), "\(finding.severity.rawValue):") + " "
    output += TerminalText.escape(finding.message) + style.apply(.faint, " [\(finding.code)]")
    output += "\n"
    if let place = finding.place, let excerpt = finding.excerpt {
      output += excerptLines(excerpt, place: place, length: finding.length)
    }
    if let suggestion = finding.suggestion {
      output += "      \(style.apply(.note, "=")) \(TerminalText.escape(suggestion))\n"
    }
    for place in finding.related {
      output += "      also at \(TerminalText.escape(report.origin.spelled(place)))\n"
    }
    return output
  }

  /// The line behind its number, and the caret below the characters that are meant.
  ///
  /// The bar keeps the log of a build from reading a declaration's line as a command.
  private func excerptLines(_ excerpt: String, place: SourcePlace, length: Int) -> String {
    let scalars = Array(excerpt.unicodeScalars)
    let start = min(max(place.column - 1, 0), scalars.count)
    let end = min(start + max(length, 1), scalars.count)
    let before = TerminalText.escape(String(scalars[..<start]))
    let meant = TerminalText.escape(String(scalars[start..<end]))
    let after = TerminalText.escape(String(scalars[end...]))
    let number = String(place.line)
    let gutter = String(repeating: " ", count: max(0, 5 - number.utf8.count)) + number
    let blank = String(repeating: " ", count: gutter.utf8.count)
    let indent = String(repeating: " ", count: TerminalWidth.of(before))
    let tail = String(repeating: "~", count: max(0, TerminalWidth.of(meant) - 1))
    return "\(gutter) | \(before)\(meant)\(after)\n"
      + "\(blank) | \(indent)\(style.apply(.added, "^" + tail))\n"
  }

  private var summary: String {
    if report.findings.isEmpty { return "No findings." }
    let counts = Finding.Severity.allCases.reversed().compactMap { severity -> String? in
      let count = report.count(of: severity)
      return count == 0 ? nil : Wording.count(count, severity.rawValue)
    }
    return Wording.list(counts) + "."
  }

  private func look(of severity: Finding.Severity) -> TerminalStyle.Look {
    switch severity {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}

extension String {
  /// Text of scalars, without joining them into characters that they were not.
  fileprivate init(_ scalars: ArraySlice<Unicode.Scalar>) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    self = String(view)
  }
}
