import Access
import Platform

/// A tenant in memory, with scripted failures: what it holds changes as Graph's would.
final class SimulatedTenant: TenantReader, TenantWriter {
  static let id = TenantID(GUID(high: 1, low: 1))
  static let app = AppID(GUID(high: 2, low: 1))
  static let servicePrincipal = ServicePrincipalID(GUID(high: 2, low: 2))
  static let role = AppRoleID(GUID(high: 2, low: 3))

  /// What happens to a write that is sent.
  enum Fate: Sendable {
    case carriedOut
    /// Answered with this error and not carried out.
    case refused(TenantError.Kind)
    /// Carried out, or not, and never answered.
    case lost(isCarriedOut: Bool)
  }

  struct World: Sendable {
    var accounts: [UserID: Account] = [:]
    var byAddress: [EmailAddress: UserID] = [:]
    var members: [GroupID: Set<UserID>] = [:]
    var assigned: Set<UserID> = []
    var deleted: Set<UserID> = []
    /// Addresses that were mailed, in order.
    var outbox: [EmailAddress] = []
    var revocations: [UserID] = []
    var nextUser: UInt64 = 1
    /// When invitations made accounts, by the clock of the tenant.
    var made: [UserID: Moment] = [:]
    var now = Moment(seconds: 0)
    /// Every write that was sent, in order.
    var sent: [TenantWrite] = []
    var inFlight = 0
    var chunks: [Int] = []
    var reads = 0
  }

  let world = Locked(World())
  private let clock: (any Clock)?
  /// How long an account that an invitation made is not seen by readers.
  private let lag: Moment.Span
  private let fate: @Sendable (TenantWrite) -> Fate
  private let beforeReply: @Sendable ([TenantWrite]) async -> Void

  init(
    _ world: World = World(),
    clock: (any Clock)? = nil,
    lag: Moment.Span = .minutes(0),
    fate: @escaping @Sendable (TenantWrite) -> Fate = { _ in .carriedOut },
    beforeReply: @escaping @Sendable ([TenantWrite]) async -> Void = { _ in }
  ) {
    self.world.withLock { $0 = world }
    self.clock = clock
    self.lag = lag
    self.fate = fate
    self.beforeReply = beforeReply
  }

  var state: World { world.withLock { $0 } }

  func tenant() async throws(TenantError) -> TenantID { Self.id }

  func observe(_ scope: ObservationScope) async throws(TenantError) -> TenantState {
    let world = world.withLock { world in
      world.reads += 1
      return world
    }
    var state = TenantState(tenant: Self.id, accounts: visible(world), deleted: [:])
    for user in world.deleted {
      guard let account = state.accounts.remove(user) else { continue }
      state.deleted?[user] = DeletedAccount(account: account, deleted: nil)
    }
    state.lookedUp = scope.addresses
    var app = ObservedApp(
      id: Self.app,
      servicePrincipal: Self.servicePrincipal,
      displayName: "app",
      roles: [.init(id: Self.role, value: RoleValue("Reader"))]
    )
    app.assignments = world.assigned.sorted().map {
      .init(id: $0.description, role: Self.role, principal: .user($0))
    }
    state.apps = [Self.app: app]
    for group in scope.groups {
      state.groups[group] = ObservedGroup(
        id: group,
        displayName: "group",
        members: world.members[group] ?? []
      )
    }
    return state
  }

  private func visible(_ world: World) -> AccountTable {
    guard let now = clock?.now() else { return AccountTable(world.accounts.values) }
    return AccountTable(
      world.accounts.values.filter { world.made[$0.id].map { $0 + lag <= now } ?? true }
    )
  }

  func perform(_ writes: [TenantWrite]) async -> [Result<WriteReceipt, TenantError>] {
    world.withLock { $0.chunks.append(writes.count) }
    let replies = writes.map { write in answer(write) }
    await beforeReply(writes)
    return replies
  }

