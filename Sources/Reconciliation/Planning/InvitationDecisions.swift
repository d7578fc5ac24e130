internal import Access

/// Guests without a live account, and their invitations.
extension PlanningContext {
  /// Decides over a declared guest whose account is soft-deleted.
  func decideDeleted(
    _ matched: MatchedGuest,
    _ id: UserID,
    _ decision: inout GuestDecision
  ) {
    let entry = matched.guest.entry
    guard invitesGuests(of: entry), let item = index.state.deleted?[id] else { return }
    let account = item.account
    var asks: EntryKey?
    let reason: Reason
    if journal?.deletions[account.id] != nil {
      reason = .declaredAgain
    } else if ownership.isGivenBack(
      entry.address,
      after: item.deleted ?? journal?.losses[account.id] ?? moment
    ) {
      reason = .returned
    } else if ownership.mayHaveBeenRemoved(entry.address) {
      (reason, asks) = (.declaredAgain, .guest(entry.address))
    } else {
      decision.lost = account.id
      return decision.note(.left, "deleted outside Guestlist, or the guest left")
    }
    guard entry.blocked == nil else { return }
    switch kind(of: account, partner: entry.partner) {
    case .everything: break
    case .grantsOnly, .blockOnly: return
    case .nothing(let finding, let words): return decision.note(finding, words)
    }
    let introduced = ownership.introduction(of: .guest(entry.address))
    let restored = decision.act(.restore, because: reason, introduced, asks: asks)
    if !account.isEnabled, mayUnblockRestored(entry, account) {
      decision.act(.unblock, because: reason, introduced, after: [restored], asks: asks)
    }
    resend(entry, account, after: [restored], &decision)
    decideAccess(matched, .givenBack(reason, after: restored), &decision)
  }

  /// False while an incident's block waits for a `return` of its own.
  private func mayUnblockRestored(_ entry: GuestEntry, _ account: Account) -> Bool {
    guard let incident = journal?.incidents[account.id] else { return true }
    return ownership.isGivenBack(entry.address, after: incident, onlyByReturn: true)
  }

  /// Decides over a declared guest that has no account at all.
  func decideAbsent(_ matched: MatchedGuest, _ decision: inout GuestDecision) {
    let entry = matched.guest.entry
    guard entry.blocked == nil else { return }
    guard invitesGuests(of: entry) else {
      return decision.note(.pending, "the account is made elsewhere and is not there yet")
    }
    if wasInvitedJustNow(entry) {
      let words = "invited moments ago; the tenant does not show it yet"
      return decision.note(.pending, words, since: moment)
    }
    var reason = Reason.declared
    if let known = entry.pinned ?? known(entry.address), !hasLeft(entry.address, known) {
      if entry.pinned == nil, journal?.deletions[known] != nil {
        reason = .declaredAgain
      } else if entry.pinned == nil,
        ownership.isGivenBack(entry.address, after: journal?.losses[known] ?? moment)
      {
        reason = .returned
      } else {
        decision.lost = known
        return decision.note(.left, "the account `\(known)` was removed outside Guestlist")
      }
    }
    if let keeper = index.keepers(of: entry.address).first {
      let words =
        "the account `\(keeper)` moved to another address and still has this one, so an invitation "
        + "would go to it: remove the address from its `proxyAddresses`"
      return decision.note(.conflict, words)
    }
    guard input.observed.lookedUp.contains(entry.address) else {
      let words = "the address was not looked up over all users and deleted items"
      return decision.skip(entry, words)
    }
    guard !entry.isUninvitable else {
      return decision.skip(entry, "the address has characters that an invitation refuses")
    }
    guard !hasOpenInvitation(entry) else {
      let words = "an invitation was sent less than an hour ago and its answer was lost"
      return decision.skip(entry, words)
    }
    let invited = decision.act(
      .invite(
        address: entry.spelled,
        name: entry.name,
        entry.invitation,
        sponsors: sponsors(of: entry, &decision)
      ),
      because: reason,
      ownership.introduction(of: .guest(entry.address)),
      asks: reason == .declared ? questionOnInvitation(entry) : nil
    )
    decideAccess(matched, .invited(invited), &decision)
  }

