internal import Access
internal import YAML

extension EntryRules {
  mutating func checkRemovals(_ index: GuestIndex, policy: Policy?) {
    var first: [EmailAddress: Mark] = [:]
    for removal in set.files.flatMap(\.removed) {
      let scope = Finding.Scope.entry(removal.address)
      if let other = first[removal.address] {
        set.report(
          .guestTwice,
          "`\(removal.address)` is removed twice",
          at: removal.mark,
          related: [other],
          scope: scope
        )
        continue
      }
      first[removal.address] = removal.mark
      if let guest = guest(removal.address, in: index) {
        set.report(
          .guestAndRemoved,
          "`\(removal.address)` is a declared guest and `removed`",
          at: removal.mark,
          related: [guest.mark],
          scope: scope
        )
      }
      let entry = RemovalEntry(
        address: removal.address,
        reason: removal.reason,
        removes: removal.removes,
        place: set.place(removal.mark)
      )
      if let policy { set.add(RemovalChecker(policy).check(entry)) }
      removed.append(entry)
    }
    removed.sort { $0.address < $1.address }
  }

  private func guest(_ address: EmailAddress, in index: GuestIndex) -> GuestDeclaration? {
    index.position(of: address).map {
      let reference = index.guests[$0]
      return set.files[Int(reference.file)].guests[Int(reference.position)]
    }
  }
}
