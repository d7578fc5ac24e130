internal import Access

extension Drafting {
  /// Reports what an account holds that nobody declared, and takes it where it is exclusive.
  mutating func decideOthers(_ numbers: [Int], _ person: Person) {
    for number in numbers {
      let resource = table.resources[number]
      if exclusive.covers(resource), !isDeclared(resource, person.address) {
        _ = take(number, person, Loss(number: number, reason: .exclusive))
      } else if !ownership.owns(.grant(GrantKey(guest: person.address, resource: resource))) {
        unmanaged += 1
        note(.unmanagedGrant, person, resource: resource, "nobody declared this here")
      }
    }
  }

  /// True if the commit declares the grant, be it expired or not begun.
  private func isDeclared(_ resource: Resource, _ address: EmailAddress) -> Bool {
    let key = EntryKey.grant(GrantKey(guest: address, resource: resource))
    return input.history.intervals[key]?.last.map { $0.closed == nil } ?? false
  }

  /// Looks at every guest that no entry speaks of.
  mutating func decideUnmanaged() {
    for position in index.live where !claimed[position] {
      let account = index.account(at: position)
      guard account.userType == .guest else { continue }
      guard account.addresses.isDisjoint(with: withheldAddresses) else { continue }
      unmanaged += 1
      let address = account.addresses.min() ?? EmailAddress(normalised: account.userPrincipalName)
      findings.append(
        PlanFinding(
          .unmanagedGuest,
          guest: address,
          account: account.id,
          detail: "nobody declared this guest here"
        )
      )
      let held = holdings.of(position)
      guard let address, !held.isEmpty else { continue }
      let numbers = held.map { Int($0.resource) }
      let packaged = numbers.reduce(into: Set<Int>()) { $0.formUnion(table.contents(of: $1)) }
      decideOthers(
        Set(numbers).subtracting(packaged).sorted(),
        former(address, account.id, position)
      )
    }
  }
}
