internal import Access

extension Drafting {
  /// Decides over a declared guest whose account is soft-deleted.
  mutating func decideDeleted(_ entry: GuestEntry, _ item: DeletedAccount) {
    let person = Person(
      entry.address,
      partner: entry.partner,
      account: item.account.id,
      position: index.positionEvenDeleted(of: item.account.id)
    )
    guard entry.blocked == nil, invitesGuests(of: entry) else { return }
    let isOurs = journal?.deletions[item.account.id] != nil
    let reason: Reason
    if isOurs {
      reason = .declaredAgain
    } else if isReturned(entry, after: item.deleted ?? journal?.losses[item.account.id]) {
      reason = .returned
    } else {
      return note(.left, person, "another hand deleted the account, or the guest left")
    }
    guard mayRestore(item.account, entry, person) else { return }
    let introduced = ownership.introduction(of: .guest(entry.address))
    let restored = act(.restore, for: person, because: reason, introduced)
    if !item.account.isEnabled {
      act(.unblock, for: person, because: reason, introduced, after: [restored])
    }
    _ = resend(entry, person, item.account, after: [restored])
    decideAccess(entry, Subject(match: .deleted(item)), person, .restored(restored, reason))
  }

  private mutating func mayRestore(
    _ account: Account,
    _ entry: GuestEntry,
    _ person: Person
  ) -> Bool {
    let kind = AccountKind(
      AccountTraits(account),
      partner: input.desired.partners[entry.partner],
      ownsAccounts: input.desired.tenant.ownsAccounts
    )
    switch kind {
    case .everything: return true
    case .grantsOnly, .blockOnly: return false
    case .nothing(let finding, let detail):
      note(finding, person, detail)
      return false
    }
  }

  /// Decides over a declared guest that has no account at all.
  mutating func decideAbsent(_ entry: GuestEntry) {
    let person = Person(entry.address, partner: entry.partner)
    guard entry.blocked == nil else { return }
    guard invitesGuests(of: entry) else {
      return note(.pending, person, "the account is made elsewhere and is not there yet")
    }
    var reason = Reason.declared
    if let known = entry.pinned ?? journal?.accounts[entry.address] {
      if journal?.deletions[known] != nil {
        reason = .declaredAgain
      } else if isReturned(entry, after: journal?.losses[known]), !isConsumed(entry) {
        reason = .returned
      } else {
        return note(.left, person, "the account `\(known)` is gone")
      }
    }
    guard input.observed.lookedUp.contains(entry.address) else {
      return withhold(entry, "the address was not looked up over all users and deleted items")
    }
    guard !entry.isUninvitable else {
      return withhold(entry, "the address has characters that an invitation refuses")
    }
    guard !isInvitationOpen(entry) else {
      return withhold(entry, "an invitation was sent less than an hour ago and its answer was lost")
    }
    let invited = act(
      .invite(
        address: entry.spelled,
        name: entry.name,
        entry.invitation,
        sponsors: sponsorAccounts(of: entry, person)
      ),
      for: person,
      because: reason,
      ownership.introduction(of: .guest(entry.address))
    )
    decideAccess(entry, Subject(match: .none), person, .invited(invited))
  }

  /// False where another repository, or a synchronisation, makes the accounts.
  private func invitesGuests(of entry: GuestEntry) -> Bool {
    input.desired.tenant.ownsAccounts && input.desired.partners[entry.partner]?.accounts != .sync
  }

  /// True if the entry's `return` has led to an invitation already.
  private func isConsumed(_ entry: GuestEntry) -> Bool {
    guard let returned = entry.returned, let last = journal?.invitations[entry.address]?.last
    else { return false }
    return last >= returned
  }

  private func isInvitationOpen(_ entry: GuestEntry) -> Bool {
    journal?.unresolved.contains {
      $0.verb == .invite && $0.guest == entry.address && $0.intended + .hours(1) > moment
    } ?? false
  }

  /// The accounts of the declared sponsors, in the order of the declaration.
  private mutating func sponsorAccounts(of entry: GuestEntry, _ person: Person) -> [UserID] {
    var accounts: [UserID] = []
    for sponsor in entry.sponsors.prefix(5) {
      if case .live(let position) = index.match(sponsor, pinned: nil, known: nil) {
        accounts.append(index.id(at: position))
      } else if input.observed.lookedUp.contains(sponsor) {
        note(.withoutSponsor, person, "no account has the address of the sponsor `\(sponsor)`")
      }
    }
    return accounts
  }

  /// Adds the declared sponsors that an account lacks, where they were read; true if it did.
  mutating func syncSponsors(_ entry: GuestEntry, _ person: Person, _ account: Account) -> Bool {
    guard let present = account.sponsors else { return false }
    var free = max(0, 5 - present.count)
    var didAct = false
    for sponsor in entry.sponsors {
      guard free > 0, case .live(let position) = index.match(sponsor, pinned: nil, known: nil),
        !present.contains(index.id(at: position))
      else { continue }
      let introduced = ownership.introduction(of: .guest(entry.address))
      act(
        .addSponsor(index.id(at: position), sponsor),
        for: person,
        because: .declared,
        introduced
      )
      free -= 1
      didAct = true
    }
    return didAct
  }

  /// Sends an invitation again that was not redeemed in time; true if it did.
  mutating func resend(
    _ entry: GuestEntry,
    _ person: Person,
    _ account: Account,
    after prerequisites: [Int] = []
  ) -> Bool {
    guard account.redemption == .pendingAcceptance else { return false }
    // Mails of an earlier life of the address do not count.
    let born = account.created.map { $0 - .minutes(5) }
    let mailed = (journal?.invitations[entry.address] ?? []).filter { mail in
      born.map { $0 <= mail } ?? true
    }
    let since = mailed.last ?? account.redemptionChanged ?? account.created
    note(.pending, person, since.map { "invited at \($0), not redeemed" } ?? "not redeemed")
    guard let last = mailed.last ?? (journal == nil ? since : nil),
      let after = lifecycle.resendAfter, last + after <= moment,
      mailed.count - 1 < lifecycle.resendLimit,
      ownership.relation(of: account, to: entry.address) == .ours
    else { return false }
    act(
      .resend(address: entry.spelled, entry.invitation),
      for: person,
      because: .notRedeemed(since: last),
      ownership.introduction(of: .guest(entry.address)),
      after: prerequisites
    )
    return true
  }
}
