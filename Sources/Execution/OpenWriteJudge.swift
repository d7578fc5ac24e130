internal import Access
internal import Journal

/// Judges open writes by what the tenant shows now (DESIGN section 8).
///
/// Nothing mails twice for one decision: an invitation counts as never made only when a look-up at
/// least an hour after it found nothing and so did one of another run before; a resend leaves no
/// trace and counts as made. A request for an access package is judged as an invitation is. Other
/// writes may be sent again at any time, because a tenant that is already so says that; they count
/// as not made once their effect had time to show.
struct OpenWriteJudge {
  /// How long after an invitation a look-up that finds nothing counts.
  static let mailPatience = Moment.Span.hours(1)
  /// How long any other write may take to show.
  static let patience = Moment.Span.minutes(15)

  let state: TenantState
  let now: Moment
  let run: GUID

  /// The scope in which everything that the writes are about can be seen.
  static func scope(of open: [OpenIntent]) -> ObservationScope {
    var scope = ObservationScope(readsDeleted: true)
    for intent in open.map(\.intent) {
      scope.addresses.insert(intent.guest)
      if let account = intent.account { scope.accounts.insert(account) }
      switch intent.resource {
      case .appRole(let app, _): scope.apps.insert(app)
      case .group(let group): scope.groups.insert(group)
      case .package(let package): scope.packages.insert(package)
      case nil: break
      }
    }
    return scope
  }

  /// The account that an address or an identifier has, deleted ones included.
  func account(of intent: Intent) -> UserID? {
    let holds = { (account: Account) in account.addresses.contains(intent.guest) }
    if let account = intent.account, state.accounts[account] != nil { return account }
    let present = state.accounts.values.filter(holds).map(\.id).min()
    return present ?? (state.deleted ?? [:]).values.map(\.account).filter(holds).map(\.id).min()
  }

  func verdict(on open: OpenIntent) -> Recovery.Verdict {
    let intent = open.intent
    let traits = intent.step.traits
    let isSeen: Bool
    switch traits.effect {
    case .invisible: return .assumedDone
    case .notLookedUp: return .undone
    case .accountExists: isSeen = account(of: intent) != nil
    case .redemptionReset: isSeen = wasReset(open)
    case .enabled, .present, .held: isSeen = isSo(intent)
    }
    if isSeen { return .done }
    guard traits.isRepeatable else { return unseen(open) }
    return now - open.intended >= Self.patience ? .undone : .stillUnknown
  }

  private func unseen(_ open: OpenIntent) -> Recovery.Verdict {
    let earlier = open.lookUps.contains { $0.run != run }
    return earlier && now - open.intended >= Self.mailPatience ? .undone : .stillUnknown
  }

  private func wasReset(_ open: OpenIntent) -> Bool {
    guard let id = open.intent.account, let changed = state.accounts[id]?.redemptionChanged else {
      return false
    }
    // The service's clock and ours may differ by as much as the guard on clocks lets pass.
    return changed >= open.intended - .minutes(5)
  }

  /// Whether the tenant is as a write wanted it.
  private func isSo(_ intent: Intent) -> Bool {
    guard let id = intent.account else { return false }
    let account = state.accounts[id]
    switch intent.step.traits.effect {
    case .enabled(let wanted): return account?.isEnabled == wanted
    case .present(let wanted): return (account != nil) == wanted
    case .held(let wanted): return holds(id, intent.resource) == wanted
    case .accountExists, .invisible, .redemptionReset, .notLookedUp: return false
    }
  }

  /// Whether an account holds a resource; `nil` where the resource was not seen.
  private func holds(_ account: UserID, _ resource: Resource?) -> Bool? {
    switch resource {
    case .appRole(let id, let value):
      guard let app = state.apps[id] else { return nil }
      let role =
        app.roles.first { $0.value == value }?.id
        ?? (value == .defaultAccess ? AppRoleID.defaultAccess : nil)
      return app.assignments.contains { $0.role == role && $0.principal == .user(account) }
    case .group(let id): return state.groups[id].map { $0.members.contains(account) }
    case .package(let id): return state.packages[id].map { $0.assignments[account] != nil }
    case nil: return nil
    }
  }
}
