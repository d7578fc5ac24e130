internal import Access

extension EntryChecker {
  func checkSponsors(_ entry: GuestEntry, _ findings: inout [Finding]) {
    guard entry.sponsorOrigin == .guest else { return }
    for sponsor in entry.sponsors where !policy.tenant.domains.contains(String(sponsor.domain)) {
      findings.append(
        excepted(
          error(
            .sponsorOutside,
            "the sponsor `\(sponsor)` of `\(entry.spelled)` is at none of the tenant's domains",
            entry,
            entry.place
          ),
          from: .sponsor,
          entry
        )
      )
    }
  }

  func checkRequirements(
    _ entry: GuestEntry,
    _ partner: PartnerPolicy,
    _ findings: inout [Finding]
  ) {
    for requirement in Requirement.allCases where partner.requires.contains(requirement) {
      let isMet =
        switch requirement {
        case .sponsor: hasSponsor(entry, partner)
        case .expires: entry.ends.contains { $0.origin == .guest }
        case .starts: entry.starts != nil
        case .reviewed: entry.reviewed != nil
        case .ticket: entry.ticket != nil
        case .reason: entry.reason != nil
        case .name: entry.name != nil
        }
      if isMet { continue }
      findings.append(
        excepted(
          error(
            .requirementMissing,
            "`\(entry.spelled)` has no `\(requirement.rawValue)`, which `\(partner.partner.name)` "
              + "requires",
            entry,
            entry.place,
            related: [partner.partner.place]
          ),
          from: .requires,
          entry
        )
      )
    }
  }

  /// Tells whether the entry names a sponsor, or its partner does in the policy that counts: a
  /// sponsor that the same change gives the partner does not.
  private func hasSponsor(_ entry: GuestEntry, _ partner: PartnerPolicy) -> Bool {
    switch entry.sponsorOrigin {
    case .guest: !entry.sponsors.isEmpty
    case .partner: !partner.partner.sponsors.isEmpty
    case .defaults: false
    }
  }

  func checkStay(
    _ entry: GuestEntry,
    _ partner: PartnerPolicy,
    _ findings: inout [Finding]
  ) {
    guard let stay = partner.stay, let own = entry.ends.first(where: { $0.origin == .guest }) else {
      return
    }
    let length: Moment.Span
    switch own.rule {
    case .afterIntroduction(let span): length = span
    case .at(let end):
      guard let starts = entry.starts else { return }
      length = end - starts
    }
    // The last day counts whole: 180 days from the first of a month end after the 180th.
    guard length > stay + .days(1) || length > stay && isDuration(own.rule) else { return }
    findings.append(
      excepted(
        error(
          .stayTooLong,
          "`\(entry.spelled)` would stay \(length.seconds / 86_400) days, and "
            + "`\(partner.partner.name)` is limited to \(stay.seconds / 86_400)",
          entry,
          entry.place,
          related: [partner.partner.place]
        ),
        from: .stay,
        entry
      )
    )
  }

  private func isDuration(_ rule: Ending.Rule) -> Bool {
    if case .afterIntroduction = rule { true } else { false }
  }

  func checkGrants(
    _ entry: GuestEntry,
    _ partner: PartnerPolicy,
    _ findings: inout [Finding]
  ) {
    for index in entry.grants.indices {
      let resource = entry.grants[index].resource
      let isKnown = names.knows(resource)
      if isKnown, partner.allows?.contains(resource) ?? true { continue }
      let grant = entry.grants[index]
      guard isKnown else {
        findings.append(
          error(
            .unknownName,
            "`\(grant.spelled)` is not in the catalog to which this entry is held",
            entry,
            grant.place,
            suggestion: "merge the change of the catalog before the grant"
          )
        )
        continue
      }
      findings.append(
        excepted(
          error(
            .notAllowed,
            "`\(partner.partner.name)` does not allow `\(grant.spelled)`, which `\(entry.spelled)` "
              + "is given",
            entry,
            grant.place,
            related: [partner.partner.place]
          ),
          from: .allows,
          entry
        )
      )
    }
  }

  func checkSeparations(_ entry: GuestEntry, _ findings: inout [Finding]) {
    guard !separations.isEmpty else { return }
    let concerned = entry.grants.filter { separations[$0.resource] != nil }
    guard concerned.count > 1 else { return }
    var candidates: [Int] = []
    for grant in concerned { candidates += separations[grant.resource] ?? [] }
    candidates.sort()
    // A separation that two of the grants take part in stands twice; more than a few say no more.
    let broken = zip(candidates, candidates.dropFirst()).lazy.filter { $0 == $1 }.map(\.0)
    var reported: [Int] = []
    for number in broken where reported.last != number && reported.count < 10 {
      reported.append(number)
      let held = concerned.filter { policy.separations[number].contains($0.resource) }
      guard let last = held.last else { continue }
      let list = held.map { "`\($0.spelled)`" }.joined(separator: " and ")
      findings.append(
        excepted(
          error(
            .separation,
            "`\(entry.spelled)` is given \(list), which nobody may hold together",
            entry,
            last.place,
            related: held.dropLast().map(\.place)
          ),
          from: .separation,
          entry
        )
      )
    }
  }
}

extension Moment.Span {
  fileprivate static func + (left: Self, right: Self) -> Self {
    Self(seconds: left.seconds &+ right.seconds)
  }
}
