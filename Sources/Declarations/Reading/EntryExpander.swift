internal import Access
internal import YAML

/// Turns the guests and grants of all files into entries, each with everything that its partner and
/// its bundles add, and checks them against the policy.
struct EntryExpander: Sendable {
  var set: FileSet
  let policy: Policy
  let names: NameTable
  private let guests: SortedGuests
  var checker: EntryChecker
  private let now: Moment?
  private var lookalikes: LookalikeDomains
  let resourceGrants: [EmailAddress: [ResourceGrant]]
  /// True while an entry is expanded whose file has no authority over it.
  private(set) var isOutside = false

  /// What expanding and checking some of the guests gave.
  struct Batch: Sendable {
    /// In the order of their addresses.
    var guests: [GuestEntry] = []
    var withheld: [WithheldEntry] = []
    var sink = FindingSink(limit: FindingSink.mostOfAll)
  }

  init(
    _ set: FileSet,
    guests: SortedGuests,
    policy: Policy,
    now: Moment?
  ) {
    self.set = set.withoutFindings
    self.guests = guests
    self.policy = policy
    self.now = now
    names = NameTable(policy.catalog, roles: policy.roles)
    checker = EntryChecker(policy, now: now)
    lookalikes = LookalikeDomains(policy: policy)
    resourceGrants = Dictionary(grouping: set.files.flatMap(\.holders), by: \.guest)
  }

  /// Expands and checks some of the guests.
  func batch(_ guests: ArraySlice<Boxed<GuestDeclaration>>) -> Batch {
    var expander = self
    var batch = Batch()
    batch.guests.reserveCapacity(guests.count)
    for guest in guests { expander.add(guest.value, to: &batch) }
    batch.sink = expander.set.sink
    return batch
  }

  private mutating func add(_ first: GuestDeclaration, to batch: inout Batch) {
    var proper: [ExpandedEntry] = []
    var outside: [ExpandedEntry] = []
    for guest in [first] + (guests.repeated[first.address] ?? []).map(\.value) {
      let expanded = expand(guest, isFirst: proper.isEmpty)
      if expanded.isOutsideAuthority { outside.append(expanded) } else { proper.append(expanded) }
    }
    if proper.count > 1 { reportTwice(proper) }
    if let entry = ExpandedEntry(merging: proper) {
      if let withheld = entry.withheld {
        batch.withheld.append(withheld)
      } else {
        batch.guests.append(entry.entry)
      }
    }
    if let withheld = ExpandedEntry(merging: outside)?.withheld { batch.withheld.append(withheld) }
  }

  private mutating func reportTwice(_ entries: [ExpandedEntry]) {
    for other in entries.dropFirst() {
      let isSameSpelling = entries[0].entry.spelled.utf8.elementsEqual(other.entry.spelled.utf8)
      set.report(
        isSameSpelling ? .guestTwice : .sameAddressOtherForm,
        isSameSpelling
          ? "`\(other.entry.spelled)` is declared twice"
          : "`\(other.entry.spelled)` and `\(entries[0].entry.spelled)` are the same address",
        at: other.mark,
        related: [entries[0].mark],
        scope: .entry(other.entry.address)
      )
    }
  }

  /// The entry of one declaration; of several of one person, grants from the resource's side go to
  /// the first.
  private mutating func expand(_ guest: GuestDeclaration, isFirst: Bool) -> ExpandedEntry {
    let name = policy.partners.partner(ofDomain: guest.address.domain)
    let partner = name.flatMap { policy.partners[$0] }
    var entry = GuestEntry(
      address: guest.address,
      spelled: guest.spelled,
      partner: partner?.partner.name ?? PartnerName(""),
      name: guest.name,
      pinned: guest.pinned,
      invitation: invitation(guest, partner),
      starts: guest.starts,
      reviewed: guest.reviewed,
      ticket: guest.ticket,
      reason: guest.reason,
      previously: guest.previously,
      blocked: guest.blocked,
      returned: guest.returned,
      place: set.place(guest.mark),
      isUninvitable: AddressNormaliser.isUninvitable(guest.address)
    )
    if !guest.sponsors.isEmpty {
      entry.sponsors = guest.sponsors
    } else if let sponsors = partner?.partner.sponsors, !sponsors.isEmpty {
      (entry.sponsors, entry.sponsorOrigin) = (sponsors, .partner)
    } else {
      (entry.sponsors, entry.sponsorOrigin) = (policy.defaults.sponsors, .defaults)
    }
    if let expires = guest.expires {
      entry.ends.append(Ending(rule: expires.value, origin: .guest))
    }
    if let partner, let stay = partner.stay {
      entry.ends.append(
        Ending(rule: .afterIntroduction(stay), origin: .partnerLimit(partner.partner.name))
      )
    }
    isOutside =
      !guest.isImplied && !checker.covers(entry.partner, inFile: entry.place.file)
    expandGrants(of: guest, partner: partner, isFirst: isFirst, into: &entry)
    return check(entry, guest, partner)
  }

  private func invitation(
    _ guest: GuestDeclaration,
    _ partner: PartnerPolicy?
  ) -> InvitationSettings {
    var settings = policy.defaults.invitation.over(InvitationSettings())
    if let partner, !partner.invitation.isEmpty { settings = partner.invitation.over(settings) }
    return guest.invitation.isEmpty ? settings : guest.invitation.over(settings)
  }

