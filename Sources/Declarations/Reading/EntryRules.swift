internal import Access
internal import YAML

/// Applies the rules over all entries of a commit, and draws the line between what is desired and
/// what is withheld.
struct EntryRules {
  var set: FileSet
  private let limits: DeclarationLimits
  private var guests: SortedGuests?
  private var now: Moment?
  var removed: [RemovalEntry] = []
  private var entries: [GuestEntry] = []
  private var usedBundles: Set<String>
  private var unusedApps: Set<AppID> = []
  /// Withheld without a finding of their own, because one finding speaks for many.
  private var alsoWithheld: [WithheldEntry] = []

  /// Takes the files, and the bundles that policy itself uses.
  init(_ set: FileSet, limits: DeclarationLimits, usedBundles: Set<String>) {
    self.set = set
    self.limits = limits
    self.usedBundles = usedBundles
  }

  mutating func add(_ findings: [Finding]) { set.add(findings) }

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
    if set.entries > limits.entries {
      set.add(
        Finding(
          DeclarationRule.tooLarge.code,
          .error,
          "the folder declares \(set.entries) entries, and \(limits.entries) are possible"
        )
      )
    }
  }

  /// Finds what is declared twice or for nobody, and prepares the work on single entries.
  mutating func prepare(policy: Policy, against base: Policy?, now: Moment?) -> EntryExpander {
    let guests = SortedGuests(set.takeGuests())
    for other in guests.repeated { report(other) }
    reportUnknownHolders(guests.index)
    checkRemovals(guests.index, policy: base)
    entries.reserveCapacity(guests.count)
    unusedApps = Set(policy.catalog.apps.values.lazy.map(\.id))
    self.guests = guests
    self.now = now
    return EntryExpander(set, index: guests.index, policy: policy, against: base, now: now)
  }

  /// The next guests that an expander is to work on; `nil` when there are no more.
  mutating func nextBatch() -> [Boxed<GuestDeclaration>]? { guests?.nextBatch() }

  /// Takes what became of a batch, in the order of the batches.
  mutating func take(_ batch: EntryBatch) {
    entries += batch.entries
    set.add(batch.sink)
    usedBundles.formUnion(batch.usedBundles)
    unusedApps.formIntersection(batch.unusedApps)
  }

  /// Applies the rules over all entries, and draws the line.
  mutating func finish(policy: Policy, against base: Policy?) -> DeclarationReading {
    if let base { checkGuestLimits(policy: base) }
    checkExceptions(now: now)
    checkUse()
    checkLookalikes(policy: policy)
    return reading(policy: policy)
  }

  private mutating func report(_ other: SortedGuests.Repeated) {
    let isSameSpelling = other.first.spelled.utf8.elementsEqual(other.spelled.utf8)
    set.report(
      isSameSpelling ? .guestTwice : .sameAddressOtherForm,
      isSameSpelling
        ? "`\(other.spelled)` is declared twice"
        : "`\(other.spelled)` and `\(other.first.spelled)` are one address",
      at: other.mark,
      related: [other.first.mark],
      scope: .entry(other.address)
    )
  }

  private mutating func reportUnknownHolders(_ index: GuestIndex) {
    for file in set.files {
      for holder in file.holders where !index.contains(holder.guest) {
        set.report(
          .unknownGuest,
          "`\(holder.guest)` is no declared guest",
          at: holder.grant.mark,
          suggestion: "declare it under `guests`",
          scope: .entry(holder.guest)
        )
      }
    }
  }

  /// Draws the line.
  func reading(policy: Policy?) -> DeclarationReading {
    var findings = set.sink.findings
    Excerpts(set).complete(&findings)
    findings.sort { DeclarationReading.order($0, $1) }
    if let remainder = set.sink.remainder { findings.append(remainder) }
    let isStopped = findings.contains { $0.severity == .error && $0.scope == .repository }
    guard let policy, !isStopped else {
      return DeclarationReading(desired: nil, policy: policy, findings: findings)
    }
    let desired = DesiredState(
      tenant: policy.tenant,
      lifecycle: policy.lifecycle,
      limits: policy.limits,
      catalog: policy.catalog,
      partners: policy.partners.partners.mapValues(\.partner),
      guests: entries,
      removed: removed,
      suspension: policy.suspension,
      separation: policy.separations,
      exceptions: policy.exceptions,
      links: policy.links
    )
    return DeclarationReading(
      desired: desired.withholding(findings, and: alsoWithheld + set.sink.withheld.values),
      policy: policy,
      findings: findings
    )
  }

  /// Which of too many guests are one too many cannot be told from one commit, so that all of the
  /// partner wait.
  private mutating func checkGuestLimits(policy: Policy) {
    guard policy.partners.partners.values.contains(where: { $0.guestLimit != nil }) else { return }
    // By domain and not by the entry's partner: a change that renames a partner keeps its limit.
    var guests: [PartnerName: [Int]] = [:]
    for index in entries.indices {
      if let name = policy.partners.partner(ofDomain: entries[index].address.domain) {
        guests[name, default: []].append(index)
      }
    }
    for (name, positions) in guests.sorted(by: { $0.key < $1.key }) {
      let count = positions.count
      guard let limit = policy.partners[name]?.guestLimit, count > limit else { continue }
      let over = positions.map { entries[$0] }
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

  private mutating func checkExceptions(now: Moment?) {
    for exception in set.files.flatMap(\.exceptions) {
      let (guest, rule) = (exception.value.guest, exception.value.rule)
      if guests?.index.contains(guest) == false {
        set.report(
          .exceptionUnused,
          .warning,
          "the exception is for `\(guest)`, who is no declared guest",
          at: exception.mark
        )
      } else if let now, exception.value.until <= now {
        set.report(
          .exceptionOver,
          .warning,
          "the exception of `\(guest)` from `\(rule.rawValue)` was over at \(exception.value.until)",
          at: exception.mark
        )
      }
    }
  }

  private mutating func checkUse() {
    for bundle in set.files.flatMap(\.bundles) where !usedBundles.contains(bundle.value.name) {
      set.report(
        .unusedBundle,
        .warning,
        "the bundle `\(bundle.value.name)` is given to nobody",
        at: bundle.mark
      )
    }
    for app in set.files.flatMap(\.apps) where unusedApps.contains(app.value.value.app.id) {
      set.report(
        .unusedResource,
        .warning,
        "nobody uses the app `\(app.value.name)`",
        at: app.mark
      )
    }
  }

  /// Which of two that look alike is the true one cannot be told: the later one is reported.
  private mutating func checkLookalikes(policy: Policy) {
    var first: [String: (domain: String, mark: Mark?)] = [:]
    for domain in policy.tenant.domains.sorted() {
      first[LookalikeDomains.skeleton(of: domain)] = (domain, nil)
    }
    var reported: Set<String> = []
    for partner in set.files.flatMap(\.partners) {
      for pattern in partner.value.domains where pattern.value != "*" {
        let domain = LookalikeDomains.base(pattern.value)
        let skeleton = LookalikeDomains.skeleton(of: domain)
        guard let other = first[skeleton] else {
          first[skeleton] = (domain, pattern.mark)
          continue
        }
        guard other.domain != domain, reported.insert(domain).inserted else { continue }
        set.report(
          .lookalikeDomain,
          .warning,
          "`\(domain)` looks like `\(other.domain)`",
          at: pattern.mark,
          related: other.mark.map { [$0] } ?? []
        )
      }
    }
  }
}
