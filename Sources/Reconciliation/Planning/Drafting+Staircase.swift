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
    let block = journal?.blocks[account.id]
    let cause = block.map { _ in journal?.blockCauses[account.id] ?? .removal }
    if account.isEnabled {
      if let block, cause == .removal, block >= removal.since {
        return note(.unblockedElsewhere, person, "another hand lifted the block of \(block)")
      }
      return contain(person, removal)
    }
    guard let block, let cause else {
      // A reviewed order by name is the one thing that goes over another hand's block.
      if case .ordered = removal.reason { return contain(person, removal) }
      return note(.blockedElsewhere, person, "another hand blocked the account")
    }
    // A block that had another cause was no first step: the grace begins with one that is.
    guard cause == .removal else { return contain(person, removal) }
    guard !isTied(person, account, othersHold) else { return }
    guard let grace = lifecycle.deleteAfter else { return }
    let due = max(block, removal.since) + grace
    guard due <= moment, account.ties != nil else {
      upcoming.append(
        UpcomingStep(
          moment: max(due, moment),
          guest: person.address,
          partner: person.partner,
          account: account.id,
          kind: .delete
        )
      )
      return
    }
    act(
      .delete,
      for: person,
      because: .graceOver(blocked: block),
      removal.provenance,
      after: revocations,
      isSettled: removal.isSettled
    )
  }

  private mutating func contain(_ person: Person, _ removal: Removal) {
    guard lifecycle.block else { return }
    act(
      .block,
      for: person,
      because: removal.reason,
      removal.provenance,
      isSettled: removal.isSettled
    )
    if let grace = lifecycle.deleteAfter {
      upcoming.append(
        UpcomingStep(
          moment: moment + grace,
          guest: person.address,
          partner: person.partner,
          account: person.account?.id,
          kind: .delete
        )
      )
    }
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
