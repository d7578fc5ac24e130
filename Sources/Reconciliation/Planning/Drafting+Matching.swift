internal import Access

extension Drafting {
  /// Finds the account of every declared guest; `nil` where the guest is left as it is.
  mutating func matchDeclared() -> DeclaredSubjects {
    var subjects = DeclaredSubjects(capacity: input.desired.guests.count)
    // By account, the guest that claimed it; negative where none did.
    var claimants = [Int32](repeating: -1, count: index.live.count)
    let guests = input.desired.guests
    let owners = index.soleOwners
    for number in guests.indices {
      let subject: Subject?
      // The common case first, for which nothing of the entry has to be fetched.
      if owners[number] >= 0, guests[number].pinned == nil, guests[number].previously.isEmpty {
        subject = Subject(match: .live(Int(owners[number])))
      } else {
        subject = match(guests[number])
      }
      if case .live(let account)? = subject?.match {
        let other = Int(claimants[account])
        if other >= 0 {
          refuseShared(account, guests[number], guests[other])
          subjects.leave(other)
          subjects.append(nil)
          continue
        }
        claimants[account] = Int32(truncatingIfNeeded: number)
        claimed[account] = true
      }
      subjects.append(subject)
    }
    return subjects
  }

  private mutating func refuseShared(_ account: Int, _ entry: GuestEntry, _ other: GuestEntry) {
    for (one, another) in [(entry, other), (other, entry)] {
      let person = Person(one.address, partner: one.partner, account: index.id(at: account))
      note(.conflict, person, "the account is also that of `\(another.address)`")
    }
  }

  private mutating func match(_ entry: GuestEntry) -> Subject? {
    let person = Person(entry.address, partner: entry.partner)
    let match = index.match(
      entry.address,
      pinned: entry.pinned,
      known: journal?.accounts[entry.address]
    )
    switch match {
    case .live(let position):
      return Subject(match: match, formerly: formerAddress(entry, position))
    case .deleted: return Subject(match: match)
    case .none:
      return entry.previously.isEmpty ? Subject(match: match) : moved(entry, match)
    case .further(let positions):
      if !entry.previously.isEmpty { return moved(entry, match) }
      for position in positions { claimed[position] = true }
      note(.conflict, person, "only a further address of an account fits, which is no match")
      return nil
    case .conflict(let detail, let ids):
      for id in ids { if let position = index.position(of: id) { claimed[position] = true } }
      note(.conflict, person, "\(detail): \(ids.map(\.description).joined(separator: ", "))")
      return nil
    }
  }

  /// Follows an address change back to the account; both addresses are left as they are where the
  /// change does not hold what DESIGN section 5 asks of it.
  private mutating func moved(_ entry: GuestEntry, _ match: AccountMatch) -> Subject? {
    let standing = entry.previously.first { old in
      input.history.intervals[.guest(old)]?.last.map { $0.closed == nil } ?? false
    }
    if let standing {
      withhold(entry, "`previously` names `\(standing)`, which is still declared")
      return nil
    }
    var candidates: [(EmailAddress, Int)] = []
    for old in entry.previously {
      // An address that was itself moved to is known by earlier runs alone.
      let known = journal?.accounts[old]
      if case .live(let position) = index.match(old, pinned: nil, known: known) {
        candidates.append((old, position))
      }
    }
    guard let (old, position) = candidates.first else {
      if case .further = match {
        note(.conflict, Person(entry.address), "only a further address of an account fits")
        return nil
      }
      return Subject(match: match)
    }
    claimed[position] = true
    if let problem = moveProblem(from: old, to: entry) {
      withhold(entry, problem)
      return nil
    }
    if case .further(let positions) = match, positions != [position] {
      note(.conflict, Person(entry.address), "a further address of another account fits")
      return nil
    }
    let id = index.id(at: position)
    let isDone = journal?.accounts[entry.address] == id
    return Subject(match: .live(position), formerly: old, needsReset: !isDone)
  }

  /// The address under which an account was ours that has moved to the new one already: what it
  /// still holds from then is ours to take.
  private func formerAddress(_ entry: GuestEntry, _ position: Int) -> EmailAddress? {
    let account = index.account(at: position)
    return entry.previously.first { old in
      (journal?.accounts[old] == account.id || account.addresses.contains(old))
        && moveProblem(from: old, to: entry) == nil
    }
  }

  /// What a change of address lacks; a guest that went in some commit was declared at its base.
  private func moveProblem(from old: EmailAddress, to entry: GuestEntry) -> String? {
    let new = entry.address
    guard partnerDomains.partner(of: old.domain) == entry.partner else {
      return "`previously` names `\(old)`, which is no address of the partner `\(entry.partner)`"
    }
    guard ownership.owns(.guest(old)) else {
      return "`previously` names `\(old)`, which was never ours"
    }
    guard let removed = ownership.removalStep(of: .guest(old)),
      input.history.intervals[.guest(new)]?.contains(where: { $0.opened.step == removed }) == true
    else {
      return "`previously` names `\(old)`, which did not go in the commit that brought `\(new)`"
    }
    return nil
  }
}
