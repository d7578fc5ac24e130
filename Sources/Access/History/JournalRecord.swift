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
  /// When a run first saw that another hand had blocked or deleted an account; forgotten once the
  /// account is back.
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
}
