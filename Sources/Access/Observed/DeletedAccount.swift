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
