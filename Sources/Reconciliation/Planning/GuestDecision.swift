internal import Access

/// The identity of a guest, as every action has it.
struct GuestIdentity: Hashable, Sendable {
  var address: EmailAddress
  var partner: PartnerName?
  /// `nil` until an invitation makes the account.
  var account: UserID?
}

/// An action before its place in the plan is known.
struct PendingAction: Sendable {
  var action: Action
  /// Positions among the actions of the same decision that must have succeeded first.
  var prerequisites: [Int] = []
  /// The entry that may or may not be ours, and that the action treats as ours.
  var asks: EntryKey?

  /// Where the action is among those of its guest and wave.
  var rank: Int {
    switch action.verb {
    case .block, .restore, .invite: 0
    case .unblock, .revoke: 1
    case .resetRedemption: 2
    case .resend: 3
    case .removeSponsor: 4
    case .addSponsor: 5
    case .grant: 6
    case .delete: 7
    }
  }
}

/// What a plan does for one guest, and what it reports.
struct GuestDecision: Sendable {
  let guest: GuestIdentity
  private(set) var actions: [PendingAction] = []
  private(set) var findings: [PlanFinding] = []
  private(set) var upcoming: [UpcomingStep] = []
  var skipped: WithheldEntry?
  /// Entries of which nothing new is given.
  var skippedEntries: Set<EntryKey> = []
  /// The account, where it existed before and no run managed it yet.
  var adopts = false
  /// The account, where it was deleted or blocked outside.
  var lost: UserID?
  var unchanged = 0
  var unmanaged = 0

  init(_ guest: GuestIdentity) { self.guest = guest }

  /// Adds an action and returns its position.
  @discardableResult
  mutating func act(
    _ operation: Action.Operation,
    because reason: Reason,
    _ provenance: Provenance?,
    after prerequisites: [Int] = [],
    wave: Wave? = nil,
    hadNotice: Bool = false,
    asks: EntryKey? = nil
  ) -> Int {
    let action = Action(
      guest: guest.address,
      partner: guest.partner,
      account: guest.account,
      operation: operation,
      reason: reason,
      provenance: provenance,
      wave: wave,
      hadNotice: hadNotice
    )
    actions.append(PendingAction(action: action, prerequisites: prerequisites, asks: asks))
    return actions.count - 1
  }

  /// Adds a finding.
  mutating func note(
    _ kind: PlanFinding.Kind,
    resource: Resource? = nil,
    _ detail: String,
    since: Moment? = nil
  ) {
    findings.append(
      PlanFinding(
        kind,
        guest: guest.address,
        account: guest.account,
        resource: resource,
        detail: detail,
        since: since
      )
    )
  }

  /// Says what later plans will do.
  mutating func expect(_ kind: UpcomingStep.Kind, at moment: Moment) {
    upcoming.append(
      UpcomingStep(
        moment: moment,
        guest: guest.address,
        partner: guest.partner,
        account: kind == .delete ? guest.account : nil,
        kind: kind
      )
    )
  }

  /// Gives the entry nothing, because of a fault that only a plan can see.
  mutating func skip(_ entry: GuestEntry, _ reason: String) {
    skipped = WithheldEntry(address: entry.address, reason: reason, places: [entry.place])
    skippedEntries.insert(.guest(entry.address))
    skippedEntries.formUnion(
      entry.grants.map { .grant(GrantKey(guest: entry.address, resource: $0.resource)) }
    )
  }
}
