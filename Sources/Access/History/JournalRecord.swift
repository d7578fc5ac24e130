/// What a journal knows, as a value: what was applied, when things were first seen, and which
/// changes of the tenant were ours.
package struct JournalRecord: Hashable, Sendable {
  /// Commits that a run applied to this tenant from the configured ref, oldest first.
  package var applied: [CommitID]
  /// When a run first saw a commit.
  package var firstSeen: [CommitID: Moment]
  /// Accounts that we blocked, and have not unblocked since, with the moment of the block.
  package var blocks: [UserID: Moment]
  /// Why we blocked each of `blocks`; one that is missing was blocked as a removal.
  package var blockCauses: [UserID: BlockCause]
  /// Accounts that `guestlist block` blocked, and that nobody gave back since; a block of another
  /// cause on top of it does not end the incident.
  package var incidents: [UserID: Moment]
  /// Accounts that an invitation of ours made.
  package var made: Set<UserID>
  /// When a run first saw that an account had been blocked or deleted outside (`Plan.lost`); forgotten
  /// once the account is back.
  package var losses: [UserID: Moment]
  package var beginning: Beginning
  /// Accounts that we deleted, and have not restored since.
  package var deletions: [UserID: Moment]
  /// Accounts that we ever saw or made for an address.
  package var accounts: [EmailAddress: UserID]
  /// Moments at which an invitation went out for an address, mailed or handed over, resends and
  /// resets of redemption included, oldest first; one that may have gone out counts.
  package var invitations: [EmailAddress: [Moment]]
  /// Grants that we gave, with how many times we gave them since we last took them ourselves or last
  /// invited the guest.
  package var grants: [GrantKey: Int]
  /// Writes with an intent and without an outcome.
  package var unresolved: [UnresolvedWrite]
  /// The commit of the last whole run that held nothing back, or only what was accepted; `nil` before
  /// the first.
  package var baseline: CommitID?
  /// The ref that the last applied commit was applied from; `nil` before the first.
  package var ref: String?
  /// For an applied commit, the entries that its latest run did not carry out because they were
  /// skipped or held back; such a run does not make them ours.
  package var notCarriedOut: [CommitID: Set<EntryKey>] = [:]
  /// What somebody answered to the guard `ownership`.
  package var ownershipAnswers = OwnershipAnswers()
  /// Our own writes of the last minutes, which the tenant may not show yet.
  package var recent: [RecentWrite] = []
  /// For each account whose address we began to change, the last change.
  package var addressChanges: [UserID: AddressChange] = [:]
  /// What was accepted of the guards for commits that were not applied whole yet, so that a killed
  /// run's acceptance holds for what is left of it.
  package var accepted: [AcceptedPlan] = []

  package init(
    applied: [CommitID] = [],
    firstSeen: [CommitID: Moment] = [:],
    blocks: [UserID: Moment] = [:],
    blockCauses: [UserID: BlockCause] = [:],
    incidents: [UserID: Moment] = [:],
    made: Set<UserID> = [],
    losses: [UserID: Moment] = [:],
    beginning: Beginning = .firstRun,
    deletions: [UserID: Moment] = [:],
    accounts: [EmailAddress: UserID] = [:],
    invitations: [EmailAddress: [Moment]] = [:],
    grants: [GrantKey: Int] = [:],
    unresolved: [UnresolvedWrite] = []
  ) {
    self.applied = applied
    self.firstSeen = firstSeen
    self.blocks = blocks
    self.blockCauses = blockCauses
    self.incidents = incidents
    self.made = made
    self.losses = losses
    self.beginning = beginning
    self.deletions = deletions
    self.accounts = accounts
    self.invitations = invitations
    self.grants = grants
    self.unresolved = unresolved
  }

  /// For what reason we blocked an account; it decides what lifts the block.
  package enum BlockCause: String, Hashable, Sendable, CaseIterable {
    /// The guest was removed; declaring it again lifts the block.
    case removal
    /// A declaration said `blocked`; taking that out lifts the block.
    case declared
    /// `guestlist block`; only a newer `return` lifts it.
    case incident
  }

  /// How the journal came to be.
  package enum Beginning: Hashable, Sendable {
    /// No run came before the journal's first: what it does not know was never applied.
    case firstRun
    /// Earlier runs left signs in the tenant and their journal is gone. Until somebody accepted
    /// the state as it is, some actions are held back (DESIGN section 5).
    case afterLoss(isAccepted: Bool)
  }

  /// A write whose reply was lost, or whose run was killed.
  package struct UnresolvedWrite: Hashable, Sendable {
    package var requestID: GUID
    package var guest: EmailAddress
    package var verb: Action.Verb
    package var intended: Moment

    package init(requestID: GUID, guest: EmailAddress, verb: Action.Verb, intended: Moment) {
      self.requestID = requestID
      self.guest = guest
      self.verb = verb
      self.intended = intended
    }
  }

  /// Entries of which somebody was asked whether they are ours, when no journal could tell.
  package struct OwnershipAnswers: Hashable, Sendable {
    package var accepted: Set<EntryKey> = []
    package var declined: Set<EntryKey> = []

    package init() {}
  }

  /// A change of an account's address that a run began.
  package struct AddressChange: Hashable, Sendable {
    /// The address that was written to the account.
    package var to: EmailAddress
    /// True once the redemption was reset to that address, after it was written.
    package var isFinished: Bool

    package init(to: EmailAddress, isFinished: Bool) {
      self.to = to
      self.isFinished = isFinished
    }
  }

  /// A write of ours that succeeded lately.
  package struct RecentWrite: Hashable, Sendable {
    package var guest: EmailAddress
    package var account: UserID?
    package var verb: Action.Verb
    /// What was given or taken; `nil` for a write to the account.
    package var resource: Resource?
    package var finished: Moment

    package init(
      guest: EmailAddress,
      account: UserID?,
      verb: Action.Verb,
      resource: Resource? = nil,
      finished: Moment
    ) {
      self.guest = guest
      self.account = account
      self.verb = verb
      self.resource = resource
      self.finished = finished
    }
  }

  /// The actions of one commit that a guard held back and that somebody accepted.
  package struct AcceptedPlan: Hashable, Sendable {
    package var commit: CommitID
    package var name: GuardVerdict.Guard
    /// The guests of the accepted actions, with the kinds of action.
    package var actions: Set<AcceptedAction>

    package init(commit: CommitID, name: GuardVerdict.Guard, actions: Set<AcceptedAction>) {
      self.commit = commit
      self.name = name
      self.actions = actions
    }
  }

  package struct AcceptedAction: Hashable, Sendable {
    package var guest: EmailAddress
    package var verb: Action.Verb
    package var resource: Resource?

    package init(guest: EmailAddress, verb: Action.Verb, resource: Resource? = nil) {
      self.guest = guest
      self.verb = verb
      self.resource = resource
    }
  }
}
