internal import Access

extension Drafting {
  /// Decides over every declared guest, in the order of the declarations.
  mutating func decideDeclared() {
    let subjects = matchDeclared()
    let guests = input.desired.guests
    let history = input.history.intervals
    let numbers = history.numbers(of: guests)
    for position in guests.indices {
      // Fetched once for everything that asks: it is somewhere else in memory for every guest.
      let intervals = numbers[position] < 0 ? [] : history.ofGuests[Int(numbers[position])]
      if ownership.owns(.guest(guests[position].address), intervals) { ownedGuests += 1 }
      // What the commit declares is not lost, whatever history says of it.
      if intervals.last?.closed != nil { lostGuests.remove(guests[position].address) }
      guard let subject = subjects[position] else { continue }
      decide(guests[position], subject, intervals)
    }
    for address in withheldAddresses {
      let key = EntryKey.guest(address)
      if ownership.removalStep(of: key) == nil, ownership.owns(key) { ownedGuests += 1 }
    }
  }

  private mutating func decide(
    _ entry: GuestEntry,
    _ subject: Subject,
    _ intervals: [DeclaredInterval]
  ) {
    let condition = condition(of: entry)
    switch condition {
    case .future(let start):
      upcoming.append(
        UpcomingStep(moment: start, guest: entry.address, partner: entry.partner, kind: .start)
      )
      // What the entry names is neither given nor taken yet; what it no longer names goes.
      if case .live(let position) = subject.match { decideLive(entry, subject, position, .lost) }
    case .expired(let end, let origin): expire(entry, subject, at: end, origin)
    case .active(let end):
      remark(entry, subject, intervals, until: end)
      switch subject.match {
      case .live(let position):
        adopt(entry, position)
        decideLive(entry, subject, position)
      case .deleted(let item): decideDeleted(entry, item)
      case .none: decideAbsent(entry)
      case .further, .conflict: break
      }
    }
  }

  /// Tells of an account that was there before it was declared, and that no run has seen as ours.
  private mutating func adopt(_ entry: GuestEntry, _ position: Int) {
    guard journal?.accounts[entry.address] == nil else { return }
    let account = index.account(at: position)
    guard account.userType == .guest,
      ownership.relation(of: account, to: entry.address) == .adopted
    else { return }
    adoptions.append(
      Plan.Adoption(
        guest: entry.address,
        partner: entry.partner,
        account: account.id,
        provenance: ownership.introduction(of: .guest(entry.address))
      )
    )
  }

  /// Whether the guest's entry counts now.
  func condition(of entry: GuestEntry) -> Condition {
    Condition(
      starts: entry.starts,
      ends: entry.ends,
      introduced: introduction(.guest(entry.address), for: entry.ends),
      at: moment
    )
  }

  /// When an entry was introduced, if any of its ends asks.
  func introduction(_ key: @autoclosure () -> EntryKey, for ends: [Ending]) -> Moment? {
    let needed = ends.contains {
      if case .afterIntroduction = $0.rule { true } else { false }
    }
    return needed ? ownership.introduced(key()) ?? moment : nil
  }

  private mutating func expire(
    _ entry: GuestEntry,
    _ subject: Subject,
    at end: Moment,
    _ origin: Ending.Origin
  ) {
    note(.expired, Person(entry.address, partner: entry.partner), "the entry ended at \(end)")
    let key = EntryKey.guest(entry.address)
    guard case .live(let position) = subject.match,
      ownership.owns(key) || subject.formerly != nil
    else { return }
    let removal = Removal(
      reason: .expired(at: end, origin),
      provenance: ownership.introduction(of: key),
      since: end,
      isSettled: wasSettled(entry, by: end)
    )
    var losses = losses(of: entry, subject)
    for grant in entry.grants where owns(grant, entry, subject) {
      let key = EntryKey.grant(GrantKey(guest: entry.address, resource: grant.resource))
      losses.append(
        Loss(
          number: table.number(of: grant.resource),
          reason: removal.reason,
          provenance: ownership.introduction(of: key),
          isSettled: removal.isSettled
        )
      )
    }
    let person = Person(
      entry.address,
      partner: entry.partner,
      account: index.id(at: position),
      position: position
    )
    remove(person, removal, losses)
  }

  /// True if the guest's end had been merged at least seven days before now.
  func wasSettled(_ entry: GuestEntry, by end: Moment) -> Bool {
    guard let earlier = earlierEntry(entry.address) else { return false }
    let introduced = introduction(.guest(entry.address), for: earlier.ends)
    return Condition.end(earlier.ends, introduced: introduced).map { $0.moment <= moment } ?? false
  }

  /// What the ref declared of a guest seven days ago; both lists are ordered by address.
  func earlierEntry(_ address: EmailAddress) -> GuestEntry? {
    guard let guests = input.earlier?.guests else { return nil }
    var low = 0
    var high = guests.count
    while low < high {
      let middle = (low + high) / 2
      if guests[middle].address < address { low = middle + 1 } else { high = middle }
    }
    return low < guests.count && guests[low].address == address ? guests[low] : nil
  }
}
