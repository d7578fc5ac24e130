internal import Access

extension Drafting {
  /// Decides over a declared guest whose account is there.
  mutating func decideLive(
    _ entry: GuestEntry,
    _ subject: Subject,
    _ position: Int,
    _ footing: Footing = .plain
  ) {
    let account = index.traits[position]
    let person = Person(
      entry.address,
      partner: entry.partner,
      account: index.id(at: position),
      position: position
    )
    let kind = AccountKind(
      account,
      partner: input.desired.partners[entry.partner],
      ownsAccounts: input.desired.tenant.ownsAccounts
    )
    switch kind {
    case .nothing(let finding, let detail): refuse(person, finding, detail, entry)
    case .blockOnly:
      note(.directoryRole, person, "the account holds a directory role")
      _ = contain(entry, person, account)
    case .grantsOnly(let detail):
      if entry.blocked != nil, account.isEnabled {
        note(.conflict, person, "the declaration blocks the guest, but \(detail): block it there")
      }
      let isOff = !account.isEnabled && entry.blocked == nil
      if isOff { note(.blockedElsewhere, person, "\(detail), and it is blocked there") }
      decideAccess(entry, subject, person, isOff ? .lost : footing)
    case .everything where footing == .lost:
      _ = contain(entry, person, account)
      decideAccess(entry, subject, person, .lost)
    case .everything: decideOwnAccount(entry, subject, person, position)
    }
  }

  private mutating func refuse(
    _ person: Person,
    _ kind: PlanFinding.Kind,
    _ detail: String,
    _ entry: GuestEntry?
  ) {
    guard kind == .externalMember, let position = person.position else {
      return note(kind, person, detail)
    }
    let held = holdings.of(position).map { table.resources[Int($0.resource)] }
      .filter { ownership.owns(.grant(GrantKey(guest: person.address, resource: $0))) }.sorted()
    if held.isEmpty { note(kind, person, detail) }
    for resource in held {
      note(kind, person, resource: resource, "\(detail) and still holds this")
    }
  }

  /// Says of the account of an undeclared guest why nothing is done to it.
  mutating func refuseRemoval(_ person: Person, _ kind: PlanFinding.Kind, _ detail: String) {
    refuse(person, kind, detail, nil)
  }

  /// Blocks a guest whose declaration says so; true if it does.
  private mutating func contain(
    _ entry: GuestEntry,
    _ person: Person,
    _ account: AccountTraits
  ) -> Bool {
    guard let words = entry.blocked else { return false }
    if account.isEnabled {
      let introduced = ownership.introduction(of: .guest(entry.address))
      act(.block, for: person, because: .declaredBlocked(words), introduced)
    } else {
      unchanged += 1
    }
    return true
  }

  private mutating func decideOwnAccount(
    _ entry: GuestEntry,
    _ subject: Subject,
    _ person: Person,
    _ position: Int
  ) {
    let account = index.traits[position]
    if contain(entry, person, account) {
      decideAccess(entry, subject, person, .plain)
      return
    }
    var footing = Footing.plain
    var didNothing = true
    if !account.isEnabled {
      guard let lifted = liftBlock(entry, person, index.id(at: position)) else {
        // What another hand took is not given back in parts either.
        decideAccess(entry, subject, person, .lost)
        return
      }
      footing = lifted
      didNothing = false
    }
    if subject.needsReset, let old = subject.formerly {
      let introduced = ownership.introduction(of: .guest(entry.address))
      act(
        .resetRedemption(address: entry.spelled, entry.invitation),
        for: person,
        because: .addressChanged(from: old),
        introduced
      )
      didNothing = false
    } else if account.isPending, resend(entry, person, index.account(at: position)) {
      didNothing = false
    }
    if account.knowsSponsors, syncSponsors(entry, person, index.account(at: position)) {
      didNothing = false
    }
    if didNothing { unchanged += 1 }
    decideAccess(entry, subject, person, footing)
  }

  /// Unblocks an account if the block is ours to lift, or a newer `return` gives it back; `nil`
  /// where it stays blocked.
  private mutating func liftBlock(
    _ entry: GuestEntry,
    _ person: Person,
    _ account: UserID
  ) -> Footing? {
    let introduced = ownership.introduction(of: .guest(entry.address))
    let blocked = journal?.blocks[account]
    let cause = blocked.map { _ in journal?.blockCauses[account] ?? .removal }
    let incident = journal?.incidents[account] ?? (cause == .incident ? blocked : nil)
    if incident == nil, let cause {
      let wasRemoved = cause == .removal
      act(.unblock, for: person, because: wasRemoved ? .declaredAgain : .blockLifted, introduced)
      return wasRemoved ? .declaredAgain : .plain
    }
    guard isReturned(entry, after: incident ?? journal?.losses[account]) else {
      let whose = incident == nil ? "another hand" : "an incident"
      note(.blockedElsewhere, person, "\(whose) blocked the account")
      return nil
    }
    act(.unblock, for: person, because: .returned, introduced)
    return .returned
  }

  /// True if the entry's `return` is newer than a loss; one that nobody dated happened now.
  func isReturned(_ entry: GuestEntry, after loss: Moment?) -> Bool {
    guard let returned = entry.returned, returned <= moment + .days(1) else { return false }
    return returned > loss ?? moment
  }
}