  /// The entry to ask about where an invitation may be one of somebody who was removed outside
  /// before the journal began: declared long ago, and others of the declared are there.
  private func questionOnInvitation(_ entry: GuestEntry) -> EntryKey? {
    let key = EntryKey.guest(entry.address)
    guard ownership.claim(key) == .unknown, let introduced = ownership.introduced(key),
      introduced + .days(7) < moment
    else { return nil }
    return hasGuests ? key : nil
  }

  /// False where another repository, or a synchronisation, makes the accounts.
  private func invitesGuests(of entry: GuestEntry) -> Bool {
    input.desired.tenant.ownsAccounts && input.desired.partners[entry.partner]?.accounts != .sync
  }

  /// True for an account that gave an address up: it says nothing about the person who has the
  /// address now.
  private func hasLeft(_ address: EmailAddress, _ account: UserID) -> Bool {
    changes.current[account].map { $0 != address } ?? false
  }

  private func wasInvitedJustNow(_ entry: GuestEntry) -> Bool {
    unseen.contains { write in
      write.guest == entry.address && write.verb == .invite
        && !(write.account.map { hasLeft(entry.address, $0) } ?? false)
    }
  }

  private func hasOpenInvitation(_ entry: GuestEntry) -> Bool {
    journal?.unresolved.contains {
      $0.verb == .invite && $0.guest == entry.address && $0.intended + .hours(1) > moment
    } ?? false
  }

  // MARK: Invitations and sponsors

  /// The accounts of the declared sponsors, in the order of the declaration.
  private func sponsors(of entry: GuestEntry, _ decision: inout GuestDecision) -> [UserID] {
    var accounts: [UserID] = []
    for sponsor in entry.sponsors.prefix(5) {
      if case .live(let id) = index.match(sponsor) {
        accounts.append(id)
      } else if input.observed.lookedUp.contains(sponsor) {
        decision.note(.withoutSponsor, "no account has the address of the sponsor `\(sponsor)`")
      }
    }
    return accounts
  }

  /// Adds the declared sponsors that an account lacks, where they were read.
  func addSponsors(
    _ entry: GuestEntry,
    _ account: Account,
    _ decision: inout GuestDecision
  ) {
    guard var present = account.sponsors else { return }
    for write in unseen
    where write.account == account.id && write.verb == .addSponsor {
      // The tenant may not show them yet, and which they were is not kept.
      return
    }
    for sponsor in entry.sponsors {
      guard present.count < 5, case .live(let id) = index.match(sponsor),
        present.insert(id).inserted
      else { continue }
      let introduced = ownership.introduction(of: .guest(entry.address))
      decision.act(.addSponsor(id, sponsor), because: .declared, introduced)
    }
  }

  /// Sends an invitation again that was not redeemed in time.
  func resend(
    _ entry: GuestEntry,
    _ account: Account,
    after prerequisites: [Int] = [],
    _ decision: inout GuestDecision
  ) {
    guard account.redemption == .pendingAcceptance else { return }
    // Mails of an earlier life of the address do not count.
    let born = account.created.map { $0 - .minutes(5) }
    let mailed = (journal?.invitations[entry.address] ?? []).filter { mail in
      born.map { $0 <= mail } ?? true
    }
    let since = mailed.last ?? account.redemptionChanged ?? account.created
    let words = since.map { "invited at \($0), not redeemed" } ?? "not redeemed"
    decision.note(.pending, words, since: since)
    guard let last = mailed.last ?? (journal == nil ? since : nil),
      let after = lifecycle.resendAfter, last + after <= moment,
      mailed.count - 1 < lifecycle.resendLimit,
      ownership.relation(of: account, to: entry.address) == .ours
    else { return }
    decision.act(
      .resend(address: entry.spelled, entry.invitation),
      because: .notRedeemed(since: last),
      ownership.introduction(of: .guest(entry.address)),
      after: prerequisites
    )
  }
}
