internal import Access
internal import YAML

/// The work that is left when every file has been read: one policy, then the entries in batches that
/// may be worked on side by side, then the rules over all of them.
struct ReadingWork {
  private var set: FileSet
  private let policy: Policy?
  private let now: Moment?
  private let isTooLarge: Bool
  private var guests: SortedGuests?
  /// How many guests were given to an expander.
  private var handedOut = 0
  private var entries: [GuestEntry] = []
  private var withheld: [WithheldEntry] = []
  private var removed: [RemovalEntry] = []
  /// Guests that are also under `removed`, and why both are skipped.
  private var contradicted: [EmailAddress: String] = [:]

  init(
    _ set: consuming FileSet,
    count: Int,
    limits: DeclarationLimits,
    now: Moment?
  ) {
    self.now = now
    isTooLarge = set.entries > limits.entries
    if count == 0 {
      set.add(
        Finding(
          DeclarationRule.noFiles.code,
          .error,
          "the folder has no `*.yaml` or `*.yml` file"
        )
      )
    }
    if count > limits.files {
      set.add(Self.tooLarge("\(count) files; the limit is \(limits.files)"))
    }
    if isTooLarge {
      set.add(Self.tooLarge("\(set.entries) entries; the limit is \(limits.entries)"))
    }
    var assembler = PolicyAssembler(set)
    policy = count == 0 ? nil : assembler.assemble()
    self.set = assembler.set
  }

  private static func tooLarge(_ what: String) -> Finding {
    Finding(DeclarationRule.tooLarge.code, .error, "the folder has \(what)")
  }

  /// What expands a batch; `nil` where there is no policy to expand by, or too much to be expanded.
  mutating func prepare() -> EntryExpander? {
    guard let policy, !isTooLarge else { return nil }
    var declared = set.takeGuests()
    if !policy.tenant.ownsAccounts { declared += impliedGuests(beside: declared) }
    let guests = SortedGuests(declared)
    reportStaleGrants(guests)
    checkRemovals(guests, policy: policy)
    entries.reserveCapacity(guests.first.count)
    self.guests = guests
    return EntryExpander(
      set,
      guests: guests,
      policy: policy,
      now: now
    )
  }

  /// The next guests that an expander is to work on; `nil` when there are no more.
  mutating func nextBatch() -> ArraySlice<Boxed<GuestDeclaration>>? {
    guard let batch = guests?.first[handedOut...].prefix(Self.batchSize), !batch.isEmpty else {
      return nil
    }
    handedOut = batch.endIndex
    return batch
  }

  private static let batchSize = 2048

  /// Takes what became of a batch, in the order of the batches.
  mutating func take(_ batch: EntryExpander.Batch) {
    if contradicted.isEmpty {
      entries += batch.guests
    } else {
      for entry in batch.guests { take(entry) }
    }
    withheld += batch.withheld
    set.add(batch.sink)
  }

  private mutating func take(_ entry: GuestEntry) {
    guard let reason = contradicted[entry.address] else { return entries.append(entry) }
    withheld.append(
      WithheldEntry(
        address: entry.address,
        reason: reason,
        places: [entry.place],
        readable: entry
      )
    )
  }

  /// Applies the rules over all entries.
  mutating func finish() -> DeclarationReading {
    guard let policy else { return DeclarationReading(findings: set.sink, excerpts: Excerpts(set)) }
    if let guests {
      checkExceptions(guests)
      // What uses it may be what has the error.
      if set.isComplete, !set.sink.hasErrors { checkUse(guests) }
      checkLookalikes(policy)
    }
    var desired = DesiredState(
      tenant: policy.tenant,
      lifecycle: policy.lifecycle,
      limits: policy.limits,
      catalog: policy.catalog,
      partners: policy.partners.partners.mapValues(\.partner),
      guests: entries,
      removed: removed,
      withheld: withheld,
      suspension: policy.suspension,
      separation: policy.separations,
      exceptions: policy.exceptions,
      links: policy.links
    )
    desired.isUsable = !set.sink.stopsAll
    return DeclarationReading(
      desired: desired,
      policy: policy,
      places: set.policyPlaces,
      findings: set.sink,
      excerpts: Excerpts(set),
      now: now
    )
  }

  /// Where another repository owns the accounts, who is only named by `grants` is a guest too.
  private func impliedGuests(
    beside declared: [Boxed<GuestDeclaration>]
  ) -> [Boxed<GuestDeclaration>] {
    var known = Set(declared.lazy.map(\.value.address))
    var implied: [Boxed<GuestDeclaration>] = []
    for grant in set.files.flatMap(\.holders) where known.insert(grant.guest).inserted {
      var guest = GuestDeclaration(
        address: grant.guest,
        spelled: grant.guest.normalised,
        mark: grant.grant.mark
      )
      guest.isImplied = true
      implied.append(Boxed(guest))
    }
    return implied
  }

  private mutating func reportStaleGrants(_ guests: SortedGuests) {
    guard set.isComplete else { return }
    for grant in set.files.flatMap(\.holders) where !guests.contains(grant.guest) {
      set.report(
        .unknownGuest,
        "`\(grant.guest)` is not under `guests`; this grant has no effect",
        at: grant.grant.mark,
        severity: .warning,
        hint: "declare the guest, or remove the line",
        scope: .entry(grant.guest),
        cause: CommonCause(
          before: "`\(set.path(grant.grant.mark))` gives `\(grant.grant.spelled)` to ",
          after: " who are not under `guests`; that has no effect"
        )
      )
    }
  }

