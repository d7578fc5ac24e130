/// A set of few addresses that many are asked of.
///
/// A question about an address that is not in it fetches next to nothing (see `Numbering`).
package struct AddressSet: Sendable {
  private var numbering = Numbering<EmailAddress>(capacity: 0)

  package init() {}

  package mutating func insert(_ address: EmailAddress) { _ = numbering.add(address) }
  package func contains(_ address: EmailAddress) -> Bool { numbering[address] != nil }
}
