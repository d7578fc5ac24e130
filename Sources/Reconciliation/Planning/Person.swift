internal import Access

/// One guest as the planner speaks of it: the names that go into every action.
struct Person: Sendable {
  var address: EmailAddress
  var partner: PartnerName?
  /// The account; `nil` until an invitation makes it.
  var account: UserID?
  /// The account's position in the index.
  var position: Int?

  init(
    _ address: EmailAddress,
    partner: PartnerName? = nil,
    account: UserID? = nil,
    position: Int? = nil
  ) {
    self.address = address
    self.partner = partner
    self.account = account
    self.position = position
  }
}
