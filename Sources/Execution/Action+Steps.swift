internal import Access
internal import Journal

extension Action {
  /// The writes of which the action consists, in order; each needs the success of the one before.
  ///
  /// `nil` where the action is about an account and none is known.
  func steps(account: UserID?) -> [TenantWrite.Change]? {
    if case .invite(let address, let name, let settings, let sponsors) = operation {
      return [.invite(address: address, name: name, settings, sponsors: sponsors)]
    }
    guard let account else { return nil }
    switch operation {
    case .invite: return nil
    case .resend(let address, let settings):
      return [.resend(account, address: address, settings)]
    case .resetRedemption(let address, let settings):
      return [
        .changeMail(account, address: address),
        .resetRedemption(account, address: address, settings),
      ]
    case .block: return [.block(account), .revokeSessions(account)]
    case .unblock: return [.unblock(account)]
    case .restore: return [.restore(account)]
    case .delete: return [.delete(account)]
    case .addSponsor(let sponsor, _): return [.addSponsor(account, sponsor: sponsor)]
    case .removeSponsor(let sponsor): return [.removeSponsor(account, sponsor: sponsor)]
    case .grant(_, let target): return [Self.grant(target, to: account)]
    case .revoke(_, let target): return [Self.revoke(target, from: account)]
    }
  }

  private static func grant(_ target: GrantTarget, to account: UserID) -> TenantWrite.Change {
    switch target {
    case .role(let app, let role): .assign(account, app, role)
    case .membership(let group): .join(account, group)
    case .package(let package, let policy): .requestPackage(account, package, policy)
    }
  }

  private static func revoke(_ target: RevocationTarget, from account: UserID) -> TenantWrite.Change
  {
    switch target {
    case .assignment(let app, let id): .unassign(account, app, assignment: id)
    case .membership(let group): .leave(account, group)
    case .package(let assignment): .removePackage(account, assignment)
    }
  }

  /// The group whose membership the action writes.
  var group: GroupID? {
    switch operation {
    case .grant(_, .membership(let group)), .revoke(_, .membership(let group)): group
    default: nil
    }
  }
}

extension TenantWrite.Change {
  /// The word under which the journal keeps the write.
  var step: Intent.Step {
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
}
