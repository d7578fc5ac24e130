/// A user object as the tenant holds it (FACTS section 2.1).
package struct Account: Hashable, Sendable {
  package var id: UserID
  /// Every address by which the account is matched: mail, proxy addresses and identities.
  package var addresses: Set<EmailAddress>
  /// The one among them that is the account's mail.
  package var mail: EmailAddress?
  /// Further addresses, which alone are a conflict and never a match.
  package var otherMails: Set<EmailAddress>
  package var userPrincipalName: String
  package var displayName: String?
  package var userType: UserType
  /// Whether the account signs in with an identity of another organisation.
  package var isExternal: Bool
  package var isEnabled: Bool
  package var redemption: Redemption?
  /// When the redemption state last changed.
  package var redemptionChanged: Moment?
  package var created: Moment?
  /// `nil` where sponsors were not read.
  package var sponsors: Set<UserID>?
  /// `nil` where neither this nor `ties` was read.
  package var holdsDirectoryRole: Bool?
  /// `nil` where it was not read, or the account never signed in.
  package var lastSignIn: Moment?
  /// What depends on the account; `nil` where it was not read.
  package var ties: Ties?
  /// Whether somebody with another address than those of its mail signs in as this account.
  package var hasForeignIdentity: Bool

  package init(
    id: UserID,
    addresses: Set<EmailAddress>,
    mail: EmailAddress? = nil,
    otherMails: Set<EmailAddress> = [],
    userPrincipalName: String = "",
    displayName: String? = nil,
    userType: UserType = .guest,
    isExternal: Bool = true,
    isEnabled: Bool = true,
    redemption: Redemption? = nil,
    redemptionChanged: Moment? = nil,
    created: Moment? = nil,
    sponsors: Set<UserID>? = nil,
    holdsDirectoryRole: Bool? = nil,
    lastSignIn: Moment? = nil,
    ties: Ties? = nil,
    hasForeignIdentity: Bool = false
  ) {
    self.id = id
    self.addresses = addresses
    self.mail = mail
    self.otherMails = otherMails
    self.userPrincipalName = userPrincipalName
    self.displayName = displayName
    self.userType = userType
    self.isExternal = isExternal
    self.isEnabled = isEnabled
    self.redemption = redemption
    self.redemptionChanged = redemptionChanged
    self.created = created
    self.sponsors = sponsors
    self.holdsDirectoryRole = holdsDirectoryRole
    self.lastSignIn = lastSignIn
    self.ties = ties
    self.hasForeignIdentity = hasForeignIdentity
  }

  package enum UserType: Hashable, Sendable {
    case guest, member
    /// The object is a mail contact and not a user at all.
    case contact
  }

  package enum Redemption: Hashable, Sendable {
    case pendingAcceptance, accepted
  }

  /// What depends on an account beyond its guest's access (DESIGN section 5, the second table).
  package struct Ties: Hashable, Sendable {
    package var holdsDirectoryRole: Bool
    package var ownsObjects: Bool
    /// Access that no declaration ever gave: groups, apps and packages outside our reading.
    package var holdsUnmanagedAccess: Bool

    package init(
      holdsDirectoryRole: Bool = false,
      ownsObjects: Bool = false,
      holdsUnmanagedAccess: Bool = false
    ) {
      self.holdsDirectoryRole = holdsDirectoryRole
      self.ownsObjects = ownsObjects
      self.holdsUnmanagedAccess = holdsUnmanagedAccess
    }
  }
}

/// A soft-deleted user, which can be restored with the same object identifier for thirty days
/// (FACTS section 2.4).
package struct DeletedAccount: Hashable, Sendable {
  package var account: Account
  package var deleted: Moment?

  package init(account: Account, deleted: Moment?) {
    self.account = account
    self.deleted = deleted
  }
}
