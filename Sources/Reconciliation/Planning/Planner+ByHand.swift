package import Access

/// Plans for one guest that somebody asks for by hand, whatever else the commit would change.
extension Planner {
  /// The plan of `guestlist block`: one block with its revocation of sessions, also of an account that
  /// is blocked already, so that nothing but a `return` lifts it.
  ///
  /// A finding says why there is no action. Only the commit's protected addresses hold the block back.
  package static func block(
    _ person: EmailAddress,
    because words: String,
    _ input: PlanningInput
  ) -> Plan {
    plan(for: person, input) { context, account, decision in
      let partner = decision.guest.partner
      switch context.kind(of: account, partner: partner) {
      case .nothing(let finding, let words): context.refuse(account, finding, words, &decision)
      case .grantsOnly(let words): decision.note(.unwritable, "\(words): block it there")
      case .everything, .blockOnly:
        decision.act(.block, because: .declaredBlocked(words), nil)
      }
    }
  }

  /// The plan of `guestlist resend`: one more mail to a declared guest who has not redeemed the
  /// invitation.
  ///
  /// A finding says why there is no action.
  package static func resend(_ person: EmailAddress, _ input: PlanningInput) -> Plan {
    plan(for: person, input) { context, account, decision in
      guard let guest = context.declared.first(where: { $0.entry.address == person }),
        !guest.isSkipped, case .active = context.validity(of: guest), guest.entry.blocked == nil
      else { return decision.note(.pending, "the commit gives this address no access now") }
      switch context.kind(of: account, partner: guest.entry.partner) {
      case .nothing(let finding, let words): return decision.note(finding, words)
      case .grantsOnly(let words): return decision.note(.unwritable, words)
      case .everything, .blockOnly: break
      }
      guard account.isEnabled else { return decision.note(.blockedElsewhere, "it is blocked") }
      guard account.redemption == .pendingAcceptance else {
        return decision.note(.pending, "no invitation waits to be redeemed")
      }
      decision.act(
        .resend(address: guest.entry.spelled, guest.entry.invitation),
        because: .notRedeemed(since: account.redemptionChanged ?? account.created ?? input.now),
        context.ownership.introduction(of: .guest(person))
      )
    }
  }

  private static func plan(
    for person: EmailAddress,
    _ input: PlanningInput,
    _ decide: (PlanningContext, Account, inout GuestDecision) -> Void
  ) -> Plan {
    let context = PlanningContext(input)
    var builder = PlanBuilder(input)
    let pinned = context.declared.first { $0.entry.address == person }?.entry.pinned
    let match = context.index.match(person, pinned: pinned, known: context.known(person))
    var account: UserID?
    if case .live(let id) = match { account = id }
    var decision = GuestDecision(context.former(person, account))
    switch match {
    case .live(let id):
      if let account = context.index.account(id) { decide(context, account, &decision) }
    case .deleted: decision.note(.left, "the account is deleted")
    case .none: decision.note(.left, "no account has this address")
    case .elsewhere: decision.note(.conflict, "its account does not have this address any more")
    case .further:
      decision.note(.conflict, "only `otherMails` of an account has this address")
    case .conflict(let words, let ids):
      let accounts = ids.map(\.description).joined(separator: ", ")
      decision.note(.conflict, "\(words): \(accounts)")
    }
    builder.add(decision)
    var (plan, asks) = builder.finish(context.index)
    let digests = PlanDigests(plan)
    plan.guards = Guards(plan, asks, digests, context).verdicts
    plan.digest = digests.whole
    plan.isPartial = true
    // A fault in the entry does not matter to what somebody asks for by hand.
    plan.withheld = []
    return plan
  }
}
