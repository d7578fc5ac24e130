/// The accounts of a tenant, found by identifier; whatever is put in goes by its own.
package struct AccountTable: Hashable, Sendable {
  @usableFromInline private(set) var accounts: [UserID: Account]

  /// Of two accounts with one identifier the later counts.
  package init(_ accounts: some Sequence<Account> = []) {
    self.accounts = Dictionary(minimumCapacity: accounts.underestimatedCount)
    for account in accounts { insert(account) }
  }

  /// In no order.
  package var values: [UserID: Account].Values { accounts.values }
  /// In no order.
  package var keys: [UserID: Account].Keys { accounts.keys }
  package var count: Int { accounts.count }
  package var isEmpty: Bool { accounts.isEmpty }

  @inlinable package subscript(id: UserID) -> Account? {
    get { accounts[id] }
    set { accounts[newValue?.id ?? id] = newValue }
  }

  /// Adds an account, or replaces the one of the same identifier.
  package mutating func insert(_ account: Account) { accounts[account.id] = account }

  @discardableResult
  package mutating func remove(_ id: UserID) -> Account? { accounts.removeValue(forKey: id) }
}

extension AccountTable: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Account...) { self.init(elements) }
}
