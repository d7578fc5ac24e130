/// The numbers from which the guards hold back actions of their own kind (DESIGN section 7).
package struct GuardLimits: Hashable, Sendable {
  /// Distinct guests that may lose something in one run.
  package var removedGuests: Int = 10
  /// Share of the owned guests that may lose something in one run, in percent.
  package var removedPercent: Int = 25
  /// From how many owned guests on the percentage counts.
  package var removedFloor: Int = 20
  /// Guests that may lose something in one run by an end date, merged at least seven days before.
  package var expiredGuests: Int = 100
  package var invitedGuests: Int = 50
  package var grants: Int = 200
  package var identityChanges: Int = 3
  /// Addresses that nothing may be taken from.
  package var protected: Set<EmailAddress> = []

  /// What happens to entries that only a loosened rule lets pass.
  package var loosened: Loosened = .report

  package init() {}

  package enum Loosened: String, Hashable, Sendable, CaseIterable {
    /// The plan names them.
    case report
    /// The guard `loosened` holds them back until they are accepted.
    case hold
  }
}
