internal import Access

extension TenantState {
  /// The tenant with our own writes of the last minutes, which replication may not show yet: what is
  /// missing of them is never taken for somebody else's doing.
  func showing(_ writes: [JournalRecord.RecentWrite]) -> TenantState {
    var state = self
    for write in writes.sorted(by: { $0.finished < $1.finished }) { state.show(write) }
    return state
  }

  private mutating func show(_ write: JournalRecord.RecentWrite) {
    guard let id = write.account else { return }
    switch write.verb {
    case .block: accounts[id]?.isEnabled = false
    case .unblock: accounts[id]?.isEnabled = true
    case .delete:
      guard let account = accounts.remove(id) else { return }
      deleted?[id] = DeletedAccount(account: account, deleted: write.finished)
    case .restore:
      guard let item = deleted?.removeValue(forKey: id) else { return }
      accounts.insert(item.account)
    case .grant: if let resource = write.resource { add(id, to: resource) }
    case .revoke: if let resource = write.resource { remove(id, from: resource) }
    case .resetRedemption: accounts[id]?.addresses.insert(write.guest)
    case .invite, .resend, .addSponsor, .removeSponsor: break
    }
  }

  private mutating func add(_ id: UserID, to resource: Resource) {
    switch resource {
    case .appRole(let app, let value):
      guard let role = apps[app]?.assignableRole(value),
        apps[app]?.assignments.contains(where: { $0.user == id && $0.role == role }) == false
      else { return }
      // The assignment has no identifier yet, so that it cannot be taken before the tenant shows it.
      apps[app]?.assignments.append(
        ObservedApp.RoleAssignment(id: "", role: role, principal: .user(id))
      )
    case .group(let group): groups[group]?.members.insert(id)
    case .package(let package):
      guard packages[package]?.assignments[id] == nil else { return }
      packages[package]?.assignments[id] = .notShownYet
    }
  }

  private mutating func remove(_ id: UserID, from resource: Resource) {
    switch resource {
    case .appRole(let app, let value):
      guard let role = apps[app]?.assignableRole(value) else { return }
      apps[app]?.assignments.removeAll { $0.user == id && $0.role == role }
    case .group(let group): groups[group]?.members.remove(id)
    case .package(let package): packages[package]?.assignments[id] = nil
    }
  }
}

extension PackageAssignmentID {
  /// Stands for an assignment that was requested and that the tenant does not show yet.
  static let notShownYet = PackageAssignmentID(GUID(high: 0, low: 0))
}

extension ObservedApp {
  /// The role that a declaration means by a value.
  ///
  /// It is `nil` where the app does not have it or does not give it to users. `default` is the default
  /// access of an app without roles for users (FACTS section 3).
  func assignableRole(_ value: RoleValue) -> AppRoleID? {
    if let role = roles.first(where: { $0.value == value && $0.isAssignable }) { return role.id }
    let hasRoles = roles.contains { $0.isAssignable && $0.id != .defaultAccess }
    return value == .defaultAccess && !hasRoles ? .defaultAccess : nil
  }

  /// The value of every role by its identifier, default access included.
  var valuesByRole: [AppRoleID: RoleValue] {
    var values: [AppRoleID: RoleValue] = [.defaultAccess: .defaultAccess]
    for role in roles { values[role.id] = role.value }
    return values
  }
}
