import Access

/// A tenant in memory: what a service would hold, and how each action changes it.
struct Tenant {
  var state: TenantState
  private var lastUser: UInt64 = 1000
  private var lastAssignment = 0

  static let roles = ["Reader", "Editor", "Approver"]

  init(apps: UInt64 = 3, groups: UInt64 = 3, packages: UInt64 = 1) {
    state = TenantState(tenant: Names.tenant, deleted: [:])
    for number in 1...max(1, apps) {
      state.apps[Names.app(number)] = ObservedApp(
        id: Names.app(number),
        servicePrincipal: Names.principal(number),
        displayName: "App \(number)",
        roles: Self.roles.enumerated().map {
          ObservedApp.AppRole(
            id: AppRoleID(GUID(high: number, low: UInt64($0.offset) + 1)),
            value: RoleValue($0.element)
          )
        }
      )
    }
    for number in 1...max(1, groups) {
      state.groups[Names.group(number)] = ObservedGroup(
        id: Names.group(number),
        displayName: "Group \(number)"
      )
    }
    for number in 1...max(1, packages) {
      state.packages[Names.package(number)] = ObservedPackage(
        id: Names.package(number),
        displayName: "Package \(number)"
      )
    }
  }

  /// Makes an account as somebody else would.
  @discardableResult
  mutating func add(
    _ name: String,
    created: Moment?,
    _ change: (inout Account) -> Void = { _ in }
  )
    -> UserID
  {
    let address = Names.address(name)
    lastUser += 1
    var account = Account(
      id: Names.user(lastUser),
      addresses: [address],
      userPrincipalName: "\(lastUser)#ext#@contoso.example",
      redemption: .accepted,
      created: created,
      ties: Account.Ties()
    )
    change(&account)
    state.accounts[account.id] = account
    return account.id
  }

  func account(_ name: String) -> Account? {
    let address = Names.address(name)
    return state.accounts.values.filter { $0.addresses.contains(address) }.min { $0.id < $1.id }
  }

  mutating func change(_ id: UserID, _ change: (inout Account) -> Void) {
    guard var account = state.accounts[id] else { return }
    change(&account)
    state.accounts[id] = account
  }

  /// Soft-deletes an account.
  mutating func delete(_ id: UserID, at moment: Moment) {
    guard let account = state.accounts.remove(id) else { return }
    state.deleted?[id] = DeletedAccount(account: account, deleted: moment)
  }

  mutating func restore(_ id: UserID) {
    guard let item = state.deleted?.removeValue(forKey: id) else { return }
    state.accounts[id] = item.account
  }

  mutating func purge(_ id: UserID) {
    state.deleted?[id] = nil
    for app in state.apps.keys {
      state.apps[app]?.assignments.removeAll { $0.principal == .user(id) }
    }
    for group in state.groups.keys { state.groups[group]?.members.remove(id) }
    for package in state.packages.keys { state.packages[package]?.assignments[id] = nil }
  }

  mutating func give(_ id: UserID, _ resource: Resource) {
    guard !holds(id, resource) else { return }
    switch resource {
    case .appRole(let app, let value):
      guard let role = state.apps[app]?.roles.first(where: { $0.value == value }) else { return }
      lastAssignment += 1
      state.apps[app]?.assignments.append(
        ObservedApp.RoleAssignment(id: "as-\(lastAssignment)", role: role.id, principal: .user(id))
      )
    case .group(let group): state.groups[group]?.members.insert(id)
    case .package(let package):
      lastAssignment += 1
      let assignment = PackageAssignmentID(GUID(high: 8, low: UInt64(lastAssignment)))
      state.packages[package]?.assignments[id] = assignment
      for part in state.packages[package]?.resources ?? [] { give(id, part) }
    }
  }

  mutating func take(_ id: UserID, _ resource: Resource) {
    switch resource {
    case .appRole(let app, let value):
      guard let role = state.apps[app]?.roles.first(where: { $0.value == value }) else { return }
      state.apps[app]?.assignments.removeAll { $0.role == role.id && $0.principal == .user(id) }
    case .group(let group): state.groups[group]?.members.remove(id)
    case .package(let package):
      state.packages[package]?.assignments[id] = nil
      for part in state.packages[package]?.resources ?? [] { take(id, part) }
    }
  }

  func holds(_ id: UserID, _ resource: Resource) -> Bool {
    switch resource {
    case .appRole(let app, let value):
      let role = state.apps[app]?.roles.first { $0.value == value }
      return state.apps[app]?.assignments.contains {
        $0.role == role?.id && $0.principal == .user(id)
      } ?? false
    case .group(let group): return state.groups[group]?.members.contains(id) ?? false
    case .package(let package): return state.packages[package]?.assignments[id] != nil
    }
  }

  /// Carries out one action as the service would; the account that an invitation made.
  mutating func perform(_ action: Action, at moment: Moment) -> UserID? {
    switch action.operation {
    case .invite(_, let name, _, let sponsors):
      let id = add(action.guest.normalised, created: moment) {
        $0.displayName = name
        $0.redemption = .pendingAcceptance
        $0.redemptionChanged = moment
        $0.sponsors = Set(sponsors)
      }
      return id
    case .resend: break
    case .resetRedemption:
      let address = action.guest
      if let id = action.account {
        change(id) {
          $0.addresses.insert(address)
          $0.redemption = .pendingAcceptance
          $0.redemptionChanged = moment
        }
      }
    case .block: if let id = action.account { change(id) { $0.isEnabled = false } }
    case .unblock: if let id = action.account { change(id) { $0.isEnabled = true } }
    case .restore: if let id = action.account { restore(id) }
    case .delete: if let id = action.account { delete(id, at: moment) }
    case .addSponsor(let sponsor, _):
      if let id = action.account { change(id) { $0.sponsors?.insert(sponsor) } }
    case .removeSponsor(let sponsor):
      if let id = action.account { change(id) { $0.sponsors?.remove(sponsor) } }
    case .grant(_, let target):
      if let id = action.account ?? account(action.guest.normalised)?.id { give(id, target) }
    case .revoke(_, let target): if let id = action.account { take(id, target) }
    }
    return nil
  }

  private mutating func give(_ id: UserID, _ target: Action.GrantTarget) {
    switch target {
    case .role(let principal, let role):
      guard let app = state.apps.values.first(where: { $0.servicePrincipal == principal }),
        let value = app.roles.first(where: { $0.id == role })?.value
      else { return }
      give(id, .appRole(app.id, value))
    case .membership(let group): give(id, .group(group))
    case .package(let package, _): give(id, .package(package))
    }
  }

  private mutating func take(_ id: UserID, _ target: Action.RevocationTarget) {
    switch target {
    case .assignment(let principal, let assignment):
      guard let app = state.apps.values.first(where: { $0.servicePrincipal == principal })?.id
      else { return }
      state.apps[app]?.assignments.removeAll { $0.id == assignment }
    case .membership(let group): take(id, .group(group))
    case .package(let assignment):
      for package in state.packages.values where package.assignments[id] == assignment {
        take(id, .package(package.id))
      }
    }
  }
}
