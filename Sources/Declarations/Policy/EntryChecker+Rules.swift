internal import Access

extension EntryChecker {
  func checkSponsors(_ entry: GuestEntry, _ verdict: inout Verdict) {
    let outside = entry.sponsors.filter { !policy.tenant.domains.contains(String($0.domain)) }
    guard let sponsor = outside.first else { return }
    guard entry.sponsorOrigin == .guest else {
      // The error is where the partner or the defaults name them.
      verdict.fault = verdict.fault ?? "sponsor `\(sponsor)` is not at a domain of the tenant"
      return
    }
    for sponsor in outside {
      refuse(
        entry,
        .sponsorOutside,
        "sponsor `\(sponsor)` of `\(entry.spelled)` is not at a domain of the tenant",
        cause: CommonCause(
          before: "sponsor `\(sponsor)` of ",
          after: " is not at a domain of the tenant"
        ),
        excepted: .sponsor,
        in: &verdict
      )
    }
  }

  func checkRequirements(_ entry: GuestEntry, _ partner: PartnerPolicy, _ verdict: inout Verdict) {
    for requirement in Requirement.allCases where partner.requires.contains(requirement) {
      let isMet =
        switch requirement {
        case .sponsor: entry.sponsorOrigin != .defaults && !entry.sponsors.isEmpty
        case .expires: entry.ends.contains { $0.origin == .guest }
        case .starts: entry.starts != nil
        case .reviewed: entry.reviewed != nil
        case .ticket: entry.ticket != nil
        case .reason: entry.reason != nil
        case .name: entry.name != nil
        }
      if isMet { continue }
      let needs = "`\(requirement.rawValue)`, which partner `\(partner.partner.name)` requires"
      refuse(
        entry,
        .requirementMissing,
        "`\(entry.spelled)` has no \(needs)",
        cause: CommonCause(after: " have no \(needs)"),
        excepted: .requires,
        related: [partner.partner.place],
        suggestion: requirement == .sponsor && !policy.defaults.sponsors.isEmpty
          ? "the sponsor of `defaults` does not count; name one in the guest or the partner" : nil,
        in: &verdict
      )
    }
  }

  func checkStay(_ entry: GuestEntry, _ partner: PartnerPolicy, _ verdict: inout Verdict) {
    guard let stay = partner.stay, let own = entry.ends.first(where: { $0.origin == .guest }) else {
      return
    }
    let length: Moment.Span
    switch own.rule {
    case .afterIntroduction(let span):
      guard span > stay else { return }
      length = span
    case .at(let end):
      guard let starts = entry.starts else { return }
      length = end - max(starts, entry.reviewed ?? starts)
      // The last day counts whole: 180 days from the first of a month end after the 180th.
      guard length.seconds > stay.seconds + 86_400 else { return }
    }
    let limit = "\(partner.partner.name)` limits a stay to \(stay.seconds / 86_400) days"
    refuse(
      entry,
      .stayTooLong,
      "`\(entry.spelled)` would stay \(length.seconds / 86_400) days; partner `\(limit)",
      cause: CommonCause(after: " would stay too long: partner `\(limit)"),
      excepted: .stay,
      related: [partner.partner.place],
      in: &verdict
    )
  }

  func checkGrants(_ entry: GuestEntry, _ partner: PartnerPolicy, _ verdict: inout Verdict) {
    guard let allows = partner.allows else { return }
    let name = partner.partner.name
    for index in entry.grants.indices where !allows.contains(entry.grants[index].resource) {
      let grant = entry.grants[index]
      let message = "partner `\(name)` does not allow `\(grant.spelled)`"
      if policy.faults.allowances.contains(name) {
        verdict.grants[index] = message
        continue
      }
      let gives =
        switch grant.origin {
        case .bundle(let bundle), .partner(_, let bundle): "bundle `\(bundle)` gives"
        case .guest, .resource: "is granted"
        }
      let finding = excepted(
        Finding(
          DeclarationRule.notAllowed.code,
          .error,
          "\(message), which \(gives) to `\(entry.spelled)`",
          place: grant.place,
          related: [partner.partner.place],
          scope: .entry(entry.address)
        ),
        from: .allows,
        entry.address
      )
      if finding.severity == .error { verdict.grants[index] = message }
      let cause = CommonCause(before: "\(message), which \(gives) to ")
      verdict.findings.append((finding, finding.severity == .error ? cause : nil))
    }
  }
}
