internal import Access
internal import YAML

/// Applies the rules over all entries of a commit, and draws the line between what is desired and
/// what is withheld.
struct EntryRules {
  private var set: FileSet
  private let limits: DeclarationLimits
  private var removed: [RemovalEntry] = []
  /// Withheld without a finding of their own, because one finding speaks for many.
  private var alsoWithheld: [WithheldEntry] = []

  init(_ set: FileSet, limits: DeclarationLimits) {
    self.set = set
    self.limits = limits
  }

  mutating func checkCounts(files: Int) {
    if files > limits.files {
      set.add(
        Finding(
          DeclarationRule.tooLarge.code,
          .error,
          "the folder holds \(files) files, and \(limits.files) are read"
        )
      )
    }
    let entries = set.files.reduce(0) { $0 + $1.guests.count + $1.holders.count + $1.removed.count }
    if entries > limits.entries {
      set.add(
        Finding(
          DeclarationRule.tooLarge.code,
          .error,
          "the folder declares \(entries) entries, and \(limits.entries) are possible"
        )
      )
    }
    for file in set.files where file.sink.leftOut > 0 {
      set.add(
        Finding(
          DeclarationRule.moreFindings.code,
          .error,
          "\(file.sink.leftOut) more findings in this file are left out",
          place: SourcePlace(file: file.path, line: 1, column: 1)
        )
      )
    }
  }

  /// All entries, with every finding about them collected.
  mutating func apply(
    policy: Policy,
    against base: Policy?,
    now: Moment?,
    usedBundles: Set<String>
  ) -> [GuestEntry] {
    var expander = EntryExpander(set, policy: policy, now: now)
    let entries = expander.expand()
    set = expander.set
    var checker = EntryChecker(base ?? policy, now: now)
    for entry in entries {
      for finding in checker.check(entry) { set.add(finding) }
    }
    checkRemovals(entries, policy: base ?? policy)
    checkGuestLimits(entries, policy: base ?? policy)
    checkSponsors(entries, policy: policy)
    checkUse(
      policy: policy,
      bundles: usedBundles.union(expander.usedBundles),
      resources: expander.usedResources
    )
    checkLookalikes(entries, policy: policy)
    return entries
  }

  /// Draws the line.
  func reading(policy: Policy?, entries: [GuestEntry]) -> DeclarationReading {
    var findings = set.files.flatMap(\.sink.findings) + set.findings
    Excerpts(set).complete(&findings)
    findings.sort { Self.order($0, $1) }
    let isStopped = findings.contains { $0.severity == .error && $0.scope == .repository }
    guard let policy, !isStopped else {
      return DeclarationReading(desired: nil, policy: policy, findings: findings)
    }
    var withheld: [EmailAddress: WithheldEntry] = [:]
    for entry in alsoWithheld { withheld[entry.address] = entry }
    for finding in findings where finding.severity == .error {
      guard case .entry(let address) = finding.scope else { continue }
      let places = (finding.place.map { [$0] } ?? []) + finding.related
      if withheld[address] == nil {
        withheld[address] = WithheldEntry(address: address, reason: finding.message, places: [])
      }
      for place in places where withheld[address]?.places.contains(place) == false {
        withheld[address]?.places.append(place)
      }
    }
    for address in withheld.keys { withheld[address]?.places.sort() }
    let desired = DesiredState(
      tenant: policy.tenant,
      lifecycle: policy.lifecycle,
      limits: policy.limits,
      catalog: policy.catalog,
      partners: policy.partners.partners.mapValues(\.partner),
      guests: withheld.isEmpty ? entries : entries.filter { withheld[$0.address] == nil },
      removed: removed.filter { withheld[$0.address] == nil },
      withheld: withheld.values.sorted { $0.address < $1.address },
      suspension: policy.suspension,
      separation: policy.separations,
      exceptions: policy.exceptions,
      links: policy.links
    )
    return DeclarationReading(desired: desired, policy: policy, findings: findings)
  }

  private static func order(_ left: Finding, _ right: Finding) -> Bool {
    switch (left.place, right.place) {
    case (nil, nil): (left.code, left.message) < (right.code, right.message)
    case (nil, _): true
    case (_, nil): false
    case (let one?, let other?):
      (one, left.code, left.message) < (other, right.code, right.message)
    }
  }

