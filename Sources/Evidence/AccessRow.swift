package import Access

/// One line of access: what one guest holds, or is declared to hold, and why.
package struct AccessRow: Hashable, Sendable {
  /// The address by which the declarations know the guest, else the first of the account's; `nil`
  /// for an account without any.
  package var guest: EmailAddress?
  /// `nil` where the guest has no account.
  package var account: UserID?
  /// `nil` for the guest's account itself.
  package var resource: Resource?
  package var isHeld: Bool
  /// `nil` for an account without an address, which no declaration can mean.
  package var attribution: Attribution?
}
