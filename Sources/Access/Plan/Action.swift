/// One step of a plan: something done to one guest.
package struct Action: Hashable, Sendable {
  package var guest: EmailAddress
  package var partner: PartnerName?
  /// The account; `nil` where an invitation of the same plan will make it.
  package var account: UserID?
  package var operation: Operation
  package var reason: Reason
  package var provenance: Provenance?
  /// Positions in the plan of actions that must have succeeded first; each is smaller than ours.
  package var prerequisites: [Int]
  /// The stage in which the action runs: that of its verb, but for a grant that must wait until a
  /// revocation of the same plan has succeeded, which runs in the stage of the revocations.
  package var wave: Wave
  /// True where the action follows from a date that was merged at least seven days before; it is
  /// then counted by the guard `expiries` and not by `removals`.
  package var hadNotice: Bool

  package init(
    guest: EmailAddress,
    partner: PartnerName? = nil,
    account: UserID? = nil,
    operation: Operation,
    reason: Reason,
    provenance: Provenance? = nil,
    prerequisites: [Int] = [],
    wave: Wave? = nil,
    hadNotice: Bool = false
  ) {
    self.guest = guest
    self.partner = partner
    self.account = account
    self.operation = operation
    self.reason = reason
    self.provenance = provenance
    self.prerequisites = prerequisites
    self.wave = wave ?? operation.verb.wave
    self.hadNotice = hadNotice
  }

  package enum Operation: Hashable, Sendable {
    /// `address` is as the declaration spells it.
    case invite(address: String, name: String?, InvitationSettings, sponsors: [UserID])
    case resend(address: String, InvitationSettings)
    case resetRedemption(address: String, InvitationSettings)
    /// Blocks sign-in and revokes the sessions.
    case block
    case unblock
    case restore
    case delete
    case addSponsor(UserID, EmailAddress)
    case removeSponsor(UserID)
    case grant(Resource, GrantTarget)
    case revoke(Resource, RevocationTarget)
  }

  /// The object to which a grant is added.
  package enum GrantTarget: Hashable, Sendable {
    case role(ServicePrincipalID, AppRoleID)
    case membership(GroupID)
    case package(AccessPackageID, AssignmentPolicyID)
  }

  /// The object that is taken away.
  package enum RevocationTarget: Hashable, Sendable {
    case assignment(ServicePrincipalID, id: String)
    case membership(GroupID)
    case package(PackageAssignmentID)
  }

  /// The kinds of action, for counting, guarding and the journal.
  package enum Verb: String, Hashable, Sendable, CaseIterable {
    case invite, resend, resetRedemption, block, unblock, restore, delete, addSponsor
    case removeSponsor, grant, revoke
  }

  package var verb: Verb { operation.verb }
}

extension Action.Operation {
  /// The kind of the operation.
  package var verb: Action.Verb {
    switch self {
    case .invite: .invite
    case .resend: .resend
    case .resetRedemption: .resetRedemption
    case .block: .block
    case .unblock: .unblock
    case .restore: .restore
    case .delete: .delete
    case .addSponsor: .addSponsor
    case .removeSponsor: .removeSponsor
    case .grant: .grant
    case .revoke: .revoke
    }
  }
}

/// A stage of a plan: its actions may run side by side, and all of them before the next stage.
package enum Wave: Int, Hashable, Sendable, Comparable, CaseIterable {
  case contain, identity, grant, revoke, delete

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension Action.Verb {
  /// The stage in which actions of this kind run unless they have to wait (DESIGN section 6).
  package var wave: Wave {
    switch self {
    case .block: .contain
    case .invite, .restore, .unblock, .resetRedemption, .resend, .addSponsor, .removeSponsor:
      .identity
    case .grant: .grant
    case .revoke: .revoke
    case .delete: .delete
    }
  }
}
