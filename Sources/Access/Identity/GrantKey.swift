/// The identity of a grant across all commits: one resource given to one guest.
package struct GrantKey: Hashable, Sendable, Comparable {
  package let guest: EmailAddress
  package let resource: Resource

  package init(guest: EmailAddress, resource: Resource) {
    self.guest = guest
    self.resource = resource
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.guest, left.resource) < (right.guest, right.resource)
  }
}
