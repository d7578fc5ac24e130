internal import Access

/// How to see whether a tenant is as a change wants it.
extension TenantWrite.Change {
  /// The read that shows it; `nil` for what leaves nothing to see.
  var sight: GraphRead? {
    switch self {
    case .invite, .resend, .resetRedemption, .revokeSessions: nil
    case .changeMail(let user, _), .block(let user), .unblock(let user), .restore(let user),
      .delete(let user):
      .account(user)
    case .addSponsor(let user, _), .removeSponsor(let user, _): .sponsors(user)
    case .assign(let user, let app, _), .unassign(let user, let app, _):
      .userAssignments(user, on: app)
    case .join(let user, _), .leave(let user, _): .memberships(user)
    case .requestPackage(let user, let package, _): .packageAssignments(package, of: user)
    case .removePackage(_, let assignment): .packageAssignment(assignment)
    }
  }

  /// Whether a read can show it.
  var canBeSeen: Bool { sight != nil }

  /// Whether an account, or an assignment of a package, as it was read is as the change wants it;
  /// `nil` stands for one that is not there.
  func isFulfilled(by object: JSONValue?) -> Bool {
    switch self {
    case .changeMail(_, let address):
      object?["mail"]?.string == address
        || (object?["otherMails"]?.elements ?? []).contains { $0.string == address }
    case .block: object?["accountEnabled"]?.bool == false
    case .unblock: object?["accountEnabled"]?.bool == true
    case .restore: object != nil
    case .delete: object == nil
    case .removePackage: object == nil || object?["state"]?.string == "expired"
    default: false
    }
  }

  /// Whether an item of a list is what an addition adds or a removal removes.
  func isAbout(_ item: JSONValue) -> Bool {
    switch self {
    case .addSponsor(_, let sponsor), .removeSponsor(_, let sponsor):
      item["id"]?.string.flatMap { UserID($0) } == sponsor
    case .assign(_, let app, let role):
      item["appRoleId"]?.string.flatMap { AppRoleID($0) } == role
        && item["resourceId"]?.string.flatMap { ServicePrincipalID($0) } == app
    case .unassign(_, _, let assignment): item["id"]?.string == assignment
    case .join(_, let group), .leave(_, let group):
      item["id"]?.string.flatMap { GroupID($0) } == group
    case .requestPackage: true
    default: false
    }
  }

  /// Whether its sight is a list, of which an item shows it.
  var isSeenInList: Bool {
    switch self {
    case .addSponsor, .removeSponsor, .assign, .unassign, .join, .leave, .requestPackage: true
    default: false
    }
  }
}
