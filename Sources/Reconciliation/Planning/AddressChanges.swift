internal import Access

/// The address changes that the declarations ask for and those that runs began (DESIGN section 5,
/// `previously`).
struct AddressChanges: Sendable {
  /// The present address of each account whose address we changed.
  private(set) var current: [UserID: EmailAddress] = [:]
  /// Former addresses of such accounts that are declared again, for another person.
  private(set) var reused: Set<EmailAddress> = []
  /// Declared addresses to which an account goes back, by `git revert` of the change.
  private var returning: [EmailAddress: UserID] = [:]
  /// Accounts on their way to an address, or there.
  private var arriving: [EmailAddress: UserID] = [:]
  /// All addresses under which runs met an account of which we changed the address.
  private var former: [UserID: [EmailAddress]] = [:]
  private let begun: [UserID: JournalRecord.AddressChange]
  private let ownership: Ownership
  private let partnerDomains: PartnerDomains

  init(_ input: PlanningInput, _ ownership: Ownership) {
    self.ownership = ownership
    begun = input.journal?.addressChanges ?? [:]
    partnerDomains = PartnerDomains(input.desired.partners)
    guard !begun.isEmpty else { return }
    for (account, change) in begun {
      current[account] = change.to
      arriving[change.to] = account
    }
    let intervals = input.history.intervals
    for (address, account) in input.journal?.accounts ?? [:] {
      guard let change = begun[account], change.to != address else { continue }
      former[account, default: []].append(address)
      guard let opened = intervals.guests[address]?.last, opened.closed == nil else { continue }
      // A guest who comes in the commit in which the newer address goes is the same person.
      if intervals.guests[change.to]?.last?.closed?.step == opened.opened.step {
        returning[address] = account
        current[account] = address
      } else {
        reused.insert(address)
      }
    }
  }

  /// The account that an entry's address belongs to by a change that a run began.
  func account(of address: EmailAddress) -> UserID? { returning[address] ?? arriving[address] }

  /// The other addresses under which runs met an account.
  func former(of account: UserID, besides address: EmailAddress) -> [EmailAddress] {
    var all = former[account] ?? []
    if let change = begun[account] { all.append(change.to) }
    return Set(all).subtracting([address]).sorted()
  }

  /// From which address the sign-in of an account still has to move to that of its entry; `nil`
  /// where it is there.
  func pending(
    _ account: UserID,
    to address: EmailAddress,
    from former: [EmailAddress]
  ) -> EmailAddress? {
    guard let change = begun[account] else { return nil }
    if change.to != address { return change.to }
    return change.isFinished ? nil : former.first ?? address
  }

  /// True if a change of address holds, and the account of the former address is not that of another
  /// guest by now: declared again and carried out, and made after the change.
  func holds(from old: EmailAddress, to entry: GuestEntry, _ account: Account?) -> Bool {
    guard problem(from: old, to: entry) == nil else { return false }
    guard ownership.isCarriedOut(.guest(old)) else { return true }
    guard let created = account?.created,
      let departed = ownership.history.intervals.guests[old]?.last(where: { $0.closed != nil })?
        .closed?.step
    else { return false }
    return created < ownership.clock.moment(of: departed)
  }

  /// Why a change of address does not count; `nil` where it does.
  func problem(from old: EmailAddress, to entry: GuestEntry) -> String? {
    guard partnerDomains.partner(of: old.domain) == entry.partner else {
      return "`previously` names `\(old)`, which is not an address of partner `\(entry.partner)`"
    }
    guard ownership.mayBeOurs(.guest(old)) else {
      return "`previously` names `\(old)`, which was never a guest here"
    }
    let intervals = ownership.history.intervals
    let arrivals = Set((intervals.guests[entry.address] ?? []).map(\.opened.step))
    let departures = (intervals.guests[old] ?? []).compactMap(\.closed?.step)
    guard departures.contains(where: arrivals.contains) else {
      let isDeclared = intervals.guests[old]?.last.map { $0.closed == nil } ?? false
      return isDeclared
        ? "`previously` names `\(old)`, which is still declared"
        : "`previously` names `\(old)`, which was not removed in the commit that added "
          + "`\(entry.address)`"
    }
    return nil
  }
}
