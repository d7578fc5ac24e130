internal import Access

/// A plan for people: what is held back and what is taken away first, then what each partner's
/// people are given.
struct PlanText {
  let report: PlanReport
  let style: TerminalStyle
  let glossary: Glossary
  let outline: PlanOutline

  /// How many people, groups and lines a part of the text has before the rest is only counted.
  private enum Limit {
    static let people = 24
    static let wholeAddresses = 12
    static let groups = 6
    static let partnerLines = 12
    static let lines = 34
    static let findings = 3
  }

  init(report: PlanReport, style: TerminalStyle) {
    self.report = report
    self.style = style
    glossary = Glossary(report.declared)
    outline = PlanOutline(report.plan, glossary)
  }

  private var plan: Plan { report.plan }

  var text: String {
    var page = TerminalPage(style)
    addHeading(to: &page)
    addHeldBack(to: &page)
    addRemovals(to: &page)
    addSkipped(to: &page)
    addPartners(to: &page)
    addUpcoming(to: &page)
    addFindings(to: &page)
    addSummary(to: &page)
    return page.text
  }

  /// What is held back, and the counts.
  var brief: String {
    var page = TerminalPage(style)
    addHeldBack(to: &page)
    addSkipped(to: &page)
    addCounts(to: &page)
    return page.text
  }

