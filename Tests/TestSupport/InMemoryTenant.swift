package import Access
internal import Platform

/// A tenant in memory that keeps the contract of the seam: what a write changes, the next reading
/// shows.
package final class InMemoryTenant: TenantReader, TenantWriter {
  private let world: Locked<World>

  struct World {
    var state: TenantState
    var nextID: UInt64 = 1
    var sent: [TenantWrite] = []
  }

  /// Starts with what a state says; its deleted accounts are those that can be restored.
  package init(_ state: TenantState) { world = Locked(World(state: state)) }

  /// Everything that the tenant holds.
  package var state: TenantState { world.withLock { $0.state } }

  /// Every write that arrived, in order.
  package var sent: [TenantWrite] { world.withLock { $0.sent } }

  package func tenant() async throws(TenantError) -> TenantID { state.tenant }

  package func observe(_ scope: ObservationScope) async throws(TenantError) -> TenantState {
    let all = state
    var seen = TenantState(tenant: all.tenant, serviceTime: all.serviceTime)
    let wanted = scope.accounts.union(scope.ties).union(scope.directoryRoles)
    seen.accounts = AccountTable(
      all.accounts.values.filter { account in
        scope.readsGuests && account.userType == .guest || wanted.contains(account.id)
      }
    )
    let known = seen.accounts.values.reduce(into: Set()) { $0.formUnion($1.addresses) }
    seen.lookedUp = scope.addresses.subtracting(known)
    for account in all.accounts.values {
      let addresses = account.addresses.union(account.otherMails)
      if !addresses.isDisjoint(with: seen.lookedUp) { seen.accounts.insert(account) }
    }
    for id in seen.accounts.keys {
      if !scope.readsSponsors { seen.accounts[id]?.sponsors = nil }
      if !scope.ties.contains(id) { seen.accounts[id]?.ties = nil }
    }
    if scope.readsDeleted || !seen.lookedUp.isEmpty { seen.deleted = all.deleted ?? [:] }
    seen.apps = all.apps.filter { scope.apps.contains($0.key) }
    seen.groups = all.groups.filter { scope.groups.contains($0.key) }
    seen.packages = all.packages.filter { scope.packages.contains($0.key) }
    return seen
  }

  package func perform(_ writes: [TenantWrite]) async -> [Result<WriteReceipt, TenantError>] {
    writes.map { write in
      world.withLock { world in
        world.sent.append(write)
        do throws(TenantError) {
          return .success(try world.carryOut(write.change))
        } catch {
          return .failure(error)
        }
      }
    }
  }
}

extension InMemoryTenant.World {
  mutating func carryOut(_ change: TenantWrite.Change) throws(TenantError) -> WriteReceipt {
    switch change {
    case .invite(let address, let name, let settings, let sponsors):
      return try invite(address, name, settings, sponsors)
    case .resend(let user, _, let settings), .resetRedemption(let user, _, let settings):
      _ = try account(user)
      return receipt(user, settings)
    case .changeMail(let user, let address):
      guard let address = EmailAddress(normalised: address.lowercased()) else { throw .refused }
      return try edit(user) { $0.addresses.insert(address).inserted ? .changed : .alreadyThere }
    case .block(let user): return try set(user, enabled: false)
    case .unblock(let user): return try set(user, enabled: true)
    case .revokeSessions(let user): return try edit(user) { _ in .changed }
    case .restore(let user): return try restore(user)
    case .delete(let user): return delete(user)
    case .addSponsor(let user, let sponsor):
      _ = try account(sponsor)
      return try edit(user) {
        var sponsors = $0.sponsors ?? []
        let isNew = sponsors.insert(sponsor).inserted
        $0.sponsors = sponsors
        return isNew ? .changed : .alreadyThere
      }
    case .removeSponsor(let user, let sponsor):
      return try edit(user) { $0.sponsors?.remove(sponsor) == nil ? .alreadyGone : .changed }
    case .assign(let user, let app, let role): return try assign(user, app, role)
    case .unassign(_, let app, let assignment): return unassign(app, assignment)
    case .join(let user, let group):
      _ = try account(user)
      guard let isNew = state.groups[group]?.members.insert(user).inserted else { throw .notFound }
      return WriteReceipt(effect: isNew ? .changed : .alreadyThere)
    case .leave(let user, let group):
      let was = state.groups[group]?.members.remove(user) != nil
      return WriteReceipt(effect: was ? .changed : .alreadyGone)
    case .requestPackage(let user, let package, _):
      _ = try account(user)
      guard let known = state.packages[package] else { throw .notFound }
      guard known.assignments[user] == nil else { return WriteReceipt(effect: .alreadyThere) }
      let assignment = PackageAssignmentID(draw())
      state.packages[package]?.assignments[user] = assignment
      return WriteReceipt(effect: .changed)
    case .removePackage(let user, let assignment):
      for (id, package) in state.packages where package.assignments[user] == assignment {
        state.packages[id]?.assignments[user] = nil
        return WriteReceipt(effect: .changed)
      }
      return WriteReceipt(effect: .alreadyGone)
    }
  }

