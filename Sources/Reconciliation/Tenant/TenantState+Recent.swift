internal import Access

extension TenantState {
  /// Our own writes of the last minutes that replication may not show yet, oldest first.
  ///
  /// Once the tenant shows a write, it shows those before it: what is missing of them was changed
  /// outside. A write to something that a later one changed proves nothing.
  func unseen(of writes: [JournalRecord.RecentWrite]) -> [JournalRecord.RecentWrite] {
    var counts: [RecentTarget: Int] = [:]
    for write in writes { counts[RecentTarget(write), default: 0] += 1 }
    let seen = writes.filter { counts[RecentTarget($0)] == 1 && shows($0) }.map(\.finished).max()
    return writes.filter { write in seen.map { write.finished > $0 } ?? true }
      .sorted { $0.finished < $1.finished }
  }

  /// True if the tenant is as a write left it.
  private func shows(_ write: JournalRecord.RecentWrite) -> Bool {
    guard let id = write.account else { return false }
    switch write.verb {
    case .invite, .restore: return accounts[id] != nil
    case .block: return accounts[id]?.isEnabled == false
    case .unblock: return accounts[id]?.isEnabled == true
    case .delete: return accounts[id] == nil && deleted?[id] != nil
    case .grant: return write.resource.flatMap { holds(id, $0) } == true
    case .revoke: return write.resource.flatMap { holds(id, $0) } == false
    case .resend, .resetRedemption, .addSponsor, .removeSponsor: return false
    }
  }

  /// Whether an account holds a resource directly; `nil` where the resource was not read.
  private func holds(_ id: UserID, _ resource: Resource) -> Bool? {
    switch resource {
    case .appRole(let app, let value):
      apps[app].map { app in
        let role = app.assignableRole(value)
        return app.assignments.contains { $0.user == id && $0.role == role }
      }
    case .group(let group): groups[group].map { $0.members.contains(id) }
    case .package(let package): packages[package].map { $0.assignments[id] != nil }
    }
  }

  /// The tenant with writes of ours that it does not show yet: what is missing of them does not
  /// count as changed outside.
  func showing(_ writes: [JournalRecord.RecentWrite]) -> TenantState {
    var state = self
    for write in writes { state.show(write) }
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
      // The assignment has no identifier yet, so that it cannot be taken before the tenant shows
      // it.
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

/// What a write changed: an account, or what it holds.
private struct RecentTarget: Hashable {
  private let account: UserID?
  private let resource: Resource?

  init(_ write: JournalRecord.RecentWrite) {
    account = write.account
    resource = write.resource
  }
}

extension PackageAssignmentID {
  /// Represents an assignment that was requested and that the tenant does not show yet.
  static let notShownYet = PackageAssignmentID(GUID(high: 0, low: 0))
}

extension ObservedApp {
  /// The role that a declaration means by a value.
  ///
  /// It is `nil` where the app does not have it or does not give it to users. `default` is the
  /// default access of an app without roles for users (FACTS section 3).
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
