internal import Access

/// An owned grant that is to go, and why.
struct Loss: Sendable {
  var number: Int
  var reason: Reason
  var provenance: Provenance?
  /// See `Action.isSettled`.
  var isSettled = false
}
