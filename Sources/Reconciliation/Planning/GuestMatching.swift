internal import Access

/// A declared guest together with the account that it means.
struct MatchedGuest: Sendable {
  var guest: DeclaredGuest
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
  private(set) var guests: [MatchedGuest] = []
  /// Accounts that some entry means, so that nothing else may decide over them.
  private(set) var claimed: Set<UserID> = []
  private(set) var findings: [PlanFinding] = []
  private let context: PlanningContext

  init(_ context: PlanningContext) {
    self.context = context
    // Guests who change addresses come first: the former address no longer means the account.
    var movers: [Int: MatchedGuest] = [:]
    var former: [UserID: Set<EmailAddress>] = [:]
    let declared = context.declared.guests
    for (position, guest) in declared.enumerated() {
      guard let moved = moved(guest), case .live(let account) = moved.match else { continue }
      movers[position] = moved
      former[account, default: []].formUnion(moved.former)
    }
    var claimants: [UserID: Int] = [:]
    var shared: Set<Int> = []
    for (position, guest) in declared.enumerated() {
      let matched = movers[position] ?? match(guest, except: former)
      guests.append(matched)
      switch matched.match {
      case .live(let account), .elsewhere(let account):
        if let other = claimants.updateValue(position, forKey: account) {
          refuse(account, matched, guests[other])
          shared.formUnion([position, other])
        }
        claimed.insert(account)
      case .further(let accounts), .conflict(_, let accounts): claimed.formUnion(accounts)
      case .none, .deleted: break
      }
    }
    guests = guests.enumerated().filter { !shared.contains($0.offset) }.map(\.element)
  }

  private mutating func refuse(_ account: UserID, _ one: MatchedGuest, _ other: MatchedGuest) {
    for (entry, another) in [
      (one.guest.entry, other.guest.entry), (other.guest.entry, one.guest.entry),
    ] {
      findings.append(
        PlanFinding(
          .conflict,
          guest: entry.address,
          account: account,
          detail: "the account is also that of `\(another.address)`"
        )
      )
    }
  }

  private func match(
    _ guest: DeclaredGuest,
    except former: [UserID: Set<EmailAddress>]
  ) -> MatchedGuest {
    let entry = guest.entry
    let match = context.index.match(
      entry.address,
      pinned: entry.pinned,
      known: context.known(entry.address),
      except: former
    )
    var matched = MatchedGuest(guest: guest, match: match)
    switch match {
    case .none, .further, .elsewhere:
      // A former address that leads nowhere changes nothing.
      let old = entry.previously.first { live($0) != nil }
      if let old { matched.fault = context.changes.problem(from: old, to: entry) }
    case .live, .deleted, .conflict: break
    }
    return matched
  }

  /// The account of an entry whose address changed, or changes back; `nil` where none does.
  private func moved(_ guest: DeclaredGuest) -> MatchedGuest? {
    let entry = guest.entry
    let changes = context.changes
    if let account = changes.account(of: entry.address), context.index.account(account) != nil {
      let former = changes.former(of: account, besides: entry.address)
      return MatchedGuest(
        guest: guest,
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
      return former.isEmpty ? nil : MatchedGuest(guest: guest, match: own, former: former)
    case .none, .further, .elsewhere:
      for old in valid {
        guard let account = live(old) else { continue }
        if case .further(let others) = own, others != [account] { return nil }
        return MatchedGuest(guest: guest, match: .live(account), former: [old], movesFrom: old)
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
