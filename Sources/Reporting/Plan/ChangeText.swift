internal import Access

/// Groups of people and what is done for them, as a terminal shows them.
struct ChangeText {
  let glossary: Glossary
  /// True to list everything that is folded otherwise.
  let isComplete: Bool

  /// How many people, groups and lines a part of a text has before the rest is only counted.
  enum Limit {
    static let people = 24
    static let wholeAddresses = 12
    static let groups = 6
    static let partnerLines = 12
    static let lines = 34
    static let findings = 3
  }

  /// Adds a partner: its name and counts, how its people are invited, the people, the commits.
  func add(
    _ partner: PlanOutline.Partner,
    isAlone: Bool = false,
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
  func add(
    _ groups: [PlanOutline.Group],
    of domain: String? = nil,
    saying invitation: String? = nil,
    lines: Int = Limit.partnerLines,
    to page: inout TerminalPage
  ) {
    let start = page.lineCount
    var above: [String] = []
    for (index, group) in groups.enumerated() {
      if !isComplete, index >= Limit.groups || page.lineCount - start >= lines,
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
    let shown = isComplete ? group.people[...] : group.people.prefix(limit)
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
    for commit in order.prefix(isComplete ? .max : 2) {
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
    if !isComplete, order.count > 2 {
      page.add(.init("\(space)and \(Wording.count(order.count - 2, "more commit"))", .faint))
    }
  }
}
