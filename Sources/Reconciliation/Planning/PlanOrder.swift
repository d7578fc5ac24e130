internal import Access

/// Where an action belongs in its plan, made once for each so that sorting copies no actions.
struct PlanOrder: Comparable {
  /// The draft's position among the drafts.
  let draft: Int
  private let wave: Wave
  /// True where the action waits for a wave that is later than its own kind's.
  private let isLate: Bool
  private let guest: EmailAddress
  private let rank: Int
  private let resource: Resource?

  init(_ draft: Draft, at position: Int) {
    self.draft = position
    wave = draft.action.wave
    isLate = draft.action.verb.wave < draft.action.wave
    guest = draft.action.guest
    rank = draft.rank
    resource = draft.action.resource
  }

  static func < (left: Self, right: Self) -> Bool {
    if left.wave != right.wave { return left.wave < right.wave }
    if left.isLate != right.isLate { return right.isLate }
    if left.guest != right.guest { return left.guest < right.guest }
    if left.rank != right.rank { return left.rank < right.rank }
    if left.resource != right.resource { return precedes(left.resource, right.resource) }
    return left.draft < right.draft
  }

  /// What concerns an account comes before what concerns its access.
  static func precedes(_ left: Resource?, _ right: Resource?) -> Bool {
    guard let right else { return false }
    return left.map { $0 < right } ?? true
  }
}
