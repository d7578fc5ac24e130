internal import Access

/// What an address leads to in a tenant.
enum AccountMatch: Hashable, Sendable {
  case none
  /// The account at a position of the index.
  case live(Int)
  // Elsewhere in memory, since it is rare and would make every match as wide as an account.
  indirect case deleted(DeletedAccount)
  /// Accounts that have it among their further addresses only.
  case further([Int])
  /// Why nobody can say which account is meant, in a sentence.
  case conflict(String, [UserID])
}
