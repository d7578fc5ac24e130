internal import Access

/// Why a guest is to go, and how far.
struct Removal: Sendable {
  var reason: Reason
  var provenance: Provenance?
  /// From when on the guest was to go.
  var since: Moment
  /// See `Action.isSettled`.
  var isSettled = false
  /// True where a `removed` entry takes the account even though it belongs to others too.
  var takesAdopted = false
  /// False where only grants go.
  var takesAccount = true
}
