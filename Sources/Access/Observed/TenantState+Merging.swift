extension TenantState {
  /// Adds a second look at the same tenant to this one.
  ///
  /// What the second look read replaces what the first knew of the same object; accounts that it
  /// did not read again stay. The costs add up.
  package func merging(_ later: TenantState) -> TenantState {
    var merged = self
    for account in later.accounts.values {
      merged.accounts.insert(merged.accounts[account.id].map { $0.merging(account) } ?? account)
    }
    if let deleted = later.deleted {
      merged.deleted = (merged.deleted ?? [:]).merging(deleted) { _, new in new }
    }
    merged.apps.merge(later.apps) { _, new in new }
    merged.groups.merge(later.groups) { _, new in new }
    merged.packages.merge(later.packages) { _, new in new }
    merged.lookedUp.formUnion(later.lookedUp)
    merged.serviceTime = serviceTime ?? later.serviceTime
    merged.cost.add(later.cost)
    return merged
  }
}

extension Account {
  /// The later reading of the same account, with what only the earlier one had read.
  fileprivate func merging(_ later: Account) -> Account {
    var merged = later
    merged.sponsors = later.sponsors ?? sponsors
    merged.holdsDirectoryRole = later.holdsDirectoryRole ?? holdsDirectoryRole
    merged.lastSignIn = later.lastSignIn ?? lastSignIn
    merged.ties = later.ties ?? ties
    return merged
  }
}
