internal import Access

/// What the writer must know of a change besides how it is asked for.
extension TenantWrite.Change {
  /// The operation of Graph that carries it out.
  var operation: GraphOperation {
    switch self {
    case .invite: .invite
    case .resend: .resend
    case .resetRedemption: .resetRedemption
    case .changeMail: .changeMail
    case .block: .block
    case .revokeSessions: .revokeSessions
    case .unblock: .unblock
    case .restore: .restore
    case .delete: .delete
    case .addSponsor: .addSponsor
    case .removeSponsor: .removeSponsor
    case .assign: .assign
    case .unassign: .unassign
    case .join: .join
    case .leave: .leave
    case .requestPackage: .requestPackage
    case .removePackage: .removePackage
    }
  }

  /// Whether somebody may be waiting for it while an account is being misused.
  var isContainment: Bool {
    switch self {
    case .block, .revokeSessions: true
    default: false
    }
  }

  /// Whether it counts against the invitation limit of the whole tenant.
  var isInvitation: Bool {
    switch self {
    case .invite, .resend, .resetRedemption: true
    default: false
    }
  }

  /// Whether nobody is mailed, so that the redeem address must reach the guest in another way.
  var isHandedOver: Bool {
    switch self {
    case .invite(_, _, let settings, _), .resend(_, _, let settings),
      .resetRedemption(_, _, let settings):
      !settings.send
    default: false
    }
  }

  /// Whether doing it twice is doing it once.
  ///
  /// A second invitation is a second mail; a second request for a package is a second request.
  var isRepeatable: Bool {
    switch self {
    case .invite, .resend, .resetRedemption, .requestPackage: false
    case .changeMail, .block, .revokeSessions, .unblock, .restore, .delete, .addSponsor,
      .removeSponsor, .assign, .unassign, .join, .leave, .removePackage:
      true
    }
  }

  /// Whether what it names being gone is what it wants.
  var isRemoval: Bool {
    switch self {
    case .delete, .removeSponsor, .unassign, .leave, .removePackage: true
    default: false
    }
  }

  /// The account that is changed; `nil` where an invitation makes it.
  var user: UserID? {
    switch self {
    case .invite: nil
    case .resend(let user, _, _), .resetRedemption(let user, _, _), .changeMail(let user, _),
      .block(let user), .revokeSessions(let user), .unblock(let user), .restore(let user),
      .delete(let user), .addSponsor(let user, _), .removeSponsor(let user, _),
      .assign(let user, _, _), .unassign(let user, _, _), .join(let user, _),
      .leave(let user, _), .requestPackage(let user, _, _), .removePackage(let user, _):
      user
    }
  }
}
