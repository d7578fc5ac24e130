internal import Access

/// A plan for people: what is held back and what is taken away first, then what each partner's
/// people are given.
struct PlanText {
  private let report: PlanReport
  private let style: TerminalStyle
  private let glossary: Glossary
  private let outline: PlanOutline
  private let changes: ChangeText

  init(report: PlanReport, style: TerminalStyle) {
    self.report = report
    self.style = style
    glossary = Glossary(report.declared)
    outline = PlanOutline(report.plan, glossary)
    changes = ChangeText(glossary: glossary, isComplete: report.isComplete)
  }

  private var plan: Plan { report.plan }

  var text: String {
    var page = TerminalPage(style)
    addHeading(to: &page)
    addHeldBack(to: &page)
    addRemovals(to: &page)
    addSkipped(to: &page)
    addPartners(to: &page)
    if !addUpcoming(to: &page) { page.separate() }
    addFindings(to: &page)
    addSummary(to: &page)
    return page.text
  }

  /// What is held back, and the counts.
  var brief: String {
    var page = TerminalPage(style)
    addHeldBack(to: &page, listing: false)
    addSkipped(to: &page)
    addCounts(to: &page)
    return page.text
  }

  private func addHeading(to page: inout TerminalPage) {
    let ref = report.ref.map { "\($0) @ " } ?? ""
    let journal = plan.basis.hasJournal ? "" : " · no journal yet"
    page.add(
      .init(report.declared.tenant.name, .bold),
      .init(" · \(ref)\(plan.commit.short)\(journal)")
    )
    for sentence in plan.basis.sentences { page.add(.init(sentence, .warning)) }
    if !report.declared.isUsable {
      page.add("The commit cannot be used: only blocks and passed end dates are carried out.")
    } else if plan.isPartial {
      page.add("Only a part was asked for (--target or --only).")
    }
    guard !plan.actions.isEmpty || !plan.adoptions.isEmpty else { return }
    page.separate()
    page.add(
      "  ",
      .init("+ create", .added),
      "   ",
      .init("~ adopt or change", .changed),
      "   ",
      .init("- remove", .removed)
    )
  }

  private func addHeldBack(to page: inout TerminalPage, listing isListed: Bool = true) {
    for verdict in plan.guards {
      let name = verdict.name.rawValue
      page.separate()
      if verdict.isAccepted || verdict.isDeclined {
        let answer = verdict.isAccepted ? "Accepted" : "Declined"
        let count = Wording.count(verdict.heldBack.count, "change")
        page.add(.init("\(answer): \(name), \(count)", .note))
        continue
      }
      page.add(.init("Held back by the guard `\(name)`: \(verdict.numbers)", .error), hanging: 2)
      let groups = outline.heldBack[verdict.name] ?? []
      if verdict.heldBack.isEmpty { page.add("  nothing to hold back this time") }
      if isListed { changes.add(groups, to: &page) }
      if !verdict.hint.isEmpty { page.add("  To proceed: \(verdict.hint)", hanging: 4) }
    }
  }

  private func addRemovals(to page: inout TerminalPage) {
    guard !outline.removals.isEmpty else { return }
    page.separate()
    let counts = outline.removals.reduce(into: ChangeCounts()) { $0.add($1.counts) }
    page.add([.init("Removals", .error)], trailing: [.init(counts.nouns)])
    changes.add(outline.removals, to: &page)
  }

  private func addSkipped(to page: inout TerminalPage) {
    guard !plan.withheld.isEmpty else { return }
    page.separate()
    page.add(
      [.init("Skipped", .warning), " (nothing new is given)"],
      trailing: [.init(Wording.count(plan.withheld.count, "entry", "entries"))]
    )
    let reasons = Dictionary(grouping: plan.withheld, by: \.reason)
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    let shown = report.isComplete ? reasons[...] : reasons.prefix(ChangeText.Limit.groups)
    for (reason, entries) in shown {
      let some = report.isComplete ? entries[...] : entries.prefix(3)
      let more = entries.count > some.count ? " and \(entries.count - some.count) more" : ""
      let names = some.map(\.address.normalised).joined(separator: ", ")
      page.add("  \(names)\(more): \(reason)", hanging: 4)
      let places = entries.flatMap(\.places).prefix(report.isComplete ? .max : 3)
      if !places.isEmpty {
        let spelled = places.map { "\($0.file):\($0.line)" }.joined(separator: ", ")
        page.add(.init("    \(spelled)", .faint), hanging: 4)
      }
    }
    let rest = reasons.dropFirst(shown.count).reduce(0) { $0 + $1.value.count }
    if rest > 0 { page.add("  \(Wording.count(rest, "more entry", "more entries")) (--all)") }
  }

  private func addPartners(to page: inout TerminalPage) {
    // What is held back and removed has been told in full; the rest shares what is left of a page.
    let room = max(10, ChangeText.Limit.lines + 8 - page.lineCount)
    var lines = 0
    for (index, partner) in outline.partners.enumerated() {
      var part = TerminalPage(style)
      changes.add(partner, isAlone: outline.partners.count == 1, to: &part)
      let isLast = index == outline.partners.count - 1
      if !report.isComplete, index > 0, lines + part.lineCount > room,
        !isLast || part.lineCount > 3
      {
        let rest = outline.partners[index...]
        let counts = rest.reduce(into: ChangeCounts()) { $0.add($1.counts) }
        page.separate()
        page.add(
          .init("\(Wording.count(rest.count, "more partner")): \(counts.nouns) (--all)"),
          hanging: 2
        )
        return
      }
      lines += part.lineCount + 1
      page.separate()
      page.append(part)
    }
  }

