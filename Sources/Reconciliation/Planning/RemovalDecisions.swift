internal import Access

/// Why a guest is to go, and how far.
struct AccountRemoval: Sendable {
  var reason: Reason
  var provenance: Provenance?
  /// From when on the guest was to go.
  var since: Moment
  /// See `Action.hadNotice`.
  var hadNotice = false
  /// True where the account is taken even though it belongs to others too.
  var takesAdopted = false
  /// False where only grants go.
  var takesAccount = true
  /// The entry that may or may not be ours; `nil` where it is ours.
  var asks: EntryKey?
}

extension PlanningContext {
  /// Decides over every guest that was ours, or may have been, and is no longer declared.
  func decideUndeclared(_ claimed: inout Set<UserID>) -> [GuestDecision] {
    var decisions: [GuestDecision] = []
    var addresses: [UserID: [EmailAddress]] = [:]
    for address in undeclaredGuests {
      let known = known(address)
      var match = index.match(address, pinned: nil, known: known)
      if let moved = changes.account(of: address), index.account(moved) != nil {
        match = .live(moved)
      }
      switch match {
      case .live(let id), .elsewhere(let id):
        if !claimed.contains(id) { addresses[id, default: []].append(address) }
      case .conflict(let words, let ids):
        claimed.formUnion(ids)
        var decision = GuestDecision(former(address, nil))
        noteConflict(words, ids, &decision)
        decisions.append(decision)
      case .none, .deleted, .further:
        guard let known, index.account(known) == nil, journal?.deletions[known] == nil,
          ownership.claim(.guest(address)) == .ours
        else { continue }
        var decision = GuestDecision(former(address, known))
        decision.lost = known
        decisions.append(decision)
      }
    }
    for (id, addresses) in addresses.sorted(by: { $0.value[0] < $1.value[0] }) {
      guard let decision = removeUndeclared(id, addresses) else { continue }
      claimed.insert(id)
      decisions.append(decision)
    }
    return decisions
  }

  /// The guests that may have been ours and that nothing in the commit declares, ordered.
  private var undeclaredGuests: [EmailAddress] {
    // Where another repository owns the accounts, grants alone name the guests.
    var gone = lost.guests.union(lost.grants.keys)
    gone.formUnion(declared.dropped.filter { ownership.mayBeOurs(.guest($0)) })
    for guest in declared { gone.remove(guest.entry.address) }
    gone.subtract(input.desired.removed.map(\.address))
    return gone.sorted()
  }

  /// Removes one account that was ours under one or several addresses.
  private func removeUndeclared(_ id: UserID, _ addresses: [EmailAddress]) -> GuestDecision? {
    guard let account = index.account(id) else { return nil }
    let relations = addresses.map { ownership.relation(of: account, to: $0) }
    guard relations.contains(where: { $0 != .another }) else { return nil }
    // The address that went last decides: a changed address leaves the former one behind.
    let last = addresses.max {
      (ownership.removalStep(of: .guest($0)) ?? .max, $1)
        < (ownership.removalStep(of: .guest($1)) ?? .max, $0)
    }
    guard let address = last else { return nil }
    let key = EntryKey.guest(address)
    var removal = AccountRemoval(
      reason: .undeclared,
      provenance: ownership.removal(of: key),
      since: ownership.removalStep(of: key).map(ownership.clock.firstSeen) ?? moment,
      asks: addresses.contains { ownership.claim(.guest($0)) == .ours } ? nil : key
    )
    removal.takesAccount = relations.contains(.ours)
    removal.takesAdopted = removal.takesAccount
    var seen: Set<Resource> = []
    let grants = addresses.flatMap { lost.grants[$0] ?? [] }
      .filter { seen.insert($0.resource).inserted }
    var decision = GuestDecision(former(address, id))
    remove(id, removal, grants, &decision)
    return decision
  }