  private mutating func draw() -> GUID {
    defer { nextID += 1 }
    return GUID(high: 0xFFFF_0000_0000_0000, low: nextID)
  }

  private func account(_ user: UserID) throws(TenantError) -> Account {
    guard let account = state.accounts[user] else { throw .notFound }
    return account
  }

  private mutating func edit(
    _ user: UserID,
    _ body: (inout Account) -> WriteReceipt.Effect
  ) throws(TenantError) -> WriteReceipt {
    var account = try account(user)
    let effect = body(&account)
    state.accounts.insert(account)
    return WriteReceipt(effect: effect)
  }

  // Graph answers a property that is so already as it answers one that was not.
  private mutating func set(
    _ user: UserID,
    enabled: Bool
  ) throws(TenantError) -> WriteReceipt {
    try edit(user) {
      $0.isEnabled = enabled
      return .changed
    }
  }

  private func receipt(_ user: UserID, _ settings: InvitationSettings) -> WriteReceipt {
    WriteReceipt(
      effect: .changed,
      user: user,
      redeemURL: settings.send ? nil : RedeemURL("https://login.example/redeem?user=\(user)")
    )
  }

  private mutating func invite(
    _ text: String,
    _ name: String?,
    _ settings: InvitationSettings,
    _ sponsors: [UserID]
  ) throws(TenantError) -> WriteReceipt {
    guard let address = EmailAddress(normalised: text.lowercased()) else { throw .refused }
    if let known = state.accounts.values.first(where: { $0.addresses.contains(address) }) {
      guard known.userType == .guest else { throw .refused }
      return receipt(known.id, settings)
    }
    let id = UserID(draw())
    state.accounts[id] = Account(
      id: id,
      addresses: [address],
      displayName: name,
      redemption: .pendingAcceptance,
      sponsors: Set(sponsors)
    )
    return receipt(id, settings)
  }

  private mutating func delete(_ user: UserID) -> WriteReceipt {
    guard let account = state.accounts.remove(user) else {
      return WriteReceipt(effect: .alreadyGone)
    }
    var deleted = state.deleted ?? [:]
    deleted[user] = DeletedAccount(account: account, deleted: state.serviceTime)
    state.deleted = deleted
    return WriteReceipt(effect: .changed)
  }

  private mutating func restore(_ user: UserID) throws(TenantError) -> WriteReceipt {
    if state.accounts[user] != nil { return WriteReceipt(effect: .alreadyThere) }
    guard let record = state.deleted?.removeValue(forKey: user) else { throw .notFound }
    state.accounts[user] = record.account
    return WriteReceipt(effect: .changed)
  }

  private mutating func assign(
    _ user: UserID,
    _ principal: ServicePrincipalID,
    _ role: AppRoleID
  ) throws(TenantError) -> WriteReceipt {
    _ = try account(user)
    guard let app = state.apps.values.first(where: { $0.servicePrincipal == principal }) else {
      throw .notFound
    }
    let isThere = app.assignments.contains { $0.role == role && $0.principal == .user(user) }
    guard !isThere else { return WriteReceipt(effect: .alreadyThere) }
    let isDefault = role == .defaultAccess && app.roles.isEmpty
    guard isDefault || app.roles.contains(where: { $0.id == role && $0.isAssignable }) else {
      throw .refused
    }
    let assignment = ObservedApp.RoleAssignment(
      id: "assignment-\(draw())",
      role: role,
      principal: .user(user)
    )
    state.apps[app.id]?.assignments.append(assignment)
    return WriteReceipt(effect: .changed)
  }

  private mutating func unassign(
    _ principal: ServicePrincipalID,
    _ assignment: String
  ) -> WriteReceipt {
    for (id, app) in state.apps where app.servicePrincipal == principal {
      let left = app.assignments.filter { $0.id != assignment }
      guard left.count < app.assignments.count else { continue }
      state.apps[id]?.assignments = left
      return WriteReceipt(effect: .changed)
    }
    return WriteReceipt(effect: .alreadyGone)
  }
}

extension TenantError {
  fileprivate static var notFound: Self {
    Self(.notFound, operation: "writing", status: 404, message: "there is no such object")
  }

  fileprivate static var refused: Self {
    Self(.refused, operation: "writing", status: 400, message: "the request is not valid")
  }
}