  /// Says what later plans will do; false where that is nothing.
  private func addUpcoming(to page: inout TerminalPage) -> Bool {
    // What follows for people who are blocked now is told with them.
    let acting = Set(plan.actions.lazy.filter { $0.verb == .block }.map(\.guest))
    var label = "Coming up"
    for kind in [UpcomingStep.Kind.start, .end, .delete] {
      let steps = plan.upcoming.filter {
        $0.kind == kind && (kind != .delete || !acting.contains($0.guest))
      }
      var days: [(day: String, count: Int)] = []
      for step in steps {
        let day = kind == .end ? Wording.lastDay(before: step.moment) : Wording.day(step.moment)
        if days.last?.day == day {
          days[days.count - 1].count += 1
        } else {
          days.append((day, 1))
        }
      }
      guard !days.isEmpty else { continue }
      if label == "Coming up" { page.separate() }
      var parts = days.prefix(4).enumerated().map { index, day in
        index == 0 ? "\(kind.words(day.count)) \(day.day)" : "\(day.count) on \(day.day)"
      }
      let later = days.dropFirst(4).reduce(0) { $0 + $1.count }
      if later > 0 { parts.append("\(later) later") }
      page.add(
        .init(TerminalWidth.padded(label, to: 12), .bold),
        .init(parts.joined(separator: ", ")),
        hanging: 12
      )
      label = ""
    }
    return label.isEmpty
  }

  /// False for an invitation that has not been waiting for two weeks yet; `drift` lists it.
  private func isWorthMention(_ finding: PlanFinding) -> Bool {
    finding.kind != .pending || finding.since.map { $0 + .days(14) <= plan.moment } ?? true
  }

  private func addFindings(to page: inout TerminalPage) {
    let groups = Dictionary(grouping: plan.findings.filter(isWorthMention), by: \.kind)
    let guests = groups[.unmanagedGuest]?.count ?? 0
    let grants = groups[.unmanagedGrant]?.count ?? 0
    let unmanaged = [
      guests > 0 ? Wording.count(guests, "guest") : nil,
      grants > 0 ? Wording.count(grants, "grant") : nil,
    ].compactMap { $0 }
    if !unmanaged.isEmpty {
      page.add(
        .init("Not managed here", .bold),
        "   \(unmanaged.joined(separator: " and ")), left alone (guestlist drift)",
        hanging: 12
      )
    }
    let others = PlanFinding.Kind.allCases.filter { !$0.isWarning && !$0.isUnmanaged }
      .compactMap { kind in groups[kind].map { "\(kind.title.lowercasedFirst): \($0.count)" } }
    if !others.isEmpty {
      page.add(
        .init("For your information", .bold),
        "   \(others.joined(separator: "; ")) (guestlist drift)",
        hanging: 12
      )
    }
    let warnings = PlanFinding.Kind.allCases.filter(\.isWarning).filter { groups[$0] != nil }
    guard !warnings.isEmpty else { return }
    page.separate()
    page.add(.init("Warnings", .warning))
    for kind in warnings {
      let findings = groups[kind] ?? []
      page.add("  ", .init("\(kind.title): \(findings.count)", .warning), hanging: 4)
      page.add(findings, limit: report.isComplete ? .max : ChangeText.Limit.findings, glossary)
    }
  }

  private func addSummary(to page: inout TerminalPage) {
    page.separate()
    if report.isVerbose {
      page.add("Digest \(plan.digest)")
      page.add(.init(plan.cost.words))
    }
    addCounts(to: &page)
    guard !written.isEmpty else { return }
    switch report.next {
    case .save:
      page.add("Nothing was written. To apply exactly this plan:")
      page.add("  guestlist plan --out plan.json && guestlist apply plan.json --confirm")
    case .apply(let file):
      page.add("Nothing was written. To apply exactly this plan:")
      page.add("  guestlist apply \(file) --confirm")
    case .nothing: break
    }
  }

  /// What would be done now.
  private var written: ChangeCounts {
    let held = plan.heldBack
    var counts = ChangeCounts(
      plan.actions.indices.lazy.filter { !held.contains($0) }
        .map { ChangeKind(plan.actions[$0].verb) }
    )
    counts.add(.adopt, plan.adoptions.count)
    return counts
  }

  private func addCounts(to page: inout TerminalPage) {
    page.separate()
    let written = written
    if !written.isEmpty { page.add(.init("Plan: \(written.intentions).", .bold), hanging: 6) }
    let heldBack = ChangeCounts(plan.heldBack.lazy.map { ChangeKind(plan.actions[$0].verb) })
    if !heldBack.isEmpty {
      page.add(.init("Held back: \(heldBack.intentions).", .warning), hanging: 11)
    }
    if !plan.withheld.isEmpty {
      let count = Wording.count(plan.withheld.count, "entry", "entries")
      page.add(.init("Skipped: \(count).", .warning))
    }
    if let sentence = report.plan.nothingToDo { page.add(.init(sentence, .bold)) }
  }
}

extension TerminalPage {
  /// Adds findings of one kind, a line each, until there are too many.
  mutating func add(_ findings: [PlanFinding], limit: Int, _ glossary: Glossary) {
    for finding in findings.prefix(limit) {
      let subject = finding.subject(glossary)
      add("    \(subject)\(subject.isEmpty ? "" : ": ")\(finding.detail)", hanging: 6)
    }
    if findings.count > limit {
      add("    and \(findings.count - limit) more (guestlist drift)")
    }
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
