/// What a journal knows, as a value: what was applied, when things were first seen, and which
/// changes of the tenant were ours.
package struct JournalRecord: Hashable, Sendable {
  /// Commits that a run applied to this tenant from the configured ref, oldest first.
  package var applied: [CommitID]
  /// When a run first saw a commit.
  package var firstSeen: [CommitID: Moment]
  /// Accounts that we blocked, and have not unblocked since, with the moment of the block.
  package var blocks: [UserID: Moment]
  /// Accounts that we deleted, and have not restored since.
  package var deletions: [UserID: Moment]
  /// Accounts that we ever saw or made for an address.
  package var accounts: [EmailAddress: UserID]
  /// Moments at which an invitation was mailed for an address, resends included, oldest first.
  package var invitations: [EmailAddress: [Moment]]
  /// Grants that we gave, with how many times we gave them.
  package var grants: [GrantKey: Int]
  /// Writes with an intent and without an outcome.
  package var unresolved: [UnresolvedWrite]

  package init(
    applied: [CommitID] = [],
    firstSeen: [CommitID: Moment] = [:],
    blocks: [UserID: Moment] = [:],
    deletions: [UserID: Moment] = [:],
    accounts: [EmailAddress: UserID] = [:],
    invitations: [EmailAddress: [Moment]] = [:],
    grants: [GrantKey: Int] = [:],
    unresolved: [UnresolvedWrite] = []
  ) {
    self.applied = applied
    self.firstSeen = firstSeen
    self.blocks = blocks
    self.deletions = deletions
    self.accounts = accounts
    self.invitations = invitations
    self.grants = grants
    self.unresolved = unresolved
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
