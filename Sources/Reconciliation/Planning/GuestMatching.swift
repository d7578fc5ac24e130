internal import Access

/// A declared guest together with the account that it means.
struct MatchedGuest: Sendable {
  let guest: DeclaredGuest
  let lead: AccountLead
}

/// The account of a declared guest, and what follows for the guest.
struct AccountLead: Sendable {
  var match: AccountMatch
  /// Addresses under which the account was ours before: what it was given under them is ours to
  /// take.
  var former: [EmailAddress] = []
  /// The address from which the account's sign-in still has to move to the entry's.
  var movesFrom: EmailAddress?
  /// Why the entry is given nothing, where only the tenant shows it.
  var fault: String?
}

/// Finds the account of every declared guest.
struct GuestMatching {
  /// Accounts that some entry means, so that nothing else may decide over them.
  private(set) var claimed: Set<UserID> = []
  private(set) var findings: [PlanFinding] = []
  private let context: PlanningContext
  /// By position among the declared guests.
  private var leads: [AccountLead] = []
  /// Positions of guests that mean the account of another one.
  private var shared: Set<Int> = []

  init(_ context: PlanningContext) {
    self.context = context
    // Guests who change addresses come first: the former address no longer means the account.
    var movers: [Int: AccountLead] = [:]
    var former: [UserID: Set<EmailAddress>] = [:]
    for (position, guest) in context.declared.enumerated() {
      guard let moved = moved(guest.entry), case .live(let account) = moved.match else { continue }
      movers[position] = moved
      former[account, default: []].formUnion(moved.former)
    }
    claimed.reserveCapacity(context.declared.count)
    leads.reserveCapacity(context.declared.count)
    var claimants: [UserID: Int] = [:]
    for (position, guest) in context.declared.enumerated() {
      let lead = movers[position] ?? lead(guest.entry, except: former)
      leads.append(lead)
      switch lead.match {
      case .live(let account), .elsewhere(let account):
        if let other = claimants.updateValue(position, forKey: account) {
          refuse(account, guest.entry.address, context.declared[other].entry.address)
          shared.formUnion([position, other])
        }
        claimed.insert(account)
      case .further(let accounts), .conflict(_, let accounts): claimed.formUnion(accounts)
      case .none, .deleted: break
      }
    }
  }

  /// The guests over whom a plan decides: all but those that mean the account of another one.
  var guests: some Sequence<MatchedGuest> {
    leads.indices.lazy.filter { !shared.contains($0) }.map {
      MatchedGuest(guest: context.declared[$0], lead: leads[$0])
    }
  }

  private mutating func refuse(
    _ account: UserID,
    _ one: EmailAddress,
    _ other: EmailAddress
  ) {
    for (address, another) in [(one, other), (other, one)] {
      findings.append(
        PlanFinding(
          .conflict,
          guest: address,
          account: account,
          detail: "the account is also that of `\(another)`"
        )
      )
    }
  }

  private func lead(
    _ entry: GuestEntry,
    except former: [UserID: Set<EmailAddress>]
  ) -> AccountLead {
    let match = context.index.match(
      entry.address,
      pinned: entry.pinned,
      known: context.known(entry.address),
      except: former
    )
    var lead = AccountLead(match: match)
    switch match {
    case .none, .further, .elsewhere:
      // A former address that leads nowhere changes nothing.
      let old = entry.previously.first { live($0) != nil }
      if let old { lead.fault = context.changes.problem(from: old, to: entry) }
    case .live, .deleted, .conflict: break
    }
    return lead
  }

  /// The account of an entry whose address changed, or changes back; `nil` where none does.
  private func moved(_ entry: GuestEntry) -> AccountLead? {
    let changes = context.changes
    if let account = changes.account(of: entry.address), context.index.account(account) != nil {
      let former = changes.former(of: account, besides: entry.address)
      return AccountLead(
        match: .live(account),
        former: former,
        movesFrom: changes.pending(account, to: entry.address, from: former)
      )
    }
    guard !entry.previously.isEmpty, entry.pinned == nil else { return nil }
    let valid = entry.previously.filter {
      changes.holds(from: $0, to: entry, live($0).flatMap(context.index.account))
    }
    let own = context.index.match(entry.address, known: context.known(entry.address))
    switch own {
    case .live(let account):
      let addresses = context.index.account(account)?.addresses ?? []
      let former = valid.filter { context.known($0) == account || addresses.contains($0) }
      return former.isEmpty ? nil : AccountLead(match: own, former: former)
    case .none, .further, .elsewhere:
      for old in valid {
        guard let account = live(old) else { continue }
        if case .further(let others) = own, others != [account] { return nil }
        return AccountLead(match: .live(account), former: [old], movesFrom: old)
      }
      return nil
    case .deleted, .conflict: return nil
    }
  }

  /// The live account of a former address.
  private func live(_ old: EmailAddress) -> UserID? {
    switch context.index.match(old, known: context.known(old)) {
    case .live(let account): account
    default: nil
    }
  }
}
