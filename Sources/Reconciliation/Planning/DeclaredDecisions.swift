internal import Access

/// What the same plan does to the account, on which the decisions about access depend.
enum AccountDecision: Hashable, Sendable {
  case plain
  /// The account is made by the invitation at this position of the decision.
  case invited(Int)
  /// The account comes back; its grants wait for the action at this position: the restore of a deleted
  /// one, or an unblock that somebody has to answer for.
  case givenBack(Reason, after: Int? = nil)
  /// Nothing is given; what is ours and no longer declared still goes.
  case nothingGiven

  /// What must have succeeded before anything can be given.
  var prerequisites: [Int] {
    switch self {
    case .invited(let position): [position]
    case .givenBack(_, let action): action.map { [$0] } ?? []
    case .plain, .nothingGiven: []
    }
  }

  /// Why grants are given, where the account is the reason.
  var reason: Reason? { if case .givenBack(let reason, _) = self { reason } else { nil } }
}

extension PlanningContext {
  /// Decides over one declared guest.
  func decide(_ matched: MatchedGuest) -> GuestDecision {
    let (guest, entry) = (matched.guest, matched.guest.entry)
    var account: UserID?
    switch matched.lead.match {
    case .live(let id), .elsewhere(let id), .deleted(let id): account = id
    case .none, .further, .conflict: break
    }
    let identity = GuestIdentity(address: entry.address, partner: entry.partner, account: account)
    var decision = GuestDecision(identity)
    if let fault = matched.lead.fault { decision.skip(entry, fault) }
    switch validity(of: guest) {
    case .future(let start):
      decision.expect(.start, at: start)
      // What the entry names is neither given nor taken yet; what it no longer names goes.
      decideMatch(matched, givesNothing: true, &decision)
    case .expired(let end, let origin): expire(matched, at: end, origin, &decision)
    case .active(let end):
      remark(matched, until: end, &decision)
      decideMatch(matched, givesNothing: guest.isSkipped || matched.lead.fault != nil, &decision)
    }
    return decision
  }

  private func decideMatch(
    _ matched: MatchedGuest,
    givesNothing: Bool,
    _ decision: inout GuestDecision
  ) {
    let entry = matched.guest.entry
    switch matched.lead.match {
    case .live(let id): decideLive(matched, id, givesNothing: givesNothing, &decision)
    case .elsewhere(let id):
      decision.note(.conflict, "its account does not have this address any more")
      decideLive(matched, id, givesNothing: true, &decision)
    case .deleted(let id): if !givesNothing { decideDeleted(matched, id, &decision) }
    case .none: if !givesNothing { decideAbsent(matched, &decision) }
    case .further:
      if matched.lead.fault == nil {
        decision.note(.conflict, "only `otherMails` of an account has this address")
      }
    case .conflict(let words, let ids):
      noteConflict(words, ids, &decision)
      if entry.blocked != nil {
        decision.note(
          .unwritable,
          "the declared block cannot be carried out: the account is unclear"
        )
      }
    }
  }

  /// Says that nobody can tell which account is meant.
  func noteConflict(_ words: String, _ ids: [UserID], _ decision: inout GuestDecision) {
    decision.note(.conflict, "\(words): \(ids.map(\.description).joined(separator: ", "))")
  }

  private func expire(
    _ matched: MatchedGuest,
    at end: Moment,
    _ origin: Ending.Origin,
    _ decision: inout GuestDecision
  ) {
    decision.note(.expired, "the entry ended at \(end)")
    let key = EntryKey.guest(matched.guest.entry.address)
    let account: UserID
    switch matched.lead.match {
    case .live(let id), .elsewhere(let id): account = id
    case .conflict(let words, let ids): return noteConflict(words, ids, &decision)
    case .none, .deleted, .further: return
    }
    guard ownership.mayBeOurs(key) || !matched.lead.former.isEmpty else { return }
    let removal = AccountRemoval(
      reason: .expired(at: end, origin),
      provenance: ownership.introduction(of: key),
      since: end,
      hadNotice: hadNotice(key.guest)
    )
    // What ends by its date needs no answer.
    let named = (matched.guest.entry.grants + matched.guest.kept).map(\.resource)
    let ended = named.filter { owns($0, matched) }.map {
      GrantRemoval(
        resource: $0,
        reason: removal.reason,
        provenance: ownership.introduction(of: .grant(GrantKey(guest: key.guest, resource: $0))),
        hadNotice: removal.hadNotice
      )
    }
    remove(account, removal, undeclaredGrants(matched, keeping: Set(named)) + ended, &decision)
  }

  /// True if a grant is ours, or was under an address that the account had before.
  func owns(_ resource: Resource, _ matched: MatchedGuest) -> Bool {
    ([matched.guest.entry.address] + matched.lead.former).contains {
      ownership.mayBeOurs(.grant(GrantKey(guest: $0, resource: resource)))
    }
  }

  // MARK: Live accounts

