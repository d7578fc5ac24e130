internal import Access

/// What guards would hold back of a change, as far as that shows without the tenant.
///
/// Of the limits before and after, the stricter holds until a run was whole with the new ones.
struct GuardForecast {
  private(set) var changes: [DeclarationChange] = []

  /// Judges changes; `count` is how many guests were declared before.
  init(
    _ found: [DeclarationChange],
    from base: Policy?,
    to head: DesiredState,
    guestsBefore count: Int,
    now: Moment
  ) {
    let old = base?.limits ?? head.limits
    func limit(_ path: KeyPath<GuardLimits, Int>) -> Int {
      min(old[keyPath: path], head.limits[keyPath: path])
    }
    func guests(_ matches: (DeclarationChange.Effect) -> Bool) -> Set<EmailAddress> {
      Set(found.filter { matches($0.effect) }.compactMap(\.guest))
    }
    func people(_ count: Int) -> String { "\(count) \(count == 1 ? "guest" : "guests")" }
    let losing = guests(\.takesAccess)
    let protected = losing.intersection(old.protected.union(head.limits.protected))
    if !protected.isEmpty {
      let list = protected.sorted().map { "`\($0)`" }.joined(separator: ", ")
      hold(.protected, "nothing is taken from \(list): protected")
    }
    let removed = losing.subtracting(protected).count
    if removed > limit(\.removedGuests) {
      let words = "\(people(removed)) would lose access; the limit is \(limit(\.removedGuests))"
      hold(.removals, words)
    }
    let percent = min(max(0, limit(\.removedPercent)), 100)
    if count >= limit(\.removedFloor), removed * 100 > percent * count {
      let words = "\(removed) of \(count) declared guests would lose access; the limit is "
      hold(.removals, words + "\(percent) percent")
    }
    for (end, guests) in Self.ends(found, after: now + .days(7)).sorted(by: { $0.key < $1.key })
    where guests.count > limit(\.expiredGuests) {
      let words = "access of \(people(guests.count)) would end on \(end.lastDay); the limit is "
      hold(.expiries, words + "\(limit(\.expiredGuests))")
    }
    let invited = head.tenant.ownsAccounts ? Self.invited(found, head) : 0
    if invited > limit(\.invitedGuests) {
      hold(
        .invitations,
        "\(people(invited)) would be mailed; the limit is \(limit(\.invitedGuests))"
      )
    }
    let grants = found.reduce(0) { $0 + $1.effect.grantCount }
    if grants > limit(\.grants) {
      hold(.grants, "\(grants) grants would be given; the limit is \(limit(\.grants))")
    }
    let moved = guests { if case .changesAddress = $0 { true } else { false } }.count
    if moved > limit(\.identityChanges) {
      let words = "\(people(moved)) would change their address; the limit is "
      hold(.identityChanges, words + "\(limit(\.identityChanges))")
    }
    let uses = guests { if case .usesLoosenedRule = $0 { true } else { false } }.count
    if uses > 0, old.loosened == .hold || head.limits.loosened == .hold {
      hold(
        .loosened,
        "\(people(uses)) \(uses == 1 ? "uses" : "use") a rule that the same change loosens"
      )
    }
    if let suspension = head.suspension {
      hold(
        .suspend,
        "only blocks are written until \(suspension.until.lastDay): \(suspension.reason)"
      )
    }
  }

  private mutating func hold(_ name: GuardVerdict.Guard, _ words: String) {
    changes.append(DeclarationChange(.isHeldBack(name, words)))
  }

  /// Whose access ends at which of the dates that are new and come with notice.
  private static func ends(
    _ found: [DeclarationChange],
    after notice: Moment
  ) -> [Moment: Set<EmailAddress>] {
    found.reduce(into: [:]) { ends, change in
      switch change.effect {
      case .invites(_, until: .at(let end)), .extends(_, from: _, to: .at(let end)),
        .shortens(_, from: _, to: .at(let end)):
        if end >= notice, let guest = change.guest { ends[end, default: []].insert(guest) }
      default: break
      }
    }
  }

  /// Guests who would be mailed; those of a synchronised partner are not.
  private static func invited(_ found: [DeclarationChange], _ head: DesiredState) -> Int {
    found.count { change in
      guard case .invites = change.effect, let partner = change.partner else { return false }
      return head.partners[partner]?.accounts == .invite
    }
  }
}

extension DeclarationChange.Effect {
  /// Whether the guest loses something that was given.
  fileprivate var takesAccess: Bool {
    switch self {
    case .removes, .takes, .changesRoles, .blocks: true
    default: false
    }
  }

  /// How many grants it gives.
  fileprivate var grantCount: Int {
    switch self {
    case .invites(let resources, _), .isNoLongerSkipped(let resources), .gives(let resources):
      resources.count
    case .changesRoles(_, _, let roles): roles.count
    default: 0
    }
  }
}
