internal import Access

/// Checks entries against a policy, one by one: that of their own commit, or an earlier one to see
/// what was loosened since (DESIGN section 4).
struct EntryChecker: Sendable {
  let policy: Policy
  private let exceptions: [EmailAddress: [ExceptedRule: RuleException]]
  private let now: Moment?
  private var permissions: [String: Authority.Permission] = [:]
  /// The file that was asked for last: most of an entry is in one.
  private var last: (path: String, permission: Authority.Permission)?

  /// What a policy says of one entry.
  struct Verdict: Sendable {
    var findings: [(finding: Finding, cause: CommonCause?)] = []
    /// Why the entry is skipped.
    var fault: String?
    /// Why single grants are skipped, by their positions.
    var grants: [Int: String] = [:]
  }

  /// Without a moment, no exception is over.
  init(_ policy: Policy, now: Moment?) {
    self.policy = policy
    self.now = now
    // Where a guest is excepted from a rule twice, the later end counts.
    exceptions = policy.exceptions.reduce(into: [:]) { table, exception in
      let known = table[exception.guest]?[exception.rule]
      if let known, known.until >= exception.until { return }
      table[exception.guest, default: [:]][exception.rule] = exception
    }
  }

  /// Every rule of the policy that the entry breaks by itself; the findings have no excerpts.
  ///
  /// Of a guest whose account another repository owns, only the grants are checked.
  func check(_ entry: GuestEntry, grantsOnly: Bool = false) -> Verdict {
    var verdict = Verdict()
    let domain = String(entry.address.domain)
    guard !policy.tenant.domains.contains(domain) else {
      refuse(
        entry,
        .guestOfOwnDomain,
        "`\(domain)` is a domain of the tenant itself: its addresses are members, not guests",
        cause: CommonCause(
          before: "`\(domain)` is a domain of the tenant itself: the addresses of ",
          after: " are members, not guests"
        ),
        in: &verdict
      )
      return verdict
    }
    guard let name = policy.partners.partner(ofDomain: domain),
      let partner = policy.partners[name]
    else {
      if grantsOnly { return verdict }
      verdict.fault = "no partner has the domain `\(domain)`"
      guard !policy.faults.isIncomplete else { return verdict }
      refuse(
        entry,
        .noPartner,
        "no partner has the domain `\(domain)`",
        cause: CommonCause(before: "no partner has the domain `\(domain)` of "),
        in: &verdict
      )
      return verdict
    }
    verdict.fault = policy.faults.partners[name].map { "partner `\(name)`: \($0)" }
    if !grantsOnly {
      checkSponsors(entry, &verdict)
      checkRequirements(entry, partner, &verdict)
      checkStay(entry, partner, &verdict)
    }
    checkGrants(entry, partner, &verdict)
    return verdict
  }

  /// Records an error for which the entry is skipped; a note where the guest is excepted.
  func refuse(
    _ entry: GuestEntry,
    _ rule: DeclarationRule,
    _ message: String,
    cause: CommonCause,
    excepted: ExceptedRule? = nil,
    related: [SourcePlace] = [],
    hint: String? = nil,
    in verdict: inout Verdict
  ) {
    let finding = Finding(
      rule,
      message,
      at: entry.place,
      of: entry.address,
      related: related,
      hint: hint
    )
    let held = excepted.map { self.excepted(finding, from: $0, entry.address) } ?? finding
    if held.severity == .error { verdict.fault = verdict.fault ?? message }
    verdict.findings.append((held, held == finding ? cause : nil))
  }

  /// The finding, or a note in its place where the guest is excepted from the rule.
  func excepted(_ finding: Finding, from rule: ExceptedRule, _ guest: EmailAddress) -> Finding {
    guard let exception = exceptions[guest]?[rule] else { return finding }
    var finding = finding
    finding.related.append(exception.place)
    if let now, exception.until <= now {
      finding.hint = "the exception from `\(rule.rawValue)` ended \(exception.until.lastDay)"
      return finding
    }
    finding.code = DeclarationRule.exceptionApplied.code
    finding.severity = .note
    finding.message += "; excepted until \(exception.until.lastDay): \(exception.reason)"
    return finding
  }

  /// What to change so that a partner has the domain.
  func hint(forDomain domain: String) -> String? {
    for (name, partner) in policy.partners.partners.sorted(by: { $0.key < $1.key }) {
      for pattern in partner.partner.domains {
        if domain.hasSuffix(".\(pattern)") {
          return "partner `\(name)` has `\(pattern)`; add `\"*.\(pattern)\"` for its subdomains"
        }
        if pattern == "*.\(domain)" {
          return "partner `\(name)` has the subdomains of `\(domain)`; add `\(domain)` itself"
        }
      }
    }
    return Suggestion.sentence(for: domain, among: policy.partners.domains)
  }

  /// Tells whether a file may declare guests of a partner.
  mutating func covers(_ partner: PartnerName, inFile path: String) -> Bool {
    permission(forFile: path).covers(partner)
  }

  /// Tells whether a file may give a resource.
  mutating func covers(_ resource: Resource, inFile path: String) -> Bool {
    permission(forFile: path).covers(resource)
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

extension Moment {
  /// The day that ends at the moment, as people write an end; else the moment itself.
  var lastDay: String {
    let day = CalendarDay(containing: self)
    return day.start == self ? "\(CalendarDay(containing: self - .days(1)))" : "\(self)"
  }
}

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
        hint: requirement == .sponsor && !policy.defaults.sponsors.isEmpty
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
          .notAllowed,
          "\(message), which \(gives) to `\(entry.spelled)`",
          at: grant.place,
          of: entry.address,
          related: [partner.partner.place]
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
