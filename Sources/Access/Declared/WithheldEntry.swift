/// An entry that is given nothing new because of a fault in it (DESIGN section 4).
package struct WithheldEntry: Hashable, Sendable {
  package var address: EmailAddress
  /// What is wrong, in a sentence.
  package var reason: String
  /// Every place that takes part in the fault, in order.
  package var places: [SourcePlace]
  /// What could be read of the entry; `nil` where nothing could.
  ///
  /// Where no partner has the guest's domain, its `partner` is an empty name.
  /// Nothing of it is given. Its block is carried out and its end dates count; its grants, those in
  /// `skippedGrants` included, are kept where they were given before.
  package var readable: GuestEntry?
  /// True where the file of the entry has no authority over it: unless the last applied commit
  /// declared it in the same file and with authority, the entry is as if it were not written.
  package var isOutsideAuthority: Bool

  package init(
    address: EmailAddress,
    reason: String,
    places: [SourcePlace],
    readable: GuestEntry? = nil,
    isOutsideAuthority: Bool = false
  ) {
    self.address = address
    self.reason = reason
    self.places = places
    self.readable = readable
    self.isOutsideAuthority = isOutsideAuthority
  }
}
