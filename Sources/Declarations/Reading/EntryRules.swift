internal import Access
internal import YAML

/// Applies the rules over all entries of a commit, and draws the line between what is desired and
/// what is withheld.
struct EntryRules {
  var set: FileSet
  private let limits: DeclarationLimits
  private var index: GuestIndex?
  private var now: Moment?
  var removed: [RemovalEntry] = []
  /// Withheld without a finding of their own, because one finding speaks for many.
  private var alsoWithheld: [WithheldEntry] = []

  init(_ set: FileSet, limits: DeclarationLimits) {
    self.set = set
    self.limits = limits
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

  /// Finds what is declared twice or for nobody, and prepares the work on single entries.
  mutating func prepare(policy: Policy, against base: Policy?, now: Moment?) -> EntryExpander {
    let index = GuestIndex(set.files)
    reportRepeated(index)
    reportUnknownHolders(index)
    checkRemovals(index, policy: base)
    self.index = index
    self.now = now
    return EntryExpander(set, index: index, policy: policy, against: base, now: now)
  }

  /// The ranges into which the work on single entries is cut.
  var ranges: [Range<Int>] {
    let count = index?.guests.count ?? 0
    return stride(from: 0, to: count, by: Self.batchSize).map {
      $0..<min($0 + Self.batchSize, count)
    }
  }

  private static let batchSize = 4096

  /// Applies the rules over all entries, and draws the line.
  mutating func finish(
    _ batches: [EntryBatch],
    policy: Policy,
    against base: Policy?,
    usedBundles: Set<String>
  ) -> DeclarationReading {
    var entries: [GuestEntry] = []
    entries.reserveCapacity(batches.reduce(0) { $0 + $1.entries.count })
    var bundles = usedBundles
    var unusedApps = Set(policy.catalog.apps.values.lazy.map(\.id))
    for batch in batches {
      entries += batch.entries
      set.add(batch.findings)
      bundles.formUnion(batch.usedBundles)
      unusedApps.formIntersection(batch.unusedApps)
    }
    if let base { checkGuestLimits(entries, policy: base) }
    checkExceptions(now: now)
    checkUse(bundles: bundles, unusedApps: unusedApps)
    checkLookalikes(policy: policy)
    return reading(policy: policy, entries: entries)
  }

  private mutating func reportRepeated(_ index: GuestIndex) {
    for (reference, first) in index.repeated {
      let guest = set.files[Int(reference.file)].guests[Int(reference.position)]
      let other = set.files[Int(first.file)].guests[Int(first.position)]
      let isSameSpelling = other.spelled.utf8.elementsEqual(guest.spelled.utf8)
      set.report(
        isSameSpelling ? .guestTwice : .sameAddressOtherForm,
        isSameSpelling
          ? "`\(guest.spelled)` is declared twice"
          : "`\(guest.spelled)` and `\(other.spelled)` are one address",
        at: guest.mark,
        related: [other.mark],
        scope: .entry(guest.address)
      )
    }
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
  func reading(policy: Policy?, entries: [GuestEntry]) -> DeclarationReading {
    var findings = set.files.flatMap(\.sink.findings) + set.findings
    Excerpts(set).complete(&findings)
    findings.sort { DeclarationReading.order($0, $1) }
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
      desired: desired.withholding(findings, and: alsoWithheld),
      policy: policy,
      findings: findings
    )
  }

  /// Which of too many guests are one too many cannot be told from one commit, so that all of the
  /// partner wait.
  private mutating func checkGuestLimits(_ entries: [GuestEntry], policy: Policy) {
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
      if index?.contains(guest) == false {
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

  private mutating func checkUse(bundles: Set<String>, unusedApps: Set<AppID>) {
    for bundle in set.files.flatMap(\.bundles) where !bundles.contains(bundle.value.name) {
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