  /// Carries out the reviewed orders to take what was never declared here.
  func decideOrdered(_ claimed: inout Set<UserID>) -> [GuestDecision] {
    var decisions: [GuestDecision] = []
    for order in input.desired.removed {
      let match = index.match(order.address, pinned: order.pinned)
      guard case .live(let id) = match else {
        guard case .conflict(let words, _) = match else { continue }
        var decision = GuestDecision(former(order.address, nil))
        decision.note(.conflict, words)
        decisions.append(decision)
        continue
      }
      var decision = GuestDecision(former(order.address, id))
      if claimed.insert(id).inserted {
        carryOut(order, id, &decision)
      } else {
        decision.note(.conflict, "`removed` names the account of another entry")
      }
      decisions.append(decision)
    }
    return decisions
  }

  private func carryOut(_ order: RemovalEntry, _ id: UserID, _ decision: inout GuestDecision) {
    let provenance = ownership.introduction(of: .guest(order.address))
    let removal = AccountRemoval(
      reason: .ordered(order.reason),
      provenance: provenance,
      since: journal?.blocks[id] ?? moment,
      takesAdopted: true,
      takesAccount: order.removes == .account
    )
    let held = Set(index.held(by: id)).sorted()
    remove(
      id,
      removal,
      held.map { GrantRemoval(resource: $0, reason: removal.reason, provenance: provenance) },
      &decision
    )
  }

  /// Takes a guest's access and, where the account is ours to take, the next step of its removal.
  func remove(
    _ id: UserID,
    _ removal: AccountRemoval,
    _ grants: [GrantRemoval],
    _ decision: inout GuestDecision
  ) {
    guard let account = index.account(id) else { return }
    let kind = kind(of: account, partner: decision.guest.partner)
    switch kind {
    case .nothing(let finding, let words): return refuse(account, finding, words, &decision)
    case .blockOnly:
      let words = "the account holds a directory role: nothing is taken"
      return decision.note(.directoryRole, words)
    case .everything, .grantsOnly: break
    }
    let first = decision.actions.count
    let difference = AccessDifference(
      wants: [],
      removals: grants.map(\.resource),
      held: index.held(by: id),
      table: index.resources
    )
    _ = revoke(difference, grants, &decision)
    decideOthers(difference.others, &decision)
    let revocations = Array(first..<decision.actions.count)
    guard kind == .everything, removal.takesAccount else { return noteAdopted(removal, &decision) }
    guard
      removal.takesAdopted
        || ownership.relation(of: account, to: decision.guest.address) == .ours
    else { return noteAdopted(removal, &decision) }
    let others = difference.others.filter { !isDynamic($0) }
    removeAccount(account, removal, after: revocations, othersHold: !others.isEmpty, &decision)
  }

  private func noteAdopted(_ removal: AccountRemoval, _ decision: inout GuestDecision) {
    guard removal.reason == .undeclared, input.desired.tenant.ownsAccounts else { return }
    decision.note(
      .adoptedStays,
      "no longer declared; the account existed before it was declared here and stays"
    )
  }

  /// True for a group whose members follow from a rule: it keeps nobody's account.
  private func isDynamic(_ resource: Resource) -> Bool {
    guard case .group(let id) = resource else { return false }
    return index.state.groups[id]?.obstacle == .dynamicMembership
  }

  // MARK: The steps: block, and after a grace, in a later run, delete