  private func addHeading(to page: inout TerminalPage) {
    let ref = report.ref.map { "\($0) @ " } ?? ""
    let journal = plan.basis.memory == .firstRun ? " · no journal yet" : ""
    page.add(
      .init(report.declared.tenant.name, .bold),
      .init(" · \(ref)\(plan.commit.short)\(journal)")
    )
    for sentence in plan.basis.sentences { page.add(.init(sentence, .warning)) }
    if plan.isPartial { page.add("Only a part was asked for (--target or --only).") }
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

  private func addHeldBack(to page: inout TerminalPage) {
    for verdict in plan.guards {
      let name = verdict.name.rawValue
      page.separate()
      if verdict.isAccepted {
        let count = Wording.count(verdict.heldBack.count, "change")
        page.add(.init("Accepted: \(name), \(count)", .note))
        continue
      }
      page.add(.init("Held back by the guard `\(name)`: \(verdict.numbers)", .error), hanging: 2)
      let groups = outline.heldBack[verdict.name] ?? []
      if verdict.heldBack.isEmpty { page.add("  nothing to hold back this time") }
      add(groups, of: nil, to: &page)
      if !verdict.remedy.isEmpty { page.add("  To proceed: \(verdict.remedy)", hanging: 4) }
    }
  }

  private func addRemovals(to page: inout TerminalPage) {
    guard !outline.removals.isEmpty else { return }
    page.separate()
    let counts = outline.removals.reduce(into: ChangeCounts()) { $0.add($1.counts) }
    page.add([.init("Removals", .error)], trailing: [.init(counts.nouns)])
    add(outline.removals, of: nil, to: &page)
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
    let shown = report.isComplete ? reasons[...] : reasons.prefix(Limit.groups)
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
    var lines = 0
    for (index, partner) in outline.partners.enumerated() {
      var part = TerminalPage(style)
      add(partner, isAlone: outline.partners.count == 1, to: &part)
      let isLast = index == outline.partners.count - 1
      if !report.isComplete, index > 0, lines + part.lineCount > Limit.lines,
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

  private func add(
    _ partner: PlanOutline.Partner,
    isAlone: Bool,
    to page: inout TerminalPage
  ) {
    let domain = partner.domain
    page.add(
      [
        .init(glossary.title(of: partner.name), .bold),
        .init(domain.map { "  @\($0)" } ?? "", .faint),
      ],
      trailing: [.init(partner.counts.nouns)]
    )
    let invitation = commonInvitation(of: partner)
    if let invitation { page.add("  \(invitation)", hanging: 4) }
    add(
      partner.groups,
      of: domain,
      saying: invitation,
      lines: isAlone ? Limit.lines : Limit.partnerLines,
      to: &page
    )
    add(origins: partner.groups.flatMap(\.origins), to: &page)
  }

  /// How most of a partner's people are invited; said once.
  private func commonInvitation(of partner: PlanOutline.Partner) -> String? {
    var numbers: [String: Int] = [:]
    for group in partner.groups {
      for change in group.changes where change.kind == .invite {
        numbers[change.detail ?? "", default: 0] += group.people.count
      }
    }
    return numbers.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// Adds groups until there are too many lines; what follows is counted.
  private func add(
    _ groups: [PlanOutline.Group],
    of domain: String?,
    saying invitation: String? = nil,
    lines: Int = Limit.partnerLines,
    to page: inout TerminalPage
  ) {
    let start = page.lineCount
    var above: [String] = []
    for (index, group) in groups.enumerated() {
      if !report.isComplete, index >= Limit.groups || page.lineCount - start >= lines,
        index < groups.count - 1
      {
        let rest = groups[index...]
        let people = rest.reduce(0) { $0 + $1.people.count }
        let counts = rest.reduce(into: ChangeCounts()) { $0.add($1.counts) }
        page.add(
          "  \(Wording.count(people, "more person", "more people")): \(counts.nouns) (--all)",
          hanging: 4
        )
        return
      }
      add(group, of: domain, saying: invitation, above: &above, to: &page)
    }
  }

  private func add(
    _ group: PlanOutline.Group,
    of domain: String?,
    saying invitation: String?,
    above: inout [String],
    to page: inout TerminalPage
  ) {
    let direction = self.direction(of: group)
    let limit = domain == nil ? Limit.wholeAddresses : Limit.people
    let shown = report.isComplete ? group.people[...] : group.people.prefix(limit)
    var names = shown.map { guest in
      guest.domain == domain ?? "" ? String(guest.localPart) : guest.normalised
    }.joined(separator: ", ")
    if shown.count < group.people.count {
      names += " and \(group.people.count - shown.count) more (--all)"
    } else if shown.count == 1, let name = shown.first.flatMap({ glossary.guest($0)?.name }) {
      names += " (\(name))"
    }
    page.add(
      [.init("  \(direction.rawValue) ", direction.look), .init(names, direction.look)],
      hanging: 4,
      trailing: group.until.map { [.init($0)] } ?? []
    )
    for kind in ChangeKind.allCases where group.changes.contains(where: { $0.kind == kind }) {
      let changes = group.changes.filter { $0.kind == kind }
      switch kind {
      case .adopt: page.add("    ", .init("~ adopt existing account", .changed))
      case .invite where changes.first?.detail == invitation: break
      case .invite, .resend, .changeAddress, .changeSponsors:
        let details = changes.compactMap(\.detail).joined(separator: ", ")
        page.add(
          kind == .invite ? "      \(details)" : "      \(kind.word)  \(details)",
          hanging: 8
        )
      case .restore, .unblock, .delete: page.add("      \(kind.word)")
      case .block:
        let deletion = changes.first?.until.map { "; the account is deleted on \($0)" } ?? ""
        page.add("      block   sign-in and sessions\(deletion)", hanging: 14)
      case .grant:
        let items = changes.map(item).sorted()
        let isMore =
          above.count > 1 && items.count > above.count && Set(items).isSuperset(of: above)
        let said = isMore ? ["as above"] + items.filter { !above.contains($0) } : items
        page.add("      grant   \(said.joined(separator: ", "))", hanging: 14)
        above = items
      case .revoke:
        page.add("      revoke  \(changes.map(item).sorted().joined(separator: ", "))", hanging: 14)
      }
    }
    let reasons = group.changes.compactMap { $0.reason?.words }
    var seen: Set<String> = []
    let why = reasons.filter { seen.insert($0).inserted }.joined(separator: "; ")
    if group.key.section != .partner {
      add(origins: group.origins, because: why, indent: 6, to: &page)
    } else if !why.isEmpty {
      page.add(.init("      \(why)", .faint), hanging: 6)
    }
  }

  private func item(_ change: PlanOutline.Change) -> String {
    let notes = [change.until, change.isLater ? "after the revocation" : nil].compactMap { $0 }
    let name = change.resource.map { glossary.name(of: $0) } ?? ""
    return notes.isEmpty ? name : "\(name) (\(notes.joined(separator: ", ")))"
  }

  /// A person who is invited is new; one who is there already changes.
  private func direction(of group: PlanOutline.Group) -> ChangeKind.Direction {
    let directions = group.changes.map(\.kind.direction)
    if directions.allSatisfy({ $0 == .takes }) { return .takes }
    return group.changes.contains { $0.kind == .invite || $0.kind == .restore } ? .gives : .changes
  }

  /// The commits that something leads back to, with their files; the first two.
  private func add(
    origins: [Provenance],
    because why: String = "",
    indent: Int = 2,
    to page: inout TerminalPage
  ) {
    var order: [CommitID] = []
    var byCommit: [CommitID: [Provenance]] = [:]
    for origin in origins {
      if byCommit[origin.commit] == nil { order.append(origin.commit) }
      byCommit[origin.commit, default: []].append(origin)
    }
    let space = String(repeating: " ", count: indent)
    var reason = why.isEmpty ? "" : "\(why) · "
    if order.isEmpty, !why.isEmpty { page.add(.init(space + why, .faint), hanging: indent) }
    for commit in order.prefix(report.isComplete ? .max : 2) {
      let origins = byCommit[commit] ?? []
      guard let first = origins.first else { continue }
      var files: [String] = []
      for file in origins.compactMap(\.place?.file) where !files.contains(file) && files.count < 3 {
        files.append(file)
      }
      let places = files.isEmpty ? "" : "  " + files.joined(separator: ", ")
      page.add(.init("\(space)\(reason)\(first.words)\(places)", .faint), hanging: indent + 2)
      reason = ""
    }
    if !report.isComplete, order.count > 2 {
      page.add(.init("\(space)and \(Wording.count(order.count - 2, "more commit"))", .faint))
    }
  }

  private func addUpcoming(to page: inout TerminalPage) {
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
  }

  private func addFindings(to page: inout TerminalPage) {
    let groups = Dictionary(grouping: plan.findings, by: \.kind)
    let guests = groups[.unmanagedGuest]?.count ?? 0
    let grants = groups[.unmanagedGrant]?.count ?? 0
    let unmanaged = [
      guests > 0 ? Wording.count(guests, "guest") : nil,
      grants > 0 ? Wording.count(grants, "grant") : nil,
    ].compactMap { $0 }
    if plan.upcoming.isEmpty { page.separate() }
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
      page.add(findings, limit: report.isComplete ? .max : Limit.findings, glossary)
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
    if let sentence = report.standing.nothingToDo { page.add(.init(sentence, .bold)) }
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
