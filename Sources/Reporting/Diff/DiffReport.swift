package import Access

/// The forms in which a comparison of two commits is written.
package enum DiffFormat: String, Hashable, Sendable, CaseIterable {
  case text, markdown, json
}

/// What a change of the declarations means, with everything that a report of it needs.
package struct DiffReport: Hashable, Sendable {
  package var diff: DeclarationDiff
  package var base: CommitID
  package var head: CommitID
  /// What the earlier commit declares, for the names of what is gone.
  package var before: DesiredState?
  /// What the later commit declares; `nil` where no tenant could be read.
  package var declared: DesiredState?
  package var origin: ReportOrigin
  /// True where everybody is listed, however many they are.
  package var isComplete = false

  package init(
    diff: DeclarationDiff,
    base: CommitID,
    head: CommitID,
    before: DesiredState?,
    declared: DesiredState?,
    origin: ReportOrigin
  ) {
    self.diff = diff
    self.base = base
    self.head = head
    self.before = before
    self.declared = declared
    self.origin = origin
  }

  /// Returns the report in a format; the style means something to `text` alone.
  package func rendered(as format: DiffFormat, style: TerminalStyle = .plain) -> String {
    switch format {
    case .text: DiffText(report: self).text(style)
    case .markdown: DiffMarkdown(report: self).text
    case .json: json.text
    }
  }

  /// What nobody may miss, in a few lines.
  package func brief(style: TerminalStyle = .plain) -> String {
    DiffText(report: self).text(style, isBrief: true)
  }

  /// Names for what is declared, and for what no longer is.
  var glossary: Glossary? { (declared ?? before).map { Glossary($0, before: before) } }

  var tenant: TenantDeclaration? { (declared ?? before)?.tenant }

  /// `5947e9f..b17de89`.
  var range: String { "\(base.short)..\(head.short)" }

  /// Changes of one effect, the riskiest first.
  var sections: [Section] {
    var sections: [Section] = []
    for change in diff.changes {
      let heading = change.effect.heading
      if sections.last?.heading != heading { sections.append(Section(heading: heading)) }
      sections[sections.count - 1].add(change)
    }
    return sections
  }

  /// A heading with everything under it.
  struct Section {
    let heading: DeclarationChange.Heading
    private(set) var groups: [Group] = []
    private(set) var count = 0
    private var positions: [DeclarationChange.Effect: Int] = [:]

    init(heading: DeclarationChange.Heading) { self.heading = heading }

    mutating func add(_ change: DeclarationChange) {
      count += 1
      if let position = positions[change.effect] {
        groups[position].changes.append(change)
      } else {
        positions[change.effect] = groups.count
        groups.append(Group(changes: [change]))
      }
    }
  }

  /// Guests to whom the same happens, or one rule.
  struct Group {
    var changes: [DeclarationChange]

    var first: DeclarationChange { changes[0] }
    var people: [EmailAddress] { changes.compactMap(\.guest) }
  }

  /// `2 rules loosened, 3 new guests`: how much of everything there is.
  func counts(_ sections: [Section]) -> String {
    Wording.list(sections.map { $0.heading.counted($0.count) })
  }

  /// Why there is less to compare than there should be; `nil` for two commits that declare
  /// something.
  var reservation: String? {
    if declared == nil { return "The later commit cannot be read; nothing can be compared." }
    if !diff.isUsable {
      return "The later commit cannot be used: only its blocks and passed end dates would be "
        + "carried out."
    }
    if diff.isBaseUsable { return nil }
    return before == nil
      ? "The earlier commit declares nothing that can be read: everything is new."
      : "The earlier commit cannot be used: what cannot be read of it looks new."
  }
}
