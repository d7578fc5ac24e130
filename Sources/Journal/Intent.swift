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
    case invite, resend, resetRedemption, block, revokeSessions, unblock, restore
    case delete, addSponsor, removeSponsor, assign, unassign, join, leave
    case requestPackage, removePackage
    /// Kept under the property that it wrote first.
    case changeMail = "addOtherMail"

    /// What is known of each kind of write, in one table.
    package var traits: Traits {
      switch self {
      case .invite: Traits(isMailing: true, isRepeatable: false, effect: .accountExists)
      case .resend: Traits(isMailing: true, isRepeatable: false, effect: .invisible)
      case .resetRedemption: Traits(isMailing: true, isRepeatable: false, effect: .redemptionReset)
      case .changeMail, .addSponsor, .removeSponsor: Traits(effect: .notLookedUp)
      case .block: Traits(effect: .enabled(false))
      case .revokeSessions: Traits(effect: .notLookedUp)
      case .unblock: Traits(effect: .enabled(true))
      case .restore: Traits(effect: .present(true))
      case .delete: Traits(effect: .present(false))
      case .assign, .join: Traits(effect: .held(true))
      case .unassign, .leave, .removePackage: Traits(effect: .held(false))
      case .requestPackage: Traits(isRepeatable: false, effect: .held(true))
      }
    }
  }

  package struct Traits: Hashable, Sendable {
    /// Whether the write makes the service send a mail, or yields a redeem address anew.
    package var isMailing = false
    /// Whether doing it twice is doing it once; of an access package, a second request is a second
    /// request.
    package var isRepeatable = true
    package var effect: Effect
  }

  /// How a later look at the tenant tells that a write was carried out whose reply was lost.
  package enum Effect: Hashable, Sendable {
    /// Some account has the address.
    case accountExists
    /// Nothing shows it: it counts as done, since a second mail would be one too many.
    case invisible
    /// The account's redemption was reset after the intent.
    case redemptionReset
    /// Looking is not worth it: it is done again where it is still wanted.
    case notLookedUp
    case enabled(Bool)
    /// The account is there, or is deleted.
    case present(Bool)
    /// The account holds the resource, or does not.
    case held(Bool)
  }
}

/// A write with an intent and without an outcome.
package struct OpenIntent: Hashable, Sendable {
  package var intent: Intent
  package var intended: Moment
  /// The run that intended it.
  package var run: GUID
  /// Later runs that looked for its effect and found nothing, oldest first.
  package var lookUps: [LookUp]

  init(intent: Intent, intended: Moment, run: GUID, lookUps: [LookUp] = []) {
    self.intent = intent
    self.intended = intended
    self.run = run
    self.lookUps = lookUps
  }

  package struct LookUp: Hashable, Sendable {
    package var run: GUID
    package var moment: Moment
  }
}

extension Resource {
  /// The resource as one word: `role:APP:VALUE`, `group:ID` or `package:ID`.
  var journalText: String {
    switch self {
    case .appRole(let app, let role): "role:\(app):\(role)"
    case .group(let group): "group:\(group)"
    case .package(let package): "package:\(package)"
    }
  }

  /// Reads what `journalText` gives; anything else is `nil`.
  init?(journalText text: String) {
    let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    switch (parts.first, parts.count) {
    case ("role", 3):
      guard let app = AppID(parts[1]) else { return nil }
      self = .appRole(app, RoleValue(String(parts[2])))
    case ("group", 2):
      guard let group = GroupID(parts[1]) else { return nil }
      self = .group(group)
    case ("package", 2):
      guard let package = AccessPackageID(parts[1]) else { return nil }
      self = .package(package)
    default: return nil
    }
  }
}
