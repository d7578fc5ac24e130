internal import Access

/// A comparison of two commits as text: what is risky first, people to whom the same happens on one
/// line.
struct DiffText {
  let report: DiffReport

  /// How many people a line names before it counts the rest.
  private static let shown = 6

  func text(_ style: TerminalStyle, isBrief: Bool = false) -> String {
    var page = TerminalPage(style)
    page.add([.init(report.tenant?.name ?? "No tenant", .bold), .init(" · \(report.range)")])
    if let reservation = report.reservation { page.add(.init(reservation, .error)) }
    add(report.diff.errors, to: &page)
    let sections = report.sections
    for section in sections where !isBrief || section.heading.isHighRisk || section.isHeldBack {
      add(section, to: &page)
    }
    if !isBrief { addReviewers(to: &page) }
    page.separate()
    if !sections.isEmpty {
      page.add("Changes: \(report.counts(sections)).")
    } else if report.diff.isUsable {
      page.add("No changes: both commits declare the same.")
    }
    return page.text
  }

  private func add(_ errors: [Finding], to page: inout TerminalPage) {
    guard !errors.isEmpty else { return }
    page.separate()
    page.add(.init("Errors", .error))
    for error in errors.prefix(10) {
      let place = error.place.map { "\(report.origin.spelled($0)): " } ?? ""
      page.add("  \(place)\(error.message)", hanging: 4)
    }
    if errors.count > 10 {
      page.add("  and \(errors.count - 10) more; `guestlist validate` lists them")
    }
  }

  private func add(_ section: DiffReport.Section, to page: inout TerminalPage) {
    guard let glossary = report.glossary else { return }
    page.separate()
    page.add(.init(section.heading.title, .bold))
    let mark = section.heading.isHighRisk || section.isHeldBack ? "!" : nil
    for group in section.groups {
      var spans: [TerminalPage.Span] = [
        "  ", .init(mark ?? section.heading.direction.rawValue, section.heading.look), " ",
      ]
      let people = group.people
      if !people.isEmpty {
        let shown = report.isComplete ? people.count : Self.shown
        spans.append(.init(people.prefix(shown).map(\.normalised).joined(separator: ", ")))
        if people.count > shown { spans.append(.init(" and \(people.count - shown) more")) }
        spans.append("  ")
      }
      spans.append(.init(group.first.effect.words(glossary)))
      if let place = group.first.place {
        let side = group.first.isGone ? " before" : ""
        spans.append(.init("  \(report.origin.path(of: place)):\(place.line)\(side)", .faint))
      }
      page.add(spans, hanging: 6)
    }
  }

  private func addReviewers(to page: inout TerminalPage) {
    guard let reviewers = report.diff.reviewers else { return }
    page.separate()
    page.add(.init("Reviewers", .bold))
    if reviewers.isEmpty { page.add("  Nobody in particular.") }
    for area in reviewers {
      let owners = area.owners.isEmpty ? "no owner is named" : area.owners.joined(separator: " ")
      page.add("  \(area.subject.words(report.origin)): \(owners)", hanging: 4)
    }
  }
}

extension DiffReport.Section {
  var isHeldBack: Bool { heading == .heldBack }
}

extension ReviewArea.Subject {
  /// The files or the access that somebody should look at.
  func words(_ origin: ReportOrigin) -> String {
    switch self {
    case .files(let path, let count):
      "`\(origin.path(ofFile: path))` (\(Wording.count(count, "file")))"
    case .resource(let name, let path?): "access to `\(name)`, which `\(path)` answers for"
    case .resource(let name, nil): "access to `\(name)`"
    }
  }
}
