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
      if let mark = index.mark(of: removal.address) {
        set.report(
          .guestAndRemoved,
          "`\(removal.address)` is a declared guest and `removed`",
          at: removal.mark,
          related: [mark],
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
}
