internal import Access

/// The search for entries that changed since a base and that the rules of the base refuse.
struct LooseningUse {
  private(set) var uses: [EntryKey: String] = [:]
  private(set) var sink = FindingSink(limit: FindingSink.mostOfAll)
  private let policy: Policy
  private let names: NameTable
  private var checker: EntryChecker
  /// What the base declared, skipped entries included.
  private let before: [EmailAddress: GuestEntry]

  init(base: DeclarationReading, policy: Policy, now: Moment?) {
    self.policy = policy
    names = NameTable(policy.catalog)
    checker = EntryChecker(policy, now: now)
    let skipped = base.desired?.withheld.filter { !$0.isOutsideAuthority } ?? []
    before = Dictionary(
      ((base.desired?.guests ?? []) + skipped.compactMap(\.readable)).map { ($0.address, $0) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// Looks at every guest that is given something.
  mutating func look(at desired: DesiredState) {
    for entry in desired.guests { look(at: entry) }
    lookAtLimits(desired.guests)
  }

  private mutating func look(at entry: GuestEntry) {
    let old = before[entry.address]
    let isChanged = old.map { !$0.saysTheSame(as: entry) } ?? true
    let changed = entry.grants.indices.filter { index in
      let grant = entry.grants[index]
      let ends =
        old?.grants.first { $0.resource == grant.resource }?.ends
        ?? old?.skippedGrants.first { $0.resource == grant.resource }?.ends
      return ends != grant.ends
    }
    .filter { names.knows(entry.grants[$0].resource) }
    guard isChanged || !changed.isEmpty else { return }
    let key = EntryKey.guest(entry.address)
    let isNewPartner =
      policy.partners.partner(ofDomain: entry.address.domain) == nil
      && policy.partners[entry.partner] == nil
    if !isNewPartner {
      let verdict = checker.check(entry)
      for (finding, cause) in verdict.findings where finding.severity == .error {
        if finding.code != DeclarationRule.notAllowed.code {
          if isChanged { add(key, finding, cause) }
          continue
        }
        for index in changed where entry.grants[index].place == finding.place {
          if verdict.grants[index] != nil { add(entry.key(of: index), finding, cause) }
        }
      }
    }
    if old == nil, !isNewPartner, isLimited(entry.place.file),
      !checker.covers(entry.partner, inFile: entry.place.file)
    {
      refuse(key, entry, entry.place, "this file has no `authority` over its partner's guests")
    }
    for index in changed { lookAtRules(entry, index) }
  }

  /// The rules over single grants that the checker does not know.
  private mutating func lookAtRules(_ entry: GuestEntry, _ index: Int) {
    let grant = entry.grants[index]
    let isCovered = ([grant.place] + grant.otherPlaces).contains {
      !isLimited($0.file) || checker.covers(grant.resource, inFile: $0.file)
    }
    if !isCovered {
      refuse(
        entry.key(of: index),
        entry,
        grant.place,
        "this file has no `authority` over `\(grant.spelled)`"
      )
    }
    for separation in policy.separations where separation.contains(grant.resource) {
      let rival = entry.grants.first {
        $0.resource != grant.resource && separation.contains($0.resource)
      }
      guard let rival else { continue }
      let finding = checker.excepted(
        Finding(
          .separation,
          "nobody may hold both `\(rival.spelled)` and `\(grant.spelled)`",
          at: grant.place,
          of: entry.address
        ),
        from: .separation,
        entry.address
      )
      if finding.severity == .error { add(entry.key(of: index), finding, nil) }
    }
  }

  private mutating func lookAtLimits(_ guests: [GuestEntry]) {
    let byPartner = Dictionary(grouping: guests) {
      policy.partners.partner(ofDomain: $0.address.domain)
    }
    for (name, entries) in byPartner {
      guard let name, let limit = policy.partners[name]?.guestLimit, entries.count > limit else {
        continue
      }
      for entry in entries where before[entry.address] == nil {
        let message = "partner `\(name)` may have \(limit) guests"
        refuse(.guest(entry.address), entry, entry.place, message)
      }
    }
  }

  /// False for files over which the base says nothing: a new path loosens nothing.
  private func isLimited(_ path: String) -> Bool {
    switch policy.authority?.permission(forFile: path) {
    case nil, .everything: false
    case .limited(let rules): !rules.isEmpty
    }
  }

  private mutating func refuse(
    _ key: EntryKey,
    _ entry: GuestEntry,
    _ place: SourcePlace,
    _ message: String
  ) {
    add(key, Finding(.loosened, message, at: place, of: entry.address), nil)
  }

  private mutating func add(_ key: EntryKey, _ finding: Finding, _ cause: CommonCause?) {
    guard uses[key] == nil else { return }
    uses[key] = finding.message
    var warning = finding
    warning.code = DeclarationRule.loosened.code
    warning.severity = .warning
    let prefix = "`\(key.guest)` uses a rule that the same change loosens; before: "
    warning.message = prefix + finding.message
    warning.hint = nil
    let several = " use a rule that the same change loosens; before: "
    sink.add(warning, cause: CommonCause(after: several + (cause?.rule ?? finding.message)))
  }
}

extension CommonCause {
  /// The sentence without anybody in it.
  fileprivate var rule: String { before + "…" + after }
}

extension GuestEntry {
  fileprivate func key(of index: Int) -> EntryKey {
    .grant(GrantKey(guest: address, resource: grants[index].resource))
  }

  /// Compares what the entry itself says; neither its place nor its grants, nor what its partner
  /// adds.
  fileprivate func saysTheSame(as other: Self) -> Bool {
    func own(_ entry: Self) -> Self {
      var entry = entry
      entry.partner = partner
      entry.place = place
      entry.invitation = invitation
      entry.ends = entry.ends.filter { $0.origin == .guest }
      if entry.sponsorOrigin != .guest { (entry.sponsors, entry.sponsorOrigin) = ([], .defaults) }
      (entry.grants, entry.skippedGrants) = ([], [])
      return entry
    }
    return own(self) == own(other)
  }
}
