internal import Access

/// What nearly every guest asks of its account: small, and nothing of it elsewhere in memory.
struct AccountTraits: Sendable {
  // The widest first: so the whole fits into 16 bytes.
  /// See `Account.lastSignIn`.
  let lastSignIn: Moment?
  let type: Account.UserType
  let isExternal: Bool
  let isEnabled: Bool
  let holdsDirectoryRole: Bool
  let hasForeignIdentity: Bool
  /// True where an invitation was not redeemed.
  let isPending: Bool
  /// True where the sponsors were read.
  let knowsSponsors: Bool

  init(_ account: Account) { self.init([account], at: 0) }

  /// Takes the traits field by field, since a copy of an account fetches everything that it refers to.
  init(_ accounts: [Account], at position: Int) {
    type = accounts[position].userType
    isExternal = accounts[position].isExternal
    isEnabled = accounts[position].isEnabled
    holdsDirectoryRole =
      accounts[position].ties?.holdsDirectoryRole ?? accounts[position].holdsDirectoryRole ?? false
    hasForeignIdentity = accounts[position].hasForeignIdentity
    isPending = if case .pendingAcceptance = accounts[position].redemption { true } else { false }
    lastSignIn = accounts[position].lastSignIn
    knowsSponsors = if case .some = accounts[position].sponsors { true } else { false }
  }
}
