internal import Access

extension Drafting {
  /// Collects every owned entry that history declared and no longer does.
  ///
  /// It is the one walk over the whole history, so that the guards' sums are taken on the way.
  mutating func collectLosses() {
    var census = Census(ownership)
    // By position: what still stands, which is nearly all, must cost neither a copy of its key nor
    // one of its intervals, each of which lies somewhere else in memory.
    let guests = input.history.intervals.ofGuests
    for number in guests.indices where census.count(guests[number]) {
      let address = input.history.intervals.guestAddresses[number]
      if !isKept(.guest(address), guests[number]) { lostGuests.insert(address) }
    }
    let grants = input.history.intervals.grants
    for position in grants.indices where census.count(grants.values[position]) {
      let (grant, intervals) = grants[position]
      let key = EntryKey.grant(grant)
      guard !isKept(key, intervals) else { continue }
      losing.insert(grant.guest)
      losses[grant.guest, default: []].append(
        Loss(
          number: table.number(of: grant.resource),
          reason: .undeclared,
          provenance: ownership.removal(of: key)
        )
      )
    }
    self.census = census
  }

  /// True if an entry that is no longer declared is not ours to take, or not now.
  private func isKept(_ key: EntryKey, _ intervals: [DeclaredInterval]) -> Bool {
    withheldAddresses.contains(key.guest) || !ownership.owns(key, intervals)
  }

  /// The owned grants of a declared guest that its entry no longer names, ordered by resource.
  func losses(of entry: GuestEntry) -> [Loss] {
    guard losing.contains(entry.address) else { return [] }
    let wanted = Set(entry.grants.compactMap { table.known($0.resource) })
    return losses(of: entry.address).filter { !wanted.contains($0.number) }
  }

  /// The owned grants of an address that are no longer declared, ordered by resource.
  func losses(of address: EmailAddress) -> [Loss] {
    guard let lost = losses[address] else { return [] }
    return lost.sorted { table.resources[$0.number] < table.resources[$1.number] }
  }

  /// Decides over every guest that was ours and is no longer declared.
  mutating func decideUndeclared() {
    let ordered = Set(input.desired.removed.map(\.address))
    var addresses: [Int: [EmailAddress]] = [:]
    for address in lostGuests.sorted() where !ordered.contains(address) {
      switch index.match(address, pinned: nil, known: journal?.accounts[address]) {
      case .live(let position):
        if !claimed[position] { addresses[position, default: []].append(address) }
      case .conflict(let detail, let ids):
        for id in ids { if let position = index.position(of: id) { claimed[position] = true } }
        note(
          .conflict,
          Person(address),
          "\(detail): \(ids.map(\.description).joined(separator: ", "))"
        )
      case .none, .deleted, .further: continue
      }
    }
    for (position, addresses) in addresses.sorted(by: { $0.value[0] < $1.value[0] }) {
      removeUndeclared(position, addresses)
    }
  }

  /// Removes one account that was ours under one or several addresses.
  private mutating func removeUndeclared(_ position: Int, _ addresses: [EmailAddress]) {
    let account = index.account(at: position)
    let relations = addresses.map { ownership.relation(of: account, to: $0) }
    guard !claimed[position], relations.contains(where: { $0 != .another }) else { return }
    claimed[position] = true
    // The address that went last speaks for all: a changed address leaves the former one behind.
    let last = addresses.max {
      (ownership.removalStep(of: .guest($0)) ?? 0, $1) < (
        ownership.removalStep(of: .guest($1)) ?? 0, $0
      )
    }
    guard let address = last else { return }
    let key = EntryKey.guest(address)
    let since = ownership.removalStep(of: key).map { ownership.clock.firstSeen($0) } ?? moment
    var removal = Removal(
      reason: .undeclared,
      provenance: ownership.removal(of: key),
      since: since
    )
    removal.takesAccount = relations.contains(.ours)
    removal.takesAdopted = removal.takesAccount
    var lost: [Loss] = []
    for loss in addresses.flatMap({ losses(of: $0) })
    where !lost.contains(where: { $0.number == loss.number }) {
      lost.append(loss)
    }
    remove(former(address, account.id, position), removal, lost)
  }

  /// Carries out the reviewed orders to take what was never declared here.
  mutating func decideOrdered() {
    for order in input.desired.removed where !withheldAddresses.contains(order.address) {
      let match = index.match(order.address, pinned: nil, known: nil)
      guard case .live(let position) = match else {
        if case .conflict(let detail, _) = match { note(.conflict, Person(order.address), detail) }
        continue
      }
      let account = index.account(at: position)
      let person = former(order.address, account.id, position)
      guard !claimed[position] else {
        note(.conflict, person, "`removed` names an account that another entry speaks of")
        continue
      }
      claimed[position] = true
      let provenance = ownership.introduction(of: .guest(order.address))
      let removal = Removal(
        reason: .ordered(order.reason),
        provenance: provenance,
        since: journal?.blocks[account.id] ?? moment,
        takesAdopted: true,
        takesAccount: order.removes == .account
      )
      let lost = holdings.of(position).map {
        Loss(number: Int($0.resource), reason: removal.reason, provenance: provenance)
      }
      remove(
        person,
        removal,
        lost.sorted { table.resources[$0.number] < table.resources[$1.number] }
      )
    }
  }

  /// Somebody whom no entry speaks of: a guest of the partner that has the domain.
  func former(_ address: EmailAddress, _ account: UserID, _ position: Int) -> Person {
    Person(
      address,
      partner: partnerDomains.partner(of: address.domain),
      account: account,
      position: position
    )
  }

  /// Takes a guest's access and, where the account is ours to take, starts or continues its
  /// staircase.
  mutating func remove(_ person: Person, _ removal: Removal, _ lost: [Loss]) {
    guard let position = person.position else { return }
    let account = index.account(at: position)
    let kind = AccountKind(
      index.traits[position],
      partner: person.partner.flatMap { input.desired.partners[$0] },
      ownsAccounts: input.desired.tenant.ownsAccounts
    )
    if case .nothing(let finding, let detail) = kind {
      return refuseRemoval(person, finding, detail)
    }
    if case .blockOnly = kind {
      return note(.directoryRole, person, "the account holds a directory role: nothing is taken")
    }
    let first = drafts.count
    let difference = AccessDifference(
      wants: [],
      losses: lost.map(\.number),
      held: holdings.of(position),
      table: table
    )
    _ = revoke(difference, lost, person)
    decideOthers(difference.others, person)
    let revocations = Array(first..<drafts.count)
    guard kind == .everything, removal.takesAccount,
      removal.takesAdopted || ownership.relation(of: account, to: person.address) == .ours
    else { return }
    descend(person, account, removal, after: revocations, othersHold: !difference.others.isEmpty)
  }
}
