/// The seam through which a tenant is changed; only `Execution` is ever handed one.
package protocol TenantWriter: Sendable {
  /// Carries out writes that may run side by side, at most twenty, and answers each in its place.
  ///
  /// One write's failure stops no other. A write that was sent and whose reply was lost is answered
  /// with `TenantError.Kind.unknownOutcome`, and was perhaps carried out. Cancellation does not
  /// abandon writes in flight.
  func perform(_ writes: [TenantWrite]) async -> [Result<WriteReceipt, TenantError>]
}

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

/// What the tenant answered to a write that succeeded.
package struct WriteReceipt: Hashable, Sendable {
  /// Whether anything changed, or the tenant was already as asked.
  package var effect: Effect
  /// The account that an invitation made or found.
  package var user: UserID?
  /// The service's identifier for the request, for its support and its audit log.
  package var serviceRequestID: String?
  /// The secret address by which the guest redeems, where it is to be handed over privately.
  package var redeemURL: RedeemURL?

  package init(
    effect: Effect,
    user: UserID? = nil,
    serviceRequestID: String? = nil,
    redeemURL: RedeemURL? = nil
  ) {
    self.effect = effect
    self.user = user
    self.serviceRequestID = serviceRequestID
    self.redeemURL = redeemURL
  }

  package enum Effect: String, Hashable, Sendable {
    case changed, alreadyThere, alreadyGone
  }
}

/// The address by which an invited guest redeems; anyone who holds it may become the guest.
///
/// It prints as `<redacted>` everywhere; `reveal()` is for the file or command that the user named.
package struct RedeemURL: Hashable, Sendable {
  private let text: String

  package init(_ text: String) { self.text = text }

  /// The address itself.
  package func reveal() -> String { text }
}

extension RedeemURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<redacted>" }
  package var debugDescription: String { "<redacted>" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
