package import Access

/// Holds entries to a policy, one by one: the policy of the same commit, of a pull request's base,
/// or of the parent of the step that last changed the entry (DESIGN section 4).
package struct EntryChecker: Sendable {
  package let policy: Policy
  private let names: NameTable
  private let exceptions: [EmailAddress: [RuleException]]
  private let now: Moment?
  private var permissions: [String: Authority.Permission] = [:]
  /// The file that was asked for last: most of an entry stands in one.
  private var last: (path: String, permission: Authority.Permission)?

  /// Without a moment, no exception is over.
  package init(_ policy: Policy, now: Moment?) {
    self.policy = policy
    self.now = now
    names = NameTable(policy.catalog)
    exceptions = Dictionary(grouping: policy.exceptions, by: \.guest)
  }

  /// Every rule of the policy that the entry breaks; the findings have no excerpts.
  ///
  /// Errors withhold the entry; an excepted rule is reported as a note.
  package mutating func check(_ entry: GuestEntry) -> [Finding] {
    var findings: [Finding] = []
    let domain = String(entry.address.domain)
    guard !policy.tenant.domains.contains(domain) else {
      return [
        error(
          .guestOfOwnDomain,
          "`\(domain)` is a domain of the tenant itself: nobody there is a guest",
          entry,
          entry.place
        )
      ]
    }
    guard let name = policy.partners.partner(ofDomain: domain),
      let partner = policy.partners[name]
    else {
      return [error(.noPartner, "no partner has the domain `\(domain)`", entry, entry.place)]
    }
    checkSponsors(entry, &findings)
    checkRequirements(entry, partner, &findings)
    checkStay(entry, partner, &findings)
    checkGrants(entry, partner, &findings)
    checkSeparations(entry, &findings)
    checkAuthority(entry, name, &findings)
    return findings
  }

  private func error(
    _ rule: DeclarationRule,
    _ message: String,
    _ entry: GuestEntry,
    _ place: SourcePlace,
    related: [SourcePlace] = [],
    suggestion: String? = nil
  ) -> Finding {
    Finding(
      rule.code,
      .error,
      message,
      place: place,
      suggestion: suggestion,
      related: related,
      scope: .entry(entry.address)
    )
  }

  /// The finding, or a note in its place where the guest is excepted from the rule.
  private func excepted(_ finding: Finding, from rule: ExceptedRule, _ entry: GuestEntry) -> Finding
  {
    guard let exception = exceptions[entry.address]?.last(where: { $0.rule == rule }) else {
      return finding
    }
    var finding = finding
    finding.related.append(exception.place)
    if let now, exception.until <= now {
      finding.suggestion = "the exception from `\(rule.rawValue)` was over at \(exception.until)"
      return finding
    }
    finding.code = DeclarationRule.exceptionApplied.code
    finding.severity = .note
    finding.message += "; excepted until \(exception.until): \(exception.reason)"
    return finding
  }

  private func checkSponsors(_ entry: GuestEntry, _ findings: inout [Finding]) {
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

  private func checkRequirements(
    _ entry: GuestEntry,
    _ partner: PartnerPolicy,
    _ findings: inout [Finding]
  ) {
    for requirement in Requirement.allCases where partner.requires.contains(requirement) {
      let isMet =
        switch requirement {
        case .sponsor: !entry.sponsors.isEmpty && entry.sponsorOrigin != .defaults
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

  private func checkStay(
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

  private func checkGrants(
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

  private func checkSeparations(_ entry: GuestEntry, _ findings: inout [Finding]) {
    for separation in policy.separations where entry.grants.count > 1 {
      let held = entry.grants.filter { separation.contains($0.resource) }
      guard held.count > 1, let last = held.last else { continue }
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

  private mutating func checkAuthority(
    _ entry: GuestEntry,
    _ partner: PartnerName,
    _ findings: inout [Finding]
  ) {
    guard policy.authority != nil else { return }
    if !permission(forFile: entry.place.file).covers(partner) {
      findings.append(
        error(
          .authority,
          "no `authority` lets this file declare guests of `\(partner)`",
          entry,
          entry.place
        )
      )
    }
    for index in entry.grants.indices {
      checkAuthority(entry, index, at: entry.grants[index].place, &findings)
      for place in entry.grants[index].otherPlaces {
        checkAuthority(entry, index, at: place, &findings)
      }
    }
  }

  private mutating func checkAuthority(
    _ entry: GuestEntry,
    _ index: Int,
    at place: SourcePlace,
    _ findings: inout [Finding]
  ) {
    guard !permission(forFile: place.file).covers(entry.grants[index].resource) else { return }
    let spelled = entry.grants[index].spelled
    findings.append(
      error(.authority, "no `authority` lets this file give `\(spelled)`", entry, place)
    )
  }

  private mutating func permission(forFile path: String) -> Authority.Permission {
    if let last, last.path == path { return last.permission }
    guard let authority = policy.authority else { return .everything }
    let permission = permissions[path] ?? authority.permission(forFile: path)
    permissions[path] = permission
    last = (path, permission)
    return permission
  }
}

extension Moment.Span {
  fileprivate static func + (left: Self, right: Self) -> Self {
    Self(seconds: left.seconds &+ right.seconds)
  }
}
