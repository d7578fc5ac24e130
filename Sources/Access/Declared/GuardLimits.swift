/// The numbers from which the guards hold back actions of their own kind (DESIGN section 7).
package struct GuardLimits: Hashable, Sendable {
  /// Distinct guests that may lose something in one run.
  package var removedGuests: Int = 10
  /// Share of the owned guests that may lose something in one run, in percent.
  package var removedPercent: Int = 25
  /// How many guests must be owned before the percentage means anything.
  package var removedFloor: Int = 20
  /// Guests whose dated end, merged at least seven days before, may come in one run.
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