  private mutating func check(
    _ entry: GuestEntry,
    _ guest: GuestDeclaration,
    _ partner: PartnerPolicy?
  ) -> ExpandedEntry {
    var expanded = ExpandedEntry(entry: entry, mark: guest.mark)
    expanded.fault = guest.fault
    let isImplied = guest.isImplied
    if isOutside {
      let what = partner.map { "guests of partner `\($0.partner.name)`" } ?? "guests of this domain"
      reportOutside(entry, place: entry.place, what: what)
      expanded.isOutsideAuthority = true
      expanded.fault = "`\(entry.place.file)` has no `authority` over \(what)"
      return expanded
    }
    var verdict = checker.check(entry, grantsOnly: isImplied)
    if !isImplied { checkSponsors(of: entry, &verdict) }
    if let partner, !isImplied { checkDates(guest, entry, partner, &verdict) }
    for (finding, cause) in verdict.findings {
      var finding = finding
      if finding.code == DeclarationRule.noPartner.code, set.maySuggest() {
        finding.hint = checker.hint(forDomain: String(entry.address.domain))
      }
      set.add(finding, cause: cause)
    }
    expanded.fault = expanded.fault ?? verdict.fault ?? (isImplied ? nil : policy.faults.defaults)
    if !verdict.grants.isEmpty { expanded.entry.skip(verdict.grants) }
    if expanded.fault == nil, !isImplied { warn(entry, guest) }
    return expanded
  }

  /// Reports something that a file has no authority over.
  mutating func reportOutside(_ entry: GuestEntry, place: SourcePlace, what: String) {
    set.add(
      Finding(
        .authority,
        "this file has no `authority` over \(what)",
        at: place,
        of: entry.address
      ),
      cause: CommonCause(before: "`\(place.file)` has no `authority` over \(what): ")
    )
  }

  /// A sponsor who is a guest has one error, whatever their domain is.
  private func checkSponsors(of entry: GuestEntry, _ verdict: inout EntryChecker.Verdict) {
    for sponsor in entry.sponsors where guests.contains(sponsor) {
      verdict.findings.removeAll {
        $0.finding.code == DeclarationRule.sponsorOutside.code
          && $0.finding.message.contains("`\(sponsor)`")
      }
      checker.refuse(
        entry,
        .sponsorIsGuest,
        "sponsor `\(sponsor)` of `\(entry.spelled)` is a guest",
        cause: CommonCause(before: "sponsor `\(sponsor)` of ", after: " is a guest"),
        in: &verdict
      )
    }
  }

  private mutating func checkDates(
    _ guest: GuestDeclaration,
    _ entry: GuestEntry,
    _ partner: PartnerPolicy,
    _ verdict: inout EntryChecker.Verdict
  ) {
    guard let expires = guest.expires, case .at(let end) = expires.value else { return }
    if let starts = guest.starts, starts >= end {
      let message = "`\(guest.spelled)` ends \(end.lastDay), before it starts"
      set.report(.startsAfterEnd, message, at: expires.mark, scope: .entry(guest.address))
      verdict.fault = verdict.fault ?? message
    }
    if let now, end <= now {
      warn(.expiryPast, "`\(guest.spelled)` expired \(end.lastDay)", at: expires.mark, guest)
    }
    if let now, let stay = partner.stay, guest.starts == nil, end > now + stay + .days(1) {
      warn(
        .stayClipped,
        "`\(guest.spelled)` ends \(end.lastDay), but partner `\(partner.partner.name)` limits a "
          + "stay to \(stay.seconds / 86_400) days after the merge",
        at: expires.mark,
        guest
      )
    }
    let held = resourceGrants[guest.address] ?? []
    for grant in guest.grants + held.map(\.grant) {
      guard case .at(let grantEnd)? = grant.expires, grantEnd > end else { continue }
      warn(
        .outlivesGuest,
        "`\(grant.spelled)` would end \(grantEnd.lastDay), but the guest ends \(end.lastDay)",
        at: grant.mark,
        guest
      )
    }
  }

  private mutating func warn(_ entry: GuestEntry, _ guest: GuestDeclaration) {
    if entry.grants.isEmpty, entry.skippedGrants.isEmpty, guest.bundles.isEmpty,
      !policy.faults.isIncomplete
    {
      warn(.withoutAccess, "`\(guest.spelled)` has no grants", at: guest.mark, guest)
    }
    if entry.isUninvitable, guest.pinned == nil {
      warn(
        .uninvitableAddress,
        "Graph refuses to invite `\(guest.spelled)` because of a character before the `@`",
        at: guest.mark,
        guest
      )
    }
    if let other = lookalikes.resembled(byUnknown: entry.address.domain) {
      warn(
        .lookalikeDomain,
        "the domain of `\(guest.spelled)` looks like `\(other)`",
        at: guest.mark,
        guest
      )
    }
  }

  private mutating func warn(
    _ rule: DeclarationRule,
    _ message: String,
    at mark: Mark,
    _ guest: GuestDeclaration
  ) {
    set.report(rule, message, at: mark, severity: .warning, scope: .entry(guest.address))
  }
}
