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
