/// The identity of an entry across all commits, which history and ownership use.
package enum EntryKey: Hashable, Sendable, Comparable {
  case guest(EmailAddress)
  case grant(GrantKey)

  /// The guest whose entry this is.
  package var guest: EmailAddress {
    switch self {
    case .guest(let address): address
    case .grant(let key): key.guest
    }
  }
}

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
