internal import Access

extension Drafting {
  /// Collects every owned entry that history declared and no longer does.
  mutating func collectLosses() {
    let declared = Set(input.desired.guests.lazy.map(\.address))
    for (key, intervals) in input.history.intervals {
      guard let last = intervals.last, last.closed != nil else { continue }
      let address = key.guest
      guard !withheldAddresses.contains(address), ownership.owns(intervals) else { continue }
      switch key {
      case .guest: if !declared.contains(address) { lostGuests.append(address) }
      case .grant(let grant):
        losses[address, default: []].append(
          Loss(
            number: table.number(of: grant.resource),
            reason: .undeclared,
            provenance: ownership.removal(of: key)
          )
        )
      }
    }
    dropDeclaredLosses()
    lostGuests.sort()
  }

  /// What the commit declares is not lost, whatever history says of it.
  private mutating func dropDeclaredLosses() {
    for entry in input.desired.guests {
      guard let lost = losses[entry.address] else { continue }
      let wanted = Set(entry.grants.compactMap { table.known($0.resource) })
      losses[entry.address] = lost.filter { !wanted.contains($0.number) }
    }
  }

  /// The owned grants of an address that are no longer declared, ordered by resource.
  func losses(of address: EmailAddress) -> [Loss] {
    guard let lost = losses[address] else { return [] }
    return lost.sorted { table.resources[$0.number] < table.resources[$1.number] }
  }

  /// Decides over every guest that was ours and is no longer declared.
  mutating func decideUndeclared() {
    let ordered = Set(input.desired.removed.map(\.address))
    for address in lostGuests where !ordered.contains(address) {
      guard case .live(let position) = index.match(address, pinned: nil, known: nil),
        !claimed[position]
      else { continue }
      claimed[position] = true
      let account = index.accounts[position]
      let person = Person(address, account: account, position: position)
      guard ownership.relation(of: account, to: address) != .another else {
        claimed[position] = false
        continue
      }
      let key = EntryKey.guest(address)
      let since = ownership.removalStep(of: key).map { ownership.clock.firstSeen($0) } ?? moment
      let removal = Removal(
        reason: .undeclared,
        provenance: ownership.removal(of: key),
        since: since
      )
      remove(person, removal, losses(of: address))
    }
  }

  /// Carries out the reviewed orders to take what was never declared here.
  mutating func decideOrdered() {
    for order in input.desired.removed where !withheldAddresses.contains(order.address) {
      let match = index.match(order.address, pinned: nil, known: nil)
      guard case .live(let position) = match else {
        if case .conflict(let detail, _) = match { note(.conflict, Person(order.address), detail) }
        continue
      }
      let account = index.accounts[position]
      let person = Person(order.address, account: account, position: position)
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

  /// Takes a guest's access and, where the account is ours to take, starts or continues its
  /// staircase.
  mutating func remove(_ person: Person, _ removal: Removal, _ lost: [Loss]) {
    guard let account = person.account, let position = person.position else { return }
    let kind = AccountKind(
      account,
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
