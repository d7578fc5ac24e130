package import Access
package import Journal

/// What was found of the writes that earlier runs left without an outcome.
package struct Recovery: Hashable, Sendable {
  /// Accounts that an invitation without a reply turned out to have made.
  package var found: [EmailAddress: UserID] = [:]
  /// Guests whom a mail may have reached that nothing can confirm, and when it was sent.
  package var assumed: [EmailAddress: Moment] = [:]
  /// Guests who must not be mailed yet, and from when on a look-up may settle it.
  package var waiting: [EmailAddress: Moment] = [:]
  /// Access packages that must not be requested again yet, in the same way.
  package var waitingRequests: [GrantKey: Moment] = [:]
  /// Blocked accounts whose sessions were perhaps never revoked.
  package var owedRevocations: [OpenIntent] = []
  /// What each open write turned out to be, by its request.
  package var verdicts: [GUID: Verdict] = [:]

  package init() {}

  package enum Verdict: String, Hashable, Sendable {
    case done, undone, assumedDone, stillUnknown
  }
}
