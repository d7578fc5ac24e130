/// Something that a plan says of the tenant and that nothing acts on (DESIGN section 6).
package struct PlanFinding: Hashable, Sendable {
  package var kind: Kind
  package var guest: EmailAddress?
  package var account: UserID?
  package var resource: Resource?
  /// What was seen, in a sentence.
  package var detail: String

  package init(
    _ kind: Kind,
    guest: EmailAddress? = nil,
    account: UserID? = nil,
    resource: Resource? = nil,
    detail: String
  ) {
    self.kind = kind
    self.guest = guest
    self.account = account
    self.resource = resource
    self.detail = detail
  }

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case unmanagedGuest, unmanagedGrant, inherited, left, blockedElsewhere, pending, inactive
    case expiring, expired, reviewDue, withoutSponsor, withoutAccess, conflict, externalMember
    case directoryRole, policyLoosened
    /// A declared grant that another hand took and that is not given back.
    case drifted
    /// Objects or access of others hang on an account that is on its way out: it is never deleted.
    case tied
    /// Another hand lifted the block of a removed guest: its removal stands still.
    case unblockedElsewhere
  }
}