  private func decideLive(
    _ matched: MatchedGuest,
    _ id: UserID,
    givesNothing: Bool,
    _ decision: inout GuestDecision
  ) {
    guard let account = index.account(id) else { return }
    let entry = matched.guest.entry
    switch kind(of: account, partner: entry.partner) {
    case .nothing(let finding, let words): refuse(account, finding, words, &decision)
    case .blockOnly:
      decision.note(.directoryRole, "the account holds a directory role")
      _ = block(entry, account, &decision)
    case .grantsOnly(let words):
      decideForeign(matched, account, words, givesNothing: givesNothing, &decision)
    case .everything where givesNothing:
      if !block(entry, account, &decision), !account.isEnabled, matched.guest.isSkipped {
        noteBlockOutside(account, &decision)
      }
      decideAccess(matched, .nothingGiven, &decision)
    case .everything:
      noteAdoption(account, entry, &decision)
      decideOwn(matched, account, &decision)
    }
  }

  /// Decides over an account that is managed elsewhere.
  private func decideForeign(
    _ matched: MatchedGuest,
    _ account: Account,
    _ words: String,
    givesNothing: Bool,
    _ decision: inout GuestDecision
  ) {
    let isBlocked = matched.guest.entry.blocked != nil
    if isBlocked, account.isEnabled {
      decision.note(.unwritable, "the declaration blocks the guest, but \(words): block it there")
    }
    let isOff = !account.isEnabled && !isBlocked
    if isOff { decision.note(.blockedElsewhere, "\(words), and it is blocked there") }
    decideAccess(matched, isOff || givesNothing ? .nothingGiven : .plain, &decision)
  }

  private func noteAdoption(
    _ account: Account,
    _ entry: GuestEntry,
    _ decision: inout GuestDecision
  ) {
    decision.adopts =
      !ownership.isCarriedOut(.guest(entry.address))
      && ownership.relation(of: account, to: entry.address) == .adopted
  }

  private func noteBlockOutside(_ account: Account, _ decision: inout GuestDecision) {
    guard journal?.blocks[account.id] == nil else { return }
    decision.lost = account.id
    decision.note(.blockedElsewhere, "blocked outside Guestlist")
  }

  /// Says why nothing is done to an account, and what it still holds of ours.
  func refuse(
    _ account: Account,
    _ kind: PlanFinding.Kind,
    _ words: String,
    _ decision: inout GuestDecision
  ) {
    guard kind == .externalMember else { return decision.note(kind, words) }
    let held = Set(index.held(by: account.id)).filter {
      ownership.mayBeOurs(.grant(GrantKey(guest: decision.guest.address, resource: $0)))
    }.sorted()
    if held.isEmpty { decision.note(kind, words) }
    for resource in held {
      decision.note(kind, resource: resource, "\(words) and still holds this")
    }
  }

  /// Blocks a guest that is declared as blocked; true if it is.
  private func block(
    _ entry: GuestEntry,
    _ account: Account,
    _ decision: inout GuestDecision
  ) -> Bool {
    guard let words = entry.blocked else { return false }
    if account.isEnabled {
      let introduced = ownership.introduction(of: .guest(entry.address))
      decision.act(.block, because: .declaredBlocked(words), introduced)
    } else {
      decision.unchanged += 1
    }
    return true
  }

  private func decideOwn(
    _ matched: MatchedGuest,
    _ account: Account,
    _ decision: inout GuestDecision
  ) {
    let entry = matched.guest.entry
    if block(entry, account, &decision) { return decideAccess(matched, .plain, &decision) }
    let count = decision.actions.count
    var footing = AccountDecision.plain
    if !account.isEnabled {
      guard let lifted = unblock(entry, account, &decision) else {
        // What was taken outside is not given back in parts either.
        return decideAccess(matched, .nothingGiven, &decision)
      }
      footing = lifted
    }
    if let old = matched.lead.movesFrom {
      decision.act(
        .resetRedemption(address: entry.spelled, entry.invitation),
        because: .addressChanged(from: old),
        ownership.introduction(of: .guest(entry.address))
      )
    } else if account.redemption == .pendingAcceptance {
      resend(entry, account, &decision)
    }
    addSponsors(entry, account, &decision)
    if decision.actions.count == count { decision.unchanged += 1 }
    decideAccess(matched, footing, &decision)
  }

  /// Unblocks an account if the block is ours to lift, or a later commit gives it back; `nil` where it
  /// stays blocked.
  private func unblock(
    _ entry: GuestEntry,
    _ account: Account,
    _ decision: inout GuestDecision
  ) -> AccountDecision? {
    let introduced = ownership.introduction(of: .guest(entry.address))
    let blocked = journal?.blocks[account.id]
    let cause = blocked.map { _ in journal?.blockCauses[account.id] ?? .removal }
    let incident = journal?.incidents[account.id] ?? (cause == .incident ? blocked : nil)
    if incident == nil, let cause {
      let reason = cause == .removal ? Reason.declaredAgain : .blockLifted
      decision.act(.unblock, because: reason, introduced)
      return cause == .removal ? .givenBack(.declaredAgain) : .plain
    }
    let loss = incident ?? journal?.losses[account.id] ?? moment
    if ownership.isGivenBack(entry.address, after: loss, onlyByReturn: incident != nil) {
      decision.act(.unblock, because: .returned, introduced)
      return .givenBack(.returned)
    }
    if incident == nil, ownership.mayHaveBeenRemoved(entry.address) {
      let key = EntryKey.guest(entry.address)
      let asked = decision.act(.unblock, because: .declaredAgain, introduced, asks: key)
      return .givenBack(.declaredAgain, after: asked)
    }
    if incident == nil {
      noteBlockOutside(account, &decision)
    } else {
      decision.note(.blockedElsewhere, "blocked for an incident")
    }
    return nil
  }
}
