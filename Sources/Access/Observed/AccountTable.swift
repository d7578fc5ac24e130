/// The accounts of a tenant in the order in which they were met, found by identifier.
///
/// A plan asks for accounts by their positions, and goes through all of them in the order in which
/// memory holds them. Tables are equal whatever their order.
package struct AccountTable: Hashable, Sendable {
  private var table: NumberedTable<UserID, Account>

  /// Of two accounts with one identifier the later counts.
  package init(_ accounts: some Sequence<Account> = []) {
    table = NumberedTable(capacity: accounts.underestimatedCount)
    for account in accounts { insert(account) }
  }

  package var values: [Account] { table.values }
  /// The identifiers in the order of the accounts.
  package var keys: [UserID] { table.keys }
  package var count: Int { table.count }
  package var isEmpty: Bool { table.count == 0 }

  /// Where an account is among the values; `nil` where it is not.
  package func position(of id: UserID) -> Int? { table.number(of: id) }

  /// Where many accounts are among the values, in the order of the identifiers; negative where they
  /// are not.
  package func positions(of ids: [UserID]) -> [Int32] {
    table.numbers(count: ids.count) { ids[$0] }
  }

  /// Where the accounts of an app's assignments are among the values, in the order of the assignments;
  /// negative where they are not, or an assignment is a group's.
  package func positions(of assignments: ArraySlice<ObservedApp.RoleAssignment>) -> [Int32] {
    table.numbers(count: assignments.count) { assignments[assignments.startIndex + $0].user }
  }

  /// The account of an identifier; whatever is put in goes by its own.
  package subscript(id: UserID) -> Account? {
    get { table[id] }
    set {
      if let newValue { insert(newValue) } else { remove(id) }
    }
  }

  /// Adds an account, or replaces the one of the same identifier in its place.
  package mutating func insert(_ account: Account) { table[account.id] = account }

  /// Takes an account out, which costs as much as there are accounts.
  @discardableResult
  package mutating func remove(_ id: UserID) -> Account? { table.remove(id) }
}

extension AccountTable: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Account...) { self.init(elements) }
}
