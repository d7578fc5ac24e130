/// An address that is left exactly as it is because its declaration broke a rule.
package struct WithheldEntry: Hashable, Sendable {
  package var address: EmailAddress
  /// What is wrong, in a sentence.
  package var reason: String
  /// Every place that takes part in the fault, in order.
  package var places: [SourcePlace]

  package init(address: EmailAddress, reason: String, places: [SourcePlace]) {
    self.address = address
    self.reason = reason
    self.places = places
  }
}