  private mutating func checkRemovals(_ guests: SortedGuests, policy: Policy) {
    var first: [EmailAddress: Mark] = [:]
    for order in set.files.flatMap(\.removed) {
      let (address, place) = (order.address, set.place(order.mark))
      var faults = Self.faults(of: address, at: place, policy)
      if let other = first[address] {
        let message = "`\(address)` is removed twice"
        faults.append(
          Finding(.guestTwice, message, at: place, of: address, related: [set.place(other)])
        )
      }
      if faults.isEmpty, let mark = guests.marks[address] {
        let message = "`\(address)` is both under `guests` and under `removed`"
        let related = [set.place(mark)]
        set.add(Finding(.guestAndRemoved, message, at: place, of: address, related: related))
        contradicted[address] = message
        continue
      }
      first[address] = first[address] ?? order.mark
      set.add(faults)
      guard order.fault == nil, faults.isEmpty else {
        removed.removeAll { $0.address == address }
        continue
      }
      removed.append(
        RemovalEntry(
          address: address,
          pinned: order.pinned,
          reason: order.reason,
          removes: order.removes,
          place: place
        )
      )
    }
    removed.sort { $0.address < $1.address }
  }

  /// Every rule of the policy that a removal breaks.
  private static func faults(
    of address: EmailAddress,
    at place: SourcePlace,
    _ policy: Policy
  ) -> [Finding] {
    var faults: [Finding] = []
    if policy.limits.protected.contains(address) {
      faults.append(
        Finding(.protectedIdentity, "`\(address)` is protected", at: place, of: address)
      )
    }
    let permission = policy.authority?.permission(forFile: place.file) ?? .everything
    let partner = policy.partners.partner(ofDomain: address.domain)
    if permission != .everything, !(partner.map { permission.covers($0) } ?? false) {
      let message = "this file has no `authority` to remove `\(address)`"
      faults.append(Finding(.authority, message, at: place, of: address))
    }
    return faults
  }

  private mutating func checkExceptions(_ guests: SortedGuests) {
    for exception in set.files.flatMap(\.exceptions) {
      let (guest, rule) = (exception.value.guest, exception.value.rule)
      if !guests.contains(guest) {
        guard set.isComplete else { continue }
        set.report(
          .exceptionUnused,
          "`\(guest)` has an exception but is not under `guests`",
          at: exception.mark,
          severity: .warning
        )
      } else if let now, exception.value.until <= now,
        !set.sink.mentions(set.place(exception.mark))
      {
        set.report(
          .exceptionOver,
          "the exception of `\(guest)` from `\(rule.rawValue)` ended "
            + exception.value.until.lastDay,
          at: exception.mark,
          severity: .warning
        )
      }
    }
  }

  /// Warns of what nothing names; of an app that only an unused bundle names, the bundle says it.
  private mutating func checkUse(_ guests: SortedGuests) {
    var apps = Set(set.files.flatMap(\.apps).map(\.value.name))
    var bundles = Set(set.files.flatMap(\.bundles).map(\.value.name))
    func use(_ references: [GrantReference]) {
      for reference in references {
        switch reference.target {
        case .role(let app, _): apps.remove(app)
        case .bundle(let name): bundles.remove(name)
        default: break
        }
      }
    }
    for file in set.files {
      for partner in file.partners { use(partner.value.value.includes) }
      for bundle in file.bundles { use(bundle.value.value.grants) }
      use(file.holders.map(\.grant))
    }
    for guest in guests.first where !apps.isEmpty || !bundles.isEmpty {
      use(guest.value.bundles)
      use(guest.value.grants)
    }
    for bundle in set.files.flatMap(\.bundles) where bundles.contains(bundle.value.name) {
      let message = "bundle `\(bundle.value.name)` is unused"
      set.report(.unusedBundle, message, at: bundle.mark, severity: .warning)
    }
    for app in set.files.flatMap(\.apps) where apps.contains(app.value.name) {
      let message = "app `\(app.value.name)` is unused"
      set.report(.unusedResource, message, at: app.mark, severity: .warning)
    }
  }

  /// Which of two that look alike is the true one cannot be told: the later one is reported.
  private mutating func checkLookalikes(_ policy: Policy) {
    var first: [String: (domain: String, mark: Mark?)] = [:]
    for domain in policy.tenant.domains.sorted() {
      first[LookalikeDomains.skeleton(of: domain)] = (domain, nil)
    }
    var reported: Set<String> = []
    for partner in set.files.flatMap(\.partners) {
      for pattern in partner.value.value.domains where pattern.value != "*" {
        let domain = LookalikeDomains.base(pattern.value)
        let skeleton = LookalikeDomains.skeleton(of: domain)
        guard let other = first[skeleton] else {
          first[skeleton] = (domain, pattern.mark)
          continue
        }
        guard other.domain != domain, reported.insert(domain).inserted else { continue }
        set.report(
          .lookalikeDomain,
          "`\(domain)` looks like `\(other.domain)`",
          at: pattern.mark,
          severity: .warning,
          related: other.mark.map { [$0] } ?? []
        )
      }
    }
  }
}
