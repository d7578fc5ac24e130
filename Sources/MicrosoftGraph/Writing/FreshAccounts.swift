internal import Access

/// The accounts that this writer made or gave back lately, which Graph may not show everywhere yet
/// (FACTS sections 1.6 and 9).
actor FreshAccounts {
  private var made: [UserID: Moment] = [:]

  /// How long an account counts as made lately.
  static let age = Moment.Span.minutes(15)

  /// Takes note of an account that was made or restored just now.
  func note(_ user: UserID, at now: Moment) { made[user] = now }

  /// Whether an account was noted lately; none is never.
  func holds(_ user: UserID?, at now: Moment) -> Bool {
    guard let user, let moment = made[user] else { return false }
    return now - moment < Self.age
  }
}
