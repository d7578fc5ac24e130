internal import Access

/// Finds the account of an address among everything that was observed.
struct AccountIndex: Sendable {
  /// The live ones, then the deleted ones, in no order that means anything.
  let accounts: [Account]
  /// The positions of the live accounts.
  let live: Range<Int>
  private var positions: [UserID: Int]
  private var byAddress: [EmailAddress: Int]
  /// Addresses that more than one account has.
  private var shared: [EmailAddress: [Int]] = [:]
  private var byOtherMail: [EmailAddress: [Int]] = [:]
  private var deleted: [EmailAddress: [DeletedAccount]] = [:]
  private let deletedByID: [UserID: DeletedAccount]

  init(_ observed: TenantState) {
    let gone = (observed.deleted ?? [:]).values.filter { observed.accounts[$0.account.id] == nil }
    accounts = Array(observed.accounts.values) + gone.map(\.account)
    live = 0..<observed.accounts.count
    positions = Dictionary(minimumCapacity: accounts.count)
    byAddress = Dictionary(minimumCapacity: accounts.count)
    deletedByID = observed.deleted ?? [:]
    for (position, account) in accounts.enumerated() {
      positions[account.id] = position
      guard live.contains(position) else { continue }
      for address in account.addresses {
        if let other = byAddress.updateValue(position, forKey: address), other != position {
          shared[address, default: [other]].append(position)
        }
      }
      for address in account.otherMails where !account.addresses.contains(address) {
        byOtherMail[address, default: []].append(position)
      }
    }
    for item in deletedByID.values {
      for address in item.account.addresses { deleted[address, default: []].append(item) }
    }
  }

  /// The position of an account; `nil` where it was not observed.
  func position(of id: UserID) -> Int? { positions[id].flatMap { live.contains($0) ? $0 : nil } }

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
    let found = byAddress[address]
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
