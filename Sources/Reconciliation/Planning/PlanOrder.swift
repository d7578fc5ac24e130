internal import Access

/// Where an action belongs in its plan, made once for each so that sorting copies no actions: by wave,
/// those that wait last; inside by guest, then by what must come first.
struct PlanOrder: Comparable {
  /// The action's position among those that were collected.
  let position: Int
  private let wave: Wave
  /// True where the action waits for a wave that is later than its own kind's.
  private let isLate: Bool
  private let guest: EmailAddress
  private let rank: Int
  private let resource: Resource?
  private let account: UserID?

  init(_ pending: PendingAction, at position: Int) {
    self.position = position
    wave = pending.action.wave
    isLate = pending.action.verb.wave < pending.action.wave
    guest = pending.action.guest
    rank = pending.rank
    resource = pending.action.resource
    account = pending.action.account
  }

  static func < (left: Self, right: Self) -> Bool {
    if left.wave != right.wave { return left.wave < right.wave }
    if left.isLate != right.isLate { return right.isLate }
    if left.guest != right.guest { return left.guest < right.guest }
    if left.rank != right.rank { return left.rank < right.rank }
    if left.resource != right.resource { return precedes(left.resource, right.resource) }
    if left.account != right.account { return precedes(left.account, right.account) }
    return left.position < right.position
  }
}