  private func removeAccount(
    _ account: Account,
    _ removal: AccountRemoval,
    after revocations: [Int],
    othersHold: Bool,
    _ decision: inout GuestDecision
  ) {
    let isTied = noteTies(account, othersHold, &decision)
    if let deleted = journal?.deletions[account.id], deleted >= removal.since {
      let words = "we deleted it at \(deleted) and it was restored outside: its removal has stopped"
      return decision.note(.unblockedElsewhere, words)
    }
    let blocked = journal?.blocks[account.id]
    let cause = blocked.map { _ in journal?.blockCauses[account.id] ?? .removal }
    if account.isEnabled {
      if let blocked, cause == .removal, blocked >= removal.since {
        let words = "blocked at \(blocked) and unblocked outside: its removal has stopped"
        return decision.note(.unblockedElsewhere, words)
      }
      return block(removal, isTied: isTied, &decision)
    }
    guard let blocked, let cause else {
      // A reviewed order, and an answer that the guest is ours, count more than a block by others.
      if case .ordered = removal.reason { return block(removal, isTied: isTied, &decision) }
      if removal.asks != nil { return block(removal, isTied: isTied, &decision) }
      decision.lost = account.id
      return decision.note(.blockedElsewhere, "blocked outside Guestlist")
    }
    // A block for another cause is not the first step: the grace begins with one that is.
    guard cause == .removal else { return block(removal, isTied: isTied, &decision) }
    guard !isTied else { return }
    scheduleDelete(account, removal, blocked: blocked, after: revocations, &decision)
  }

  /// Blocks an account as the first step of its removal; the last one where others depend on it.
  private func block(_ removal: AccountRemoval, isTied: Bool, _ decision: inout GuestDecision) {
    guard lifecycle.block else { return }
    decision.act(
      .block,
      because: removal.reason,
      removal.provenance,
      hadNotice: removal.hadNotice,
      asks: removal.asks
    )
    if let grace = lifecycle.deleteAfter, !isTied { decision.expect(.delete, at: moment + grace) }
  }

  /// Deletes a blocked account once its grace is over and everything that depends on it is known.
  private func scheduleDelete(
    _ account: Account,
    _ removal: AccountRemoval,
    blocked: Moment,
    after revocations: [Int],
    _ decision: inout GuestDecision
  ) {
    var grace = lifecycle.deleteAfter
    if let held = input.lifecycles[commit(at: blocked)] {
      grace = Lifecycle.longer(grace, held.deleteAfter)
    }
    guard let grace else { return }
    let due = max(blocked, removal.since) + grace
    guard due <= moment, account.ties != nil else {
      return decision.expect(.delete, at: max(due, moment))
    }
    decision.act(
      .delete,
      because: .graceOver(blocked: blocked),
      removal.provenance,
      after: revocations,
      hadNotice: removal.hadNotice,
      asks: removal.asks
    )
  }

  /// The commit that was applied when we blocked an account: the last that a run had seen.
  func commit(at blocked: Moment) -> CommitID {
    ownership.clock.lastStep(by: blocked, trustingDates: false)
      .map { input.history.chain[$0].commit } ?? input.commit
  }

  /// True if others depend on the account, so that it is blocked and never deleted.
  private func noteTies(
    _ account: Account,
    _ othersHold: Bool,
    _ decision: inout GuestDecision
  ) -> Bool {
    let words: String
    if account.ties?.ownsObjects == true {
      words = "the account owns groups, applications or service principals"
    } else if othersHold || account.ties?.holdsUnmanagedAccess == true {
      words = "the account has access that was never declared here"
    } else {
      return false
    }
    decision.note(.tied, "\(words): it stays blocked and is not deleted")
    return true
  }

  // MARK: Everybody else

  /// Looks at every guest that no entry means.
  func decideUnmanaged(_ claimed: Set<UserID>) -> [GuestDecision] {
    index.state.accounts.keys.filter { !claimed.contains($0) }.compactMap { id in
      guard let account = index.account(id), account.userType == .guest else { return nil }
      let address = account.addresses.min() ?? EmailAddress(normalised: account.userPrincipalName)
      guard let address else { return nil }
      var decision = GuestDecision(former(address, id))
      decision.unmanaged += 1
      decision.note(.unmanagedGuest, "not declared")
      let held = Set(index.held(by: id))
      guard !held.isEmpty, kind(of: account, partner: nil) != .blockOnly else { return decision }
      let packaged = held.reduce(into: Set<Resource>()) {
        $0.formUnion(index.resources.contents(of: $1))
      }
      decideOthers(held.subtracting(packaged).sorted(), &decision)
      return decision
    }
  }
}
