internal import Access
internal import YAML

/// Turns the guests and grants of all files into entries, each with everything that its partner and
/// its bundles add.
struct EntryExpander {
  var set: FileSet
  let policy: Policy
  let names: NameTable
  private let now: Moment?
  var usedBundles: Set<String> = []
  var usedResources: Set<Resource> = []
  var holders: [EmailAddress: [HolderDeclaration]] = [:]

  init(_ set: FileSet, policy: Policy, now: Moment?) {
    self.set = set
    self.policy = policy
    names = NameTable(policy.catalog)
    self.now = now
  }

  /// All entries that can be read at all, ordered by address; those that break a rule are among
  /// them, and the findings say so.
  mutating func expand() -> [GuestEntry] {
    for holder in set.files.flatMap(\.holders) { holders[holder.guest, default: []].append(holder) }
    let guests = uniqueGuests()
    checkHolders(guests)
    var entries: [GuestEntry] = []
    entries.reserveCapacity(guests.count)
    for guest in guests.values {
      if let entry = expand(guest) { entries.append(entry) }
    }
    entries.sort { $0.address < $1.address }
    return entries
  }

  private mutating func uniqueGuests() -> [EmailAddress: GuestDeclaration] {
    var first: [EmailAddress: GuestDeclaration] = [:]
    for file in set.files {
      for guest in file.guests {
        guard let other = first[guest.address] else {
          first[guest.address] = guest
          continue
        }
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
    return first
  }

  private mutating func checkHolders(_ guests: [EmailAddress: GuestDeclaration]) {
    for (address, list) in holders where guests[address] == nil {
      for holder in list {
        set.report(
          .unknownGuest,
          "`\(address)` is no declared guest",
          at: holder.grant.mark,
          suggestion: "declare it under `guests`",
          scope: .entry(address)
        )
      }
    }
  }

  private mutating func expand(_ guest: GuestDeclaration) -> GuestEntry? {
    guard let partner = partner(of: guest) else { return nil }
    var entry = GuestEntry(
      address: guest.address,
      spelled: guest.spelled,
      partner: partner.partner.name,
      name: guest.name,
      pinned: guest.pinned,
      invitation: invitation(guest, partner),
      starts: guest.starts,
      reviewed: guest.reviewed,
      ticket: guest.ticket,
      reason: guest.reason,
      previously: guest.previously,
      blocked: guest.blocked?.value,
      returned: guest.returned,
      place: set.place(guest.mark),
      isUninvitable: AddressNormaliser.isUninvitable(guest.address)
    )
    if !guest.sponsors.isEmpty {
      entry.sponsors = guest.sponsors.map(\.value)
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
    if entry.grants.isEmpty {
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
    _ guest: GuestDeclaration,
    _ partner: PartnerPolicy
  ) -> InvitationSettings {
    var settings = policy.defaults.invitation.over(InvitationSettings())
    if !partner.invitation.isEmpty { settings = partner.invitation.over(settings) }
    return guest.invitation.isEmpty ? settings : guest.invitation.over(settings)
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
      suggestion: Suggestion.sentence(for: domain, among: policy.partners.domains),
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
