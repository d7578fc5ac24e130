internal import Access

extension Drafting {
  /// Takes the next step down for the account of a guest that is to go: block, and in a later run,
  /// after the grace, delete.
  mutating func descend(
    _ person: Person,
    _ account: Account,
    _ removal: Removal,
    after revocations: [Int],
    othersHold: Bool
  ) {
    let isTied = self.isTied(person, account, othersHold)
    let block = journal?.blocks[account.id]
    let cause = block.map { _ in journal?.blockCauses[account.id] ?? .removal }
    if account.isEnabled {
      if let block, cause == .removal, block >= removal.since {
        return note(.unblockedElsewhere, person, "another hand lifted the block of \(block)")
      }
      return contain(person, removal, isLast: isTied)
    }
    guard let block, let cause else {
      // A reviewed order by name is the one thing that goes over another hand's block.
      if case .ordered = removal.reason { return contain(person, removal, isLast: isTied) }
      return note(.blockedElsewhere, person, "another hand blocked the account")
    }
    // A block that had another cause was no first step: the grace begins with one that is.
    guard cause == .removal else { return contain(person, removal, isLast: isTied) }
    guard !isTied else { return }
    delete(person, account, removal, blocked: block, after: revocations)
  }

  /// Deletes a blocked account once its grace is over and everything that hangs on it is known.
  private mutating func delete(
    _ person: Person,
    _ account: Account,
    _ removal: Removal,
    blocked block: Moment,
    after revocations: [Int]
  ) {
    guard let grace = lifecycle.deleteAfter else { return }
    let due = max(block, removal.since) + grace
    guard due <= moment, account.ties != nil else { return foresee(max(due, moment), person) }
    act(
      .delete,
      for: person,
      because: .graceOver(blocked: block),
      removal.provenance,
      after: revocations,
      isSettled: removal.isSettled
    )
  }

  private mutating func foresee(_ moment: Moment, _ person: Person) {
    upcoming.append(
      UpcomingStep(
        moment: moment,
        guest: person.address,
        partner: person.partner,
        account: person.account,
        kind: .delete
      )
    )
  }

  /// Blocks an account as the first step of its removal; the last one where others hang on it.
  private mutating func contain(_ person: Person, _ removal: Removal, isLast: Bool) {
    guard lifecycle.block else { return }
    act(
      .block,
      for: person,
      because: removal.reason,
      removal.provenance,
      isSettled: removal.isSettled
    )
    if let grace = lifecycle.deleteAfter, !isLast { foresee(moment + grace, person) }
  }

  /// True if something of others hangs on the account, so that it is blocked and never deleted.
  private mutating func isTied(_ person: Person, _ account: Account, _ othersHold: Bool) -> Bool {
    let detail: String
    if account.ties?.ownsObjects == true {
      detail = "the account owns groups, applications or service principals"
    } else if othersHold || account.ties?.holdsUnmanagedAccess == true {
      detail = "the account holds access that was never declared here"
    } else {
      return false
    }
    note(.tied, person, "\(detail): it stays blocked and is not deleted")
    return true
  }
}
