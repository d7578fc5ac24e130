internal import Access
internal import YAML

extension EntryRules {
  mutating func checkRemovals(_ index: GuestIndex, policy: Policy) {
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
      if policy.limits.protected.contains(removal.address) {
        set.report(
          .protectedIdentity,
          "`\(removal.address)` is protected: nothing may be taken from it",
          at: removal.mark,
          scope: scope
        )
      }
      checkRemovalAuthority(removal, policy: policy)
      removed.append(
        RemovalEntry(
          address: removal.address,
          reason: removal.reason,
          removes: removal.removes,
          place: set.place(removal.mark)
        )
      )
    }
    removed.sort { $0.address < $1.address }
  }

  private mutating func checkRemovalAuthority(_ removal: RemovalDeclaration, policy: Policy) {
    guard let authority = policy.authority else { return }
    let permission = authority.permission(forFile: set.path(removal.mark))
    if case .everything = permission { return }
    if let partner = policy.partners.partner(ofDomain: removal.address.domain),
      permission.covers(partner)
    {
      return
    }
    set.report(
      .authority,
      "no `authority` lets this file remove `\(removal.address)`",
      at: removal.mark,
      scope: .entry(removal.address)
    )
  }
}
