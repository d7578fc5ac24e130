internal import Access

/// A declared guest together with the account that it means.
struct Subject: Sendable {
  var match: AccountMatch
  /// The address under which the account was ours before, where the entry moved; what was ours
  /// there is ours under the new one from the first plan on.
  var formerly: EmailAddress?
  /// True where the account's sign-in still has to move to the new address.
  var needsReset = false

  /// True where nothing is to be said beside the match.
  var isPlain: Bool { formerly == nil && !needsReset }
}
