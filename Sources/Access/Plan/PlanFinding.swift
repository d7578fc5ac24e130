/// Something that a plan reports of the tenant, and that nothing acts on (DESIGN section 6).
package struct PlanFinding: Hashable, Sendable {
  package var kind: Kind
  package var guest: EmailAddress?
  package var account: UserID?
  package var resource: Resource?
  /// What was seen, in a sentence.
  package var detail: String
  /// Since when, where that matters: when an invitation that is not redeemed was mailed.
  package var since: Moment?

  package init(
    _ kind: Kind,
    guest: EmailAddress? = nil,
    account: UserID? = nil,
    resource: Resource? = nil,
    detail: String,
    since: Moment? = nil
  ) {
    self.kind = kind
    self.guest = guest
    self.account = account
    self.resource = resource
    self.detail = detail
    self.since = since
  }

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case unmanagedGuest, unmanagedGrant, inherited, left, blockedElsewhere, pending, inactive
    case expiring, expired, reviewDue, withoutSponsor, withoutAccess, conflict, externalMember
    case directoryRole, policyLoosened
    /// A declared grant that was removed outside and is not given back.
    case drifted
    /// Others depend on the account of a removed guest: it is never deleted.
    case tied
    /// The account of a removed guest was unblocked or restored outside: its removal has stopped.
    case unblockedElsewhere
    /// Access that cannot be given or taken: the app has no such role, or Graph cannot change the
    /// members of the group.
    case unwritable
    /// The guest is no longer declared; its account existed before and stays.
    case adoptedStays

    /// Whether somebody has to act before the tenant matches the commit.
    package var isOutstanding: Bool {
      switch self {
      case .left, .blockedElsewhere, .conflict, .externalMember, .directoryRole, .drifted, .tied,
        .unblockedElsewhere, .unwritable, .adoptedStays:
        true
      case .unmanagedGuest, .unmanagedGrant, .inherited, .pending, .inactive, .expiring, .expired,
        .reviewDue, .withoutSponsor, .withoutAccess, .policyLoosened:
        false
      }
    }
  }
}
