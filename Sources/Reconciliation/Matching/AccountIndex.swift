internal import Access

/// Finds the account of an address among everything that was observed.
struct AccountIndex: Sendable {
  /// The live ones, then the deleted ones, in no order that means anything.
  let accounts: [Account]
  /// The positions of the live accounts.
  let live: Range<Int>
  private var positions: AccountNumbers
  // Half the width of an `Int`, since what a look-up has to fetch is what it costs.
  private var byAddress: [EmailAddress: Int32]
  /// Addresses that more than one account has.
  private var shared: [EmailAddress: [Int]] = [:]
  private var byOtherMail: [EmailAddress: [Int]] = [:]
  private var deleted: [EmailAddress: [DeletedAccount]] = [:]
  private let deletedByID: [UserID: DeletedAccount]

  init(_ observed: TenantState) {
    var accounts = Array(observed.accounts.values)
    live = accounts.indices
    for item in (observed.deleted ?? [:]).values where observed.accounts[item.account.id] == nil {
      accounts.append(item.account)
    }
    positions = AccountNumbers(capacity: accounts.count)
    byAddress = Dictionary(minimumCapacity: accounts.count)
    deletedByID = observed.deleted ?? [:]
    for position in accounts.indices {
      positions.append(accounts[position].id)
      guard live.contains(position) else { continue }
      let number = Int32(truncatingIfNeeded: position)
      let addresses = accounts[position].addresses
      for address in addresses {
        if let other = byAddress.updateValue(number, forKey: address), other != number {
          shared[address, default: [Int(other)]].append(position)
        }
      }
      for address in accounts[position].otherMails where !addresses.contains(address) {
        byOtherMail[address, default: []].append(position)
      }
    }
    self.accounts = accounts
    for item in deletedByID.values {
      for address in item.account.addresses { deleted[address, default: []].append(item) }
    }
  }

  /// The position of an account; `nil` where it was not observed.
  func position(of id: UserID) -> Int? {
    positionEvenDeleted(of: id).flatMap { live.contains($0) ? $0 : nil }
  }

  /// The position of an account, be it deleted.
  func positionEvenDeleted(of id: UserID) -> Int? { positions[id] }

  /// The account that an entry means: the pinned one, or the one that has its address.
  ///
  /// `known` is the account that earlier runs met at this address; it decides between several
  /// deleted ones.
  func match(
    _ address: EmailAddress,
    pinned: UserID?,
    known: @autoclosure () -> UserID?
  ) -> AccountMatch {
    if let several = shared[address],
      pinned == nil || several.contains(where: { accounts[$0].id != pinned })
    {
      return .conflict(
        "the address fits \(several.count) objects",
        several.map { accounts[$0].id }.sorted()
      )
    }
    let found = byAddress[address].map(Int.init)
    if let pinned {
      if let found, accounts[found].id != pinned {
        return .conflict(
          "the address belongs to another object than the pinned one",
          [accounts[found].id, pinned].sorted()
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
      return .further(others.sorted { accounts[$0].id < accounts[$1].id })
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
