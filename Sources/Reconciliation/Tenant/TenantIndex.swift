internal import Access

/// Everything that was observed of a tenant, found by address, account and resource.
struct TenantIndex: Sendable {
  let state: TenantState
  private var owners: [EmailAddress: UserID] = [:]
  /// Addresses that more than one account has.
  private var shared: [EmailAddress: [UserID]] = [:]
  private var byOtherMail: [EmailAddress: [UserID]] = [:]
  private var deletedByAddress: [EmailAddress: [DeletedAccount]] = [:]
  /// What is known of the resources themselves.
  let resources: ResourceTable
  private let held: HeldResources
  /// The present address of each account whose address we changed.
  private let moved: [UserID: EmailAddress]

  init(_ state: TenantState, catalog: Catalog, moved: [UserID: EmailAddress] = [:]) {
    self.state = state
    self.moved = moved
    resources = ResourceTable(catalog: catalog, observed: state)
    held = HeldResources(state)
    owners.reserveCapacity(state.accounts.count)
    for account in state.accounts.values {
      for address in account.addresses { add(account.id, to: address) }
      for address in account.otherMails where !account.addresses.contains(address) {
        byOtherMail[address, default: []].append(account.id)
      }
    }
    for item in state.deleted?.values ?? [:].values where state.accounts[item.account.id] == nil {
      for address in item.account.addresses { deletedByAddress[address, default: []].append(item) }
    }
  }

  private mutating func add(_ account: UserID, to address: EmailAddress) {
    if let other = owners.updateValue(account, forKey: address) {
      shared[address, default: [other]].append(account)
    }
  }

  func account(_ id: UserID) -> Account? { state.accounts[id] }
  /// What an account holds directly; see `HeldResources`.
  func held(by account: UserID) -> [Resource] { held.of(account) }
  /// The objects by which it does; see `HeldResources`.
  func targets(of resource: Resource, heldBy account: UserID) -> [Action.RevocationTarget] {
    held.targets(of: resource, heldBy: account)
  }

  /// The live accounts that have an address as their own, ordered; an account whose address we
  /// changed has no other any more.
  private func holders(
    of address: EmailAddress,
    except former: [UserID: Set<EmailAddress>]
  ) -> [UserID] {
    guard let owner = owners[address] else { return [] }
    return (shared[address] ?? [owner]).filter {
      (moved[$0] ?? address) == address && former[$0]?.contains(address) != true
    }.sorted()
  }

  /// The accounts, deleted ones included, that still carry an address which they gave up: the
  /// service would give one of them to the next person invited with it (FACTS section 1.3).
  func keepers(of address: EmailAddress) -> [UserID] {
    let live = shared[address] ?? owners[address].map { [$0] } ?? []
    return (live + (deletedByAddress[address] ?? []).map(\.account.id)).sorted()
  }

  /// The account that an entry means: the pinned one, or the one that has its address.
  ///
  /// `known` is the account that earlier runs met at this address; `former` are addresses that
  /// accounts give up in this plan.
  func match(
    _ address: EmailAddress,
    pinned: UserID? = nil,
    known: UserID? = nil,
    except former: [UserID: Set<EmailAddress>] = [:]
  ) -> AccountMatch {
    let holders = holders(of: address, except: former)
    if holders.count > 1 { return .conflict("the address fits \(holders.count) objects", holders) }
    if let pinned {
      if let holder = holders.first, holder != pinned {
        let words = "the address belongs to another object than the pinned one"
        return .conflict(words, [holder, pinned].sorted())
      }
      if account(pinned) != nil { return .live(pinned) }
      return state.deleted?[pinned] == nil ? .none : .deleted(pinned)
    }
    if let holder = holders.first { return .live(holder) }
    if let others = byOtherMail[address]?.sorted() {
      // An address change of ours put it there (DESIGN section 5, `previously`).
      if let known, others == [known] { return .live(known) }
      return .further(others)
    }
    if let known, account(known) != nil, moved[known] ?? address == address,
      former[known]?.contains(address) != true
    {
      return .elsewhere(known)
    }
    return deleted(address, known: known)
  }

  private func deleted(_ address: EmailAddress, known: UserID?) -> AccountMatch {
    let items = (deletedByAddress[address] ?? []).filter {
      (moved[$0.account.id] ?? address) == address
    }
    guard items.count > 1 else { return items.first.map { .deleted($0.account.id) } ?? .none }
    if let known, items.contains(where: { $0.account.id == known }) { return .deleted(known) }
    let words = "the address fits \(items.count) deleted objects"
    return .conflict(words, items.map(\.account.id).sorted())
  }
}

/// What an address leads to in a tenant.
enum AccountMatch: Hashable, Sendable {
  case none
  case live(UserID)
  case deleted(UserID)
  /// The account that earlier runs met at this address does not carry it any more.
  case elsewhere(UserID)
  /// Accounts that have it among their further addresses only.
  case further([UserID])
  /// Why it is not clear which account is meant, in a sentence.
  case conflict(String, [UserID])
}
