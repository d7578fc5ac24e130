internal import Access

/// Findings for people: the place, what is wrong, the line with a caret, and what to do instead.
struct FindingsText {
  let report: FindingReport
  let style: TerminalStyle

  /// All findings, the same one about many entries only once, then how many there are.
  var text: String {
    // Build servers and editors read these lines, so they stay whole.
    var page = TerminalPage(style, wrapped: false)
    let groups = report.groups
    let shown = groups.prefix(report.limit ?? .max)
    for group in shown { add(group, to: &page) }
    if shown.count < groups.count {
      let rest = groups.dropFirst(shown.count).reduce(0) { $0 + 1 + $1.others.count }
      page.add("and \(rest) more; `guestlist validate` lists them")
    }
    page.add(.init(summary))
    return page.text
  }

  private func add(_ group: FindingReport.Group, to page: inout TerminalPage) {
    let finding = group.first
    let folder = report.origin.folder.isEmpty ? "." : report.origin.folder
    let place = finding.place.map { report.origin.spelled($0) } ?? folder
    page.add(
      .init(place + ":", .bold),
      " ",
      .init("\(finding.severity.rawValue):", look(of: finding.severity)),
      .init(" \(finding.message)"),
      .init(" [\(finding.code)]", .faint)
    )
    if let place = finding.place, let excerpt = finding.excerpt {
      add(excerpt, place: place, length: finding.length, to: &page)
    }
    if let hint = finding.hint { page.add("      ", .init("=", .note), .init(" \(hint)")) }
    for place in finding.related { page.add("      also at \(report.origin.spelled(place))") }
    if !group.others.isEmpty {
      let places = group.others.prefix(2).compactMap(\.place).map { report.origin.spelled($0) }
      let more = group.others.count > places.count ? ", …" : ""
      page.add(
        "      and \(group.others.count) more like it: \(places.joined(separator: ", "))\(more)"
      )
    }
  }

  /// The line behind its number, and the caret below the characters that are meant.
  private func add(
    _ excerpt: String,
    place: SourcePlace,
    length: Int,
    to page: inout TerminalPage
  ) {
    let scalars = Array(excerpt.unicodeScalars)
    let start = min(max(place.column - 1, 0), scalars.count)
    let end = min(start + max(length, 1), scalars.count)
    // What comes before decides how the rest is escaped, so both are measured from the start.
    let indent = TerminalPage.width(of: String(scalars[..<start]))
    let marked = TerminalPage.width(of: String(scalars[..<end])) - indent
    let number = TerminalWidth.padded("", to: 5 - String(place.line).utf8.count) + "\(place.line)"
    let blank = TerminalWidth.padded("", to: number.utf8.count)
    page.add("\(number) | \(excerpt)")
    page.add(
      "\(blank) | \(TerminalWidth.padded("", to: indent))",
      .init("^" + String(repeating: "~", count: max(0, marked - 1)), .added)
    )
  }

  private var summary: String {
    let hasErrors = report.count(of: .error) > 0
    guard !hasErrors, let contents = report.contents else {
      return report.findings.isEmpty ? "No findings." : "\(report.summary)."
    }
    let warnings = report.findings.isEmpty ? "" : ", with \(report.summary)"
    return "Valid: \(contents.words)\(warnings)"
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
