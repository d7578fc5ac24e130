internal import Access

/// What the writer must know of a change besides how it is asked for.
struct WriteKind: Sendable {
  /// The operation of Graph that carries it out.
  var operation: GraphOperation
  /// The account that is changed; `nil` where an invitation makes it.
  var user: UserID?
  /// Whether doing it twice is doing it once.
  ///
  /// A second invitation is a second mail; a second request for a package is a second request.
  var isRepeatable = true
  /// Whether what it names being gone is what it wants.
  var isRemoval = false
  /// How to see whether the tenant is as it wants it; `nil` for what leaves nothing to see.
  var check: EffectCheck?

  /// Whether it counts against the invitation limit of the whole tenant.
  var isInvitation: Bool {
    switch operation {
    case .invite, .resend, .resetRedemption: true
    default: false
    }
  }
}

extension TenantWrite.Change {
  /// The table of changes.
  var kind: WriteKind {
    switch self {
    case .invite: WriteKind(operation: .invite, isRepeatable: false)
    case .resend(let user, _, _):
      WriteKind(operation: .resend, user: user, isRepeatable: false)
    case .resetRedemption(let user, _, _):
      WriteKind(operation: .resetRedemption, user: user, isRepeatable: false)
    case .changeMail(let user, let address):
      WriteKind(
        operation: .changeMail,
        user: user,
        check: .account(user) {
          $0?.mail == address || $0?.otherMails?.contains(address) == true
        }
      )
    case .block(let user):
      WriteKind(
        operation: .block,
        user: user,
        check: .account(user) {
          $0?.accountEnabled == false
        }
      )
    case .unblock(let user):
      WriteKind(
        operation: .unblock,
        user: user,
        check: .account(user) {
          $0?.accountEnabled == true
        }
      )
    case .revokeSessions(let user): WriteKind(operation: .revokeSessions, user: user)
    case .restore(let user):
      WriteKind(operation: .restore, user: user, check: .account(user) { $0 != nil })
    case .delete(let user):
      WriteKind(
        operation: .delete,
        user: user,
        isRemoval: true,
        check: .account(user) { $0 == nil }
      )
    case .addSponsor(let user, let sponsor):
      WriteKind(operation: .addSponsor, user: user, check: .sponsor(sponsor, of: user))
    case .removeSponsor(let user, let sponsor):
      WriteKind(
        operation: .removeSponsor,
        user: user,
        isRemoval: true,
        check: .sponsor(sponsor, of: user).inverted
      )
    case .assign(let user, let app, let role):
      WriteKind(
        operation: .assign,
        user: user,
        check: .assignment(of: user, app) {
          $0.appRoleId.id == role && $0.resourceId?.id == app
        }
      )
    case .unassign(let user, let app, let assignment):
      WriteKind(
        operation: .unassign,
        user: user,
        isRemoval: true,
        check: .assignment(of: user, app) { $0.id == assignment }.inverted
      )
    case .join(let user, let group):
      WriteKind(operation: .join, user: user, check: .membership(of: user, group))
    case .leave(let user, let group):
      WriteKind(
        operation: .leave,
        user: user,
        isRemoval: true,
        check: .membership(of: user, group).inverted
      )
    case .requestPackage(let user, let package, _):
      WriteKind(
        operation: .requestPackage,
        user: user,
        isRepeatable: false,
        check: .packageAssignment(of: user, package)
      )
    case .removePackage(let user, let assignment):
      WriteKind(
        operation: .removePackage,
        user: user,
        isRemoval: true,
        check: .endOfPackageAssignment(assignment)
      )
    }
  }

  /// Whether somebody may be waiting for it while an account is being misused.
  var isContainment: Bool {
    switch self {
    case .block, .revokeSessions: true
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
}
