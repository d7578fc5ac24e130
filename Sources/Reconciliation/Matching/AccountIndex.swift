internal import Access

/// Finds the account of an address among everything that was observed, and numbers the accounts: the
/// live ones in the order of the guests that they belong to, then the deleted ones.
struct AccountIndex: Sendable {
  /// What is asked of nearly every account, by position.
  private(set) var traits: [AccountTraits]
  /// The one live account that has a guest's address as its own, by the guest's position among those
  /// that were declared; negative where only `match` can say more.
  let soleOwners: [Int32]
  private var ids: [UserID]
  private let observed: AccountTable
  private let order: AccountOrder
  /// The positions of the accounts that were only seen deleted.
  private var gone: [UserID: Int] = [:]
  private let owners: AddressOwners
  private var byOtherMail: [EmailAddress: [Int]] = [:]
  private var deleted: [EmailAddress: [DeletedAccount]] = [:]
  private let deletedByID: [UserID: DeletedAccount]

  init(_ observed: TenantState, declared guests: [GuestEntry] = []) {
    deletedByID = observed.deleted ?? [:]
    self.observed = observed.accounts
    let accounts = observed.accounts.values
    owners = AddressOwners(accounts)
    let rows = owners.soleOwners(of: guests)
    let order = AccountOrder(count: accounts.count, first: rows)
    self.order = order
    soleOwners = rows.map(order.position)
    // By row, so that no account is copied with everything that it refers to.
    traits = order.rows.map { AccountTraits(accounts, at: Int($0)) }
    ids = order.rows.map { observed.accounts.keys[Int($0)] }
    for position in order.rows.indices {
      let row = Int(order.rows[position])
      guard !accounts[row].otherMails.isEmpty else { continue }
      for address in accounts[row].otherMails.subtracting(accounts[row].addresses) {
        byOtherMail[address, default: []].append(position)
      }
    }
    for item in deletedByID.values {
      if observed.accounts.position(of: item.account.id) == nil {
        gone[item.account.id] = traits.count
        traits.append(AccountTraits(item.account))
        ids.append(item.account.id)
      }
      for address in item.account.addresses { deleted[address, default: []].append(item) }
    }
  }

  /// The positions of the live accounts.
  var live: Range<Int> { order.rows.indices }

  /// The live account at a position.
  func account(at position: Int) -> Account { observed.values[Int(order.rows[position])] }

  /// The identifier of an account, be it deleted.
  func id(at position: Int) -> UserID { ids[position] }

  /// The position of an account; `nil` where it was not observed.
  func position(of id: UserID) -> Int? {
    observed.position(of: id).map { Int(order.positions[$0]) }
  }

  /// The position of an account, be it deleted.
  func positionEvenDeleted(of id: UserID) -> Int? { position(of: id) ?? gone[id] }

  /// The positions of many accounts, be they deleted; negative where they were not observed.
  func positionsEvenDeleted(of ids: [UserID]) -> [Int32] {
    withDeleted(observed.positions(of: ids)) { ids[$0] }
  }

  /// The positions of the accounts of many assignments, be they deleted; negative where they were not
  /// observed, or an assignment is a group's.
  func holders(of assignments: ArraySlice<ObservedApp.RoleAssignment>) -> [Int32] {
    withDeleted(observed.positions(of: assignments)) {
      assignments[assignments.startIndex + $0].user
    }
  }

  private func withDeleted(_ rows: [Int32], _ id: (Int) -> UserID?) -> [Int32] {
    guard !gone.isEmpty else { return rows.map(order.position) }
    return rows.indices.map { index in
      guard rows[index] < 0, let position = id(index).flatMap({ gone[$0] }) else {
        return order.position(of: rows[index])
      }
      return Int32(truncatingIfNeeded: position)
    }
  }

  /// The account that an entry means: the pinned one, or the one that has its address.
  ///
  /// `known` is the account that earlier runs met at this address; it decides between several
  /// deleted ones.
  func match(
    _ address: EmailAddress,
    pinned: UserID?,
    known: @autoclosure () -> UserID?
  ) -> AccountMatch {
    if let several = owners.several(address)?.map({ Int(order.positions[$0]) }),
      pinned == nil || several.contains(where: { id(at: $0) != pinned })
    {
      return .conflict(
        "the address fits \(several.count) objects",
        several.map { id(at: $0) }.sorted()
      )
    }
    let found = owners[address].map { Int(order.positions[$0]) }
    if let pinned {
      if let found, id(at: found) != pinned {
        return .conflict(
          "the address belongs to another object than the pinned one",
          [id(at: found), pinned].sorted()
        )
      }
      if let position = position(of: pinned) { return .live(position) }
      return deletedByID[pinned].map { .deleted($0) } ?? .none
    }
    if let found { return .live(found) }
    return unclaimed(address, known: known())
  }

  /// What an address leads to that no account has as its own.
  private func unclaimed(_ address: EmailAddress, known: UserID?) -> AccountMatch {
    if let others = byOtherMail[address] {
      // An address change of ours put it there (DESIGN section 5, `previously`).
      if let known, let position = position(of: known), others == [position] {
        return .live(position)
      }
      return .further(others.sorted { id(at: $0) < id(at: $1) })
    }
    guard let items = deleted[address] else { return .none }
    if items.count == 1 { return .deleted(items[0]) }
    if let item = items.first(where: { $0.account.id == known }) { return .deleted(item) }
    return .conflict(
      "the address fits \(items.count) deleted objects",
      items.map(\.account.id).sorted()
    )
  }
}
