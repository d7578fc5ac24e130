/// A reviewed order to take away what was never declared here.
package struct RemovalEntry: Hashable, Sendable {
  package var address: EmailAddress
  /// Pins the account.
  package var pinned: UserID?
  package var reason: String
  package var removes: Extent
  package var place: SourcePlace

  package init(
    address: EmailAddress,
    pinned: UserID? = nil,
    reason: String,
    removes: Extent,
    place: SourcePlace
  ) {
    self.address = address
    self.pinned = pinned
    self.reason = reason
    self.removes = removes
    self.place = place
  }

  package enum Extent: String, Hashable, Sendable, CaseIterable {
    case account, grants
  }
}
