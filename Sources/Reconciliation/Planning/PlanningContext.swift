internal import Access

/// What every decision of one plan reads.
struct PlanningContext: Sendable {
  let input: PlanningInput
  let moment: Moment
  let ownership: Ownership
  let index: TenantIndex
  let policy: EffectivePolicy
  let changes: AddressChanges
  let declared: DeclaredGuests
  let lost: LostEntries
  /// True if the tenant has the account of some declared guest.
  let hasGuests: Bool
  /// Writes of ours that the tenant may not show yet, oldest first.
  let unseen: [JournalRecord.RecentWrite]
  /// The partner of a guest that is no longer declared.
  private let partnerDomains: PartnerDomains
  private let earlier: [EmailAddress: GuestEntry]
  private let appliedPins: [EmailAddress: UserID]

  init(_ input: PlanningInput) {
    self.input = input
    moment = input.moment
    ownership = Ownership(history: input.history, journal: input.journal, now: input.moment)
    changes = AddressChanges(input, ownership)
    policy = EffectivePolicy(input.desired, baseline: input.baseline, at: input.moment)
    declared = DeclaredGuests(input, ownership)
    lost = LostEntries(ownership, andAllOf: changes.reused.union(declared.dropped))
    unseen = input.observed.unseen(of: input.journal?.recent ?? [])
    index = TenantIndex(
      input.observed.showing(unseen),
      catalog: input.desired.catalog,
      moved: changes.current
    )
    hasGuests = declared.contains { [index] guest in
      let match = index.match(guest.entry.address, pinned: guest.entry.pinned)
      if case .live = match { return true }
      return false
    }
    partnerDomains = PartnerDomains(input.desired.partners)
    earlier = input.earlier?.entries ?? [:]
    appliedPins = Dictionary(
      (input.applied?.guests ?? []).compactMap { guest in guest.pinned.map { (guest.address, $0) }
      },
      uniquingKeysWith: { first, _ in first }
    )
  }

  var journal: JournalRecord? { input.journal }
  var lifecycle: Lifecycle { policy.lifecycle }

  /// The account that earlier runs met at an address, or that its entry pinned when it was applied.
  func known(_ address: EmailAddress) -> UserID? {
    journal?.accounts[address] ?? appliedPins[address]
  }

  func kind(of account: Account, partner: PartnerName?) -> AccountKind {
    // Between the two writes of an address change of ours they differ, too.
    if account.hasForeignIdentity, journal?.addressChanges[account.id] == nil {
      return .nothing(.conflict, "its mail and the identity that signs in contradict each other")
    }
    return AccountKind(
      account,
      partner: partner.flatMap { input.desired.partners[$0] },
      ownsAccounts: input.desired.tenant.ownsAccounts
    )
  }

  /// A guest whom no entry declares: of the partner that has the domain.
  func former(_ address: EmailAddress, _ account: UserID?) -> GuestIdentity {
    let partner = partnerDomains.partner(of: address.domain)
    return GuestIdentity(address: address, partner: partner, account: account)
  }

  /// The moment from which durations count: the merge that introduced the entry, or that of a newer
  /// `reviewed`; `nil` where no end asks.
  func counted(_ key: EntryKey, for ends: [Ending], isSkipped: Bool = false) -> Moment? {
    guard ends.needCount else { return nil }
    let introduced = ownership.introduced(key) ?? moment
    // A review in a skipped entry does not count.
    let renewed = ownership.renewed(key.guest, by: isSkipped ? ownership.lastApplied ?? -1 : nil)
    return renewed.map { max($0, introduced) } ?? introduced
  }

  func validity(of guest: DeclaredGuest) -> Validity {
    let entry = guest.entry
    let key = EntryKey.guest(entry.address)
    return Validity(
      starts: entry.starts,
      ends: entry.ends,
      counted: counted(key, for: entry.ends, isSkipped: guest.isSkipped),
      at: moment
    )
  }

  func validity(of grant: GrantEntry, _ guest: DeclaredGuest) -> Validity {
    let key = EntryKey.grant(GrantKey(guest: guest.entry.address, resource: grant.resource))
    return Validity(
      starts: nil,
      ends: grant.ends,
      counted: counted(key, for: grant.ends, isSkipped: guest.isSkipped),
      at: moment
    )
  }

  /// True if the end of a guest's entry, or of one of its grants, had been merged at least seven days
  /// before now.
  func hadNotice(_ address: EmailAddress, _ resource: Resource? = nil) -> Bool {
    guard let entry = earlier[address] else { return false }
    guard let resource else { return isOver(entry.ends, .guest(address)) }
    let key = EntryKey.grant(GrantKey(guest: address, resource: resource))
    return entry.grants.contains { $0.resource == resource && isOver($0.ends, key) }
  }

  private func isOver(_ ends: [Ending], _ key: EntryKey) -> Bool {
    let end = Validity.end(ends, counted: counted(key, for: ends))
    return end.map { $0.moment <= moment } ?? false
  }
}
