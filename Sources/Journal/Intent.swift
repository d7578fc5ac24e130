package import Access

/// A write that is about to be sent, as the journal records it beforehand.
///
/// It names people by address and account only; redeem addresses, mail texts and the words of a
/// reason do not enter the journal.
package struct Intent: Hashable, Sendable {
  /// The `client-request-id` of the write, which finds it in the tenant's audit log.
  package var requestID: GUID
  package var guest: EmailAddress
  package var verb: Action.Verb
  package var step: Step
  /// `nil` where an invitation is about to make the account.
  package var account: UserID?
  /// What is given or taken, for grants and revocations.
  package var resource: Resource?
  /// The commit to which the action leads back.
  package var commit: CommitID?
  /// For what a block is made; it decides what lifts it.
  package var blockCause: JournalRecord.BlockCause?

  package init(
    requestID: GUID,
    guest: EmailAddress,
    verb: Action.Verb,
    step: Step,
    account: UserID? = nil,
    resource: Resource? = nil,
    commit: CommitID? = nil,
    blockCause: JournalRecord.BlockCause? = nil
  ) {
    self.requestID = requestID
    self.guest = guest
    self.verb = verb
    self.step = step
    self.account = account
    self.resource = resource
    self.commit = commit
    self.blockCause = blockCause
  }

  /// The single writes of which actions consist.
  package enum Step: String, Hashable, Sendable, CaseIterable {
    case invite, resend, resetRedemption, addOtherMail, block, revokeSessions, unblock, restore
    case delete, addSponsor, removeSponsor, assign, unassign, join, leave
    case requestPackage, removePackage

    /// Whether the write makes the service send a mail, or yields a redeem address anew.
    package var isMailing: Bool {
      switch self {
      case .invite, .resend, .resetRedemption: true
      default: false
      }
    }

    /// Whether doing it twice is doing it once; of an access package, a second request is a second
    /// request.
    package var isRepeatable: Bool { !isMailing && self != .requestPackage }
  }
}
