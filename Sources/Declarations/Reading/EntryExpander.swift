internal import Access
internal import YAML

/// Turns the guests and grants of all files into entries, each with everything that its partner and
/// its bundles add.
struct EntryExpander: Sendable {
  var set: FileSet
  let policy: Policy
  let names: NameTable
  private let now: Moment?
  private let index: GuestIndex
  /// `nil` where the entries are held to their policy later.
  private var checker: EntryChecker?
  /// Set where that policy is another than the files' own.
  private var own: EntryChecker?
  private var lookalikes: LookalikeDomains
  var usedBundles: Set<String> = []
  /// The apps of the catalog that no guest met so far is given.
  var unusedApps: Set<AppID>
  let holders: [EmailAddress: [HolderDeclaration]]

  /// Expands by one policy and holds the entries to another, which may be the same.
  init(_ set: FileSet, index: GuestIndex, policy: Policy, against base: Policy?, now: Moment?) {
    self.set = set.withoutFindings
    self.index = index
    self.policy = policy
    self.now = now
    names = NameTable(policy.catalog)
    checker = base.map { EntryChecker($0, now: now) }
    own = base.flatMap { $0 == policy ? nil : EntryChecker(policy, now: now) }
    unusedApps = Set(policy.catalog.apps.values.lazy.map(\.id))
    lookalikes = LookalikeDomains(policy: policy)
    var holders: [EmailAddress: [HolderDeclaration]] = [:]
    for file in set.files {
      for holder in file.holders { holders[holder.guest, default: []].append(holder) }
    }
    self.holders = holders
  }

  /// Expands and checks some of the guests.
  func batch(_ guests: [Boxed<GuestDeclaration>]) -> EntryBatch {
    var expander = self
    var entries: [GuestEntry] = []
    entries.reserveCapacity(guests.count)
    for guest in guests {
      guard let entry = expander.expand(guest.value) else { continue }
      expander.check(entry)
      entries.append(entry)
    }
    return EntryBatch(
      entries: entries,
      sink: expander.set.sink,
      usedBundles: expander.usedBundles,
      unusedApps: expander.unusedApps
    )
  }

