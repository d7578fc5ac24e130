package import Access

/// Holds entries to a policy, one by one: the policy of the same commit, of a pull request's base,
/// or of the parent of the step that last changed the entry (DESIGN section 4).
package struct EntryChecker: Sendable {
  package let policy: Policy
  let names: NameTable
  private let exceptions: [EmailAddress: [ExceptedRule: RuleException]]
  /// The separations that a resource takes part in, by their positions in the policy.
  let separations: [Resource: [Int]]
  private let now: Moment?
  private var permissions: [String: Authority.Permission] = [:]
  /// The file that was asked for last: most of an entry stands in one.
  private var last: (path: String, permission: Authority.Permission)?

  /// Without a moment, no exception is over.
  package init(_ policy: Policy, now: Moment?) {
    self.policy = policy
    self.now = now
    names = NameTable(policy.catalog)
    // Where a guest is excepted from a rule twice, the later end counts.
    exceptions = policy.exceptions.reduce(into: [:]) { table, exception in
      let known = table[exception.guest]?[exception.rule]
      if let known, known.until >= exception.until { return }
      table[exception.guest, default: [:]][exception.rule] = exception
    }
    var separations: [Resource: [Int]] = [:]
    for (number, separation) in policy.separations.enumerated() {
      for resource in separation { separations[resource, default: []].append(number) }
    }
    self.separations = separations
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

  func error(
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
  func excepted(_ finding: Finding, from rule: ExceptedRule, _ entry: GuestEntry) -> Finding {
    guard let exception = exceptions[entry.address]?[rule] else {
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
