package import Access
package import Journal

/// One event in the life of a guest or an app, from git or from the journal.
package struct LifeEvent: Hashable, Sendable {
  package var moment: Moment
  package var guest: EmailAddress
  /// What was declared, given or taken; `nil` for the guest itself.
  package var resource: Resource?
  package var kind: Kind

  package init(moment: Moment, guest: EmailAddress, resource: Resource?, kind: Kind) {
    self.moment = moment
    self.guest = guest
    self.resource = resource
    self.kind = kind
  }

  package enum Kind: Hashable, Sendable {
    /// A commit declared it, for the first time or again.
    case declared(Origin, isAgain: Bool)
    /// A commit no longer declared it.
    case undeclared(Origin)
    /// A run wrote to the tenant, or did not get to; the event has the outcome.
    case journaled(JournalEvent)
  }
}