  private mutating func check(_ entry: GuestEntry) {
    for finding in checker?.check(entry) ?? [] { set.add(explained(finding, of: entry)) }
    for sponsor in entry.sponsors where index.contains(sponsor) {
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
    if let other = lookalikes.resembled(byUnknown: entry.address.domain) {
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

  /// Says of what only the other policy refuses that it is that one.
  private mutating func explained(_ finding: Finding, of entry: GuestEntry) -> Finding {
    guard finding.severity == .error, let found = own?.check(entry) else { return finding }
    let isRefusedBoth = found.contains { $0.severity == .error && $0.code == finding.code }
    return isRefusedBoth ? finding : finding.refused(by: "the policy of the base")
  }

  private mutating func expand(_ guest: GuestDeclaration) -> GuestEntry? {
    guard let partner = partner(of: guest) else { return nil }
    let rare = guest.rare?.value
    var entry = GuestEntry(
      address: guest.address,
      spelled: guest.spelled,
      partner: partner.partner.name,
      name: guest.name,
      pinned: rare?.pinned,
      invitation: invitation(rare, partner),
      starts: guest.starts,
      reviewed: guest.reviewed,
      ticket: guest.ticket,
      reason: guest.reason,
      previously: rare?.previously ?? [],
      blocked: rare?.blocked,
      returned: rare?.returned,
      place: set.place(guest.mark),
      isUninvitable: AddressNormaliser.isUninvitable(guest.address)
    )
    if let own = rare?.sponsors, !own.isEmpty {
      entry.sponsors = own
    } else if !partner.partner.sponsors.isEmpty {
      (entry.sponsors, entry.sponsorOrigin) = (partner.partner.sponsors, .partner)
    } else {
      (entry.sponsors, entry.sponsorOrigin) = (policy.defaults.sponsors, .defaults)
    }
    if let expires = guest.expires {
      entry.ends.append(Ending(rule: expires.value, origin: .guest))
    }
    if let stay = partner.stay {
      entry.ends.append(
        Ending(rule: .afterIntroduction(stay), origin: .partnerLimit(partner.partner.name))
      )
    }
    entry.grants = grants(of: guest, partner: partner)
    checkDates(guest, partner)
    if entry.grants.isEmpty, guest.grants.isEmpty, guest.bundles.isEmpty,
      holders[guest.address] == nil
    {
      warn(.withoutAccess, "`\(guest.spelled)` is given nothing", at: guest.mark, guest)
    }
    if entry.isUninvitable {
      warn(
        .uninvitableAddress,
        "Graph refuses to invite `\(guest.spelled)`: its local part holds a character that "
          + "invitations do not take",
        at: guest.mark,
        guest
      )
    }
    return entry
  }

  private func invitation(
    _ rare: GuestRarities?,
    _ partner: PartnerPolicy
  ) -> InvitationSettings {
    var settings = policy.defaults.invitation.over(InvitationSettings())
    if !partner.invitation.isEmpty { settings = partner.invitation.over(settings) }
    return rare?.invitation.over(settings) ?? settings
  }

  private mutating func partner(of guest: GuestDeclaration) -> PartnerPolicy? {
    let domain = String(guest.address.domain)
    if policy.tenant.domains.contains(domain) {
      set.report(
        .guestOfOwnDomain,
        "`\(domain)` is a domain of the tenant itself: nobody there is a guest",
        at: guest.mark,
        scope: .entry(guest.address)
      )
      return nil
    }
    if let name = policy.partners.partner(ofDomain: domain), let partner = policy.partners[name] {
      return partner
    }
    set.report(
      .noPartner,
      "no partner has the domain `\(domain)`",
      at: guest.mark,
      suggestion: set.maySuggest()
        ? Suggestion.sentence(for: domain, among: policy.partners.domains) : nil,
      scope: .entry(guest.address)
    )
    return nil
  }

  private mutating func checkDates(_ guest: GuestDeclaration, _ partner: PartnerPolicy) {
    guard let expires = guest.expires, case .at(let end) = expires.value else { return }
    if let starts = guest.starts, starts >= end {
      set.report(
        .startsAfterEnd,
        "`\(guest.spelled)` starts at \(starts) and ends at \(end)",
        at: expires.mark,
        scope: .entry(guest.address)
      )
    }
    if let now, end <= now {
      warn(.expiryPast, "`\(guest.spelled)` has ended at \(end)", at: expires.mark, guest)
    }
    if let now, let stay = partner.stay, guest.starts == nil, end > now + stay + .days(1) {
      warn(
        .stayClipped,
        "`\(guest.spelled)` ends at \(end), but `\(partner.partner.name)` lets nobody stay longer "
          + "than \(stay.seconds / 86_400) days from the merge on",
        at: expires.mark,
        guest
      )
    }
    for grant in guest.grants {
      if case .at(let grantEnd)? = grant.expires, grantEnd > end {
        warn(
          .outlivesGuest,
          "`\(grant.spelled)` would end at \(grantEnd), but its guest ends at \(end)",
          at: grant.mark,
          guest
        )
      }
    }
    for holder in holders[guest.address] ?? [] {
      if case .at(let grantEnd)? = holder.grant.expires, grantEnd > end {
        warn(
          .outlivesGuest,
          "`\(holder.grant.spelled)` would end at \(grantEnd), but its guest ends at \(end)",
          at: holder.grant.mark,
          guest
        )
      }
    }
  }

  private mutating func warn(
    _ rule: DeclarationRule,
    _ message: String,
    at mark: Mark,
    _ guest: GuestDeclaration
  ) {
    set.report(rule, .warning, message, at: mark, scope: .entry(guest.address))
  }
}