  private mutating func checkRemovals(_ entries: [GuestEntry], policy: Policy) {
    var first: [EmailAddress: Mark] = [:]
    let guests = Dictionary(
      set.files.flatMap(\.guests).map { ($0.address, $0.mark) },
      uniquingKeysWith: min
    )
    for removal in set.files.flatMap(\.removed) {
      let scope = Finding.Scope.entry(removal.address)
      if let other = first[removal.address] {
        set.report(
          .guestTwice,
          "`\(removal.address)` is removed twice",
          at: removal.mark,
          related: [other],
          scope: scope
        )
        continue
      }
      first[removal.address] = removal.mark
      if let guest = guests[removal.address] {
        set.report(
          .guestAndRemoved,
          "`\(removal.address)` is a declared guest and `removed`",
          at: removal.mark,
          related: [guest],
          scope: scope
        )
      }
      if policy.limits.protected.contains(removal.address) {
        set.report(
          .protectedIdentity,
          "`\(removal.address)` is protected: nothing may be taken from it",
          at: removal.mark,
          scope: scope
        )
      }
      checkRemovalAuthority(removal, policy: policy)
      removed.append(
        RemovalEntry(
          address: removal.address,
          reason: removal.reason,
          removes: removal.removes,
          place: set.place(removal.mark)
        )
      )
    }
    removed.sort { $0.address < $1.address }
  }

  private mutating func checkRemovalAuthority(_ removal: RemovalDeclaration, policy: Policy) {
    guard let authority = policy.authority else { return }
    let permission = authority.permission(forFile: set.path(removal.mark))
    if case .everything = permission { return }
    if let partner = policy.partners.partner(ofDomain: removal.address.domain),
      permission.covers(partner)
    {
      return
    }
    set.report(
      .authority,
      "no `authority` lets this file remove `\(removal.address)`",
      at: removal.mark,
      scope: .entry(removal.address)
    )
  }

  /// Which of too many guests are one too many cannot be told from one commit, so that all of the
  /// partner wait.
  private mutating func checkGuestLimits(_ entries: [GuestEntry], policy: Policy) {
    var counts: [PartnerName: Int] = [:]
    for entry in entries { counts[entry.partner, default: 0] += 1 }
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
      guard let limit = policy.partners[name]?.guestLimit, count > limit else { continue }
      let over = entries.filter { $0.partner == name }
      guard let first = over.first else { continue }
      let message = "`\(name)` has \(count) guests, and \(limit) are possible"
      let place = policy.partners[name]?.guestLimitPlace
      set.add(
        Finding(
          DeclarationRule.tooManyGuests.code,
          .error,
          message,
          place: place,
          related: [],
          scope: .entry(first.address)
        )
      )
      alsoWithheld += over.map {
        WithheldEntry(
          address: $0.address,
          reason: message,
          places: [$0.place] + (place.map { [$0] } ?? [])
        )
      }
    }
  }

  private mutating func checkSponsors(_ entries: [GuestEntry], policy: Policy) {
    let guests = Set(entries.map(\.address))
    for entry in entries {
      for sponsor in entry.sponsors where guests.contains(sponsor) {
        set.add(
          Finding(
            DeclarationRule.sponsorIsGuest.code,
            .error,
            "the sponsor `\(sponsor)` of `\(entry.spelled)` is a guest",
            place: entry.place,
            scope: .entry(entry.address)
          )
        )
      }
    }
  }

  private mutating func checkUse(policy: Policy, bundles: Set<String>, resources: Set<Resource>) {
    for bundle in set.files.flatMap(\.bundles) where !bundles.contains(bundle.value.name) {
      set.report(
        .unusedBundle,
        .warning,
        "the bundle `\(bundle.value.name)` is given to nobody",
        at: bundle.mark
      )
    }
    var apps: Set<AppID> = []
    for case .appRole(let app, _) in resources { apps.insert(app) }
    for app in set.files.flatMap(\.apps) where !apps.contains(app.value.value.app.id) {
      set.report(
        .unusedResource,
        .warning,
        "nobody uses the app `\(app.value.name)`",
        at: app.mark
      )
    }
  }

  private mutating func checkLookalikes(_ entries: [GuestEntry], policy: Policy) {
    let domains = LookalikeDomains(policy: policy)
    for partner in set.files.flatMap(\.partners) {
      for domain in partner.value.domains {
        if let other = domains.resembled(by: domain.value) {
          set.report(
            .lookalikeDomain,
            .warning,
            "`\(domain.value)` looks like `\(other)`",
            at: domain.mark
          )
        }
      }
    }
    for entry in entries {
      let domain = String(entry.address.domain)
      guard !domains.isKnown(domain), let other = domains.resembled(by: domain) else { continue }
      set.add(
        Finding(
          DeclarationRule.lookalikeDomain.code,
          .warning,
          "the domain of `\(entry.spelled)` looks like `\(other)`",
          place: entry.place,
          scope: .entry(entry.address)
        )
      )
    }
  }
}
