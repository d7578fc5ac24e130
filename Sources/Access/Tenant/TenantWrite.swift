/// One change of a tenant, with the identifier that joins it to the tenant's audit log.
package struct TenantWrite: Hashable, Sendable {
  package var requestID: GUID
  package var change: Change

  package init(requestID: GUID, change: Change) {
    self.requestID = requestID
    self.change = change
  }

  package enum Change: Hashable, Sendable {
    case invite(address: String, name: String?, InvitationSettings, sponsors: [UserID])
    case resend(UserID, address: String, InvitationSettings)
    /// The sign-in identity moves to the address, which is written to the account first.
    case resetRedemption(UserID, address: String, InvitationSettings)
    /// Writes an address to the account, before a reset of redemption: as `mail`, or to `otherMails`
    /// where the service refuses that.
    case changeMail(UserID, address: String)
    case block(UserID)
    case revokeSessions(UserID)
    case unblock(UserID)
    case restore(UserID)
    case delete(UserID)
    case addSponsor(UserID, sponsor: UserID)
    case removeSponsor(UserID, sponsor: UserID)
    case assign(UserID, ServicePrincipalID, AppRoleID)
    case unassign(UserID, ServicePrincipalID, assignment: String)
    case join(UserID, GroupID)
    case leave(UserID, GroupID)
    case requestPackage(UserID, AccessPackageID, AssignmentPolicyID)
    case removePackage(UserID, PackageAssignmentID)
  }
}
