/// How one object that a plan touches was seen when the plan was made.
///
/// The facts are words and not a hash, so that the run that carries the plan out can say what
/// changed.
package struct Snapshot: Hashable, Sendable {
  package var subject: Subject
  /// By name of the fact (`enabled`, `held`), as text.
  package var facts: [String: String]

  package init(_ subject: Subject, facts: [String: String]) {
    self.subject = subject
    self.facts = facts
  }

  /// What a snapshot is of.
  package enum Subject: Hashable, Sendable, Comparable {
    /// Which account, if any, an address leads to.
    case address(EmailAddress)
    case account(UserID)
    /// Whether an account holds a resource directly.
    case grant(UserID, Resource)
    /// What a resource is in the tenant: which object, and whether it can be given.
    case resource(Resource)
  }
}