  private func answer(_ write: TenantWrite) -> Result<WriteReceipt, TenantError> {
    let fate = fate(write)
    return world.withLock { world in
      world.sent.append(write)
      if let now = clock?.now() { world.now = now }
      switch fate {
      case .carriedOut: return .success(world.carryOut(write.change))
      case .refused(let kind):
        return .failure(TenantError(kind, operation: "writing", message: "as scripted"))
      case .lost(let isCarriedOut):
        if isCarriedOut { _ = world.carryOut(write.change) }
        return .failure(
          TenantError(.unknownOutcome, operation: "writing", message: "no reply, as scripted")
        )
      }
    }
  }
}

extension SimulatedTenant.World {
  mutating func carryOut(_ change: TenantWrite.Change) -> WriteReceipt {
    switch change {
    case .invite(let address, _, let settings, _): return invite(address, settings)
    case .resend(let user, let address, _), .resetRedemption(let user, let address, _):
      if let address = EmailAddress(normalised: address) { outbox.append(address) }
      return WriteReceipt(effect: .changed, user: user)
    case .block(let user):
      accounts[user]?.isEnabled = false
      return WriteReceipt(effect: .changed)
    case .unblock(let user):
      accounts[user]?.isEnabled = true
      return WriteReceipt(effect: .changed)
    case .revokeSessions(let user):
      revocations.append(user)
      return WriteReceipt(effect: .changed)
    case .delete(let user):
      return WriteReceipt(effect: deleted.insert(user).inserted ? .changed : .alreadyGone)
    case .restore(let user):
      return WriteReceipt(effect: deleted.remove(user) != nil ? .changed : .alreadyThere)
    case .assign(let user, _, _):
      return WriteReceipt(effect: assigned.insert(user).inserted ? .changed : .alreadyThere)
    case .unassign(let user, _, _):
      return WriteReceipt(effect: assigned.remove(user) != nil ? .changed : .alreadyGone)
    case .join(let user, let group):
      let isNew = members[group, default: []].insert(user).inserted
      return WriteReceipt(effect: isNew ? .changed : .alreadyThere)
    case .leave(let user, let group):
      let was = members[group, default: []].remove(user) != nil
      return WriteReceipt(effect: was ? .changed : .alreadyGone)
    default: return WriteReceipt(effect: .changed)
    }
  }

  private mutating func invite(_ text: String, _ settings: InvitationSettings) -> WriteReceipt {
    guard let address = EmailAddress(normalised: text) else {
      return WriteReceipt(effect: .alreadyThere)
    }
    if settings.send { outbox.append(address) }
    let url = settings.send ? nil : RedeemURL("https://login.example/redeem?\(text)")
    if let known = byAddress[address] {
      return WriteReceipt(effect: .alreadyThere, user: known, redeemURL: url)
    }
    let id = UserID(GUID(high: 7, low: nextUser))
    nextUser += 1
    accounts[id] = Account(id: id, addresses: [address], redemption: .pendingAcceptance)
    byAddress[address] = id
    made[id] = now
    return WriteReceipt(effect: .changed, user: id, redeemURL: url)
  }

  /// Adds an account as it was before any run.
  mutating func add(_ name: String, isEnabled: Bool = true) -> UserID {
    let id = UserID(GUID(high: 7, low: nextUser))
    nextUser += 1
    accounts[id] = Account(id: id, addresses: [address(name)], isEnabled: isEnabled)
    byAddress[address(name)] = id
    return id
  }
}

func commit(_ number: Int) -> CommitID {
  let digits = String(number, radix: 16)
  return CommitID(hex: String(repeating: "0", count: 40 - digits.count) + digits) ?? commit(0)
}

func address(_ name: String) -> EmailAddress {
  EmailAddress(normalised: "\(name)@fabrikam.example") ?? address("x")
}

func group(_ number: UInt64) -> GroupID { GroupID(GUID(high: 5, low: number)) }
