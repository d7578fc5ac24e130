/// What became of one action of a plan.
package enum ActionOutcome: Hashable, Sendable {
  case done
  /// The tenant was as the action wanted it already.
  case alreadyDone
  /// The kind `unknownOutcome` means that it may have been done: the next run looks it up.
  case failed(TenantError)
  case skipped(because: Skip)
  /// The run was asked to stop before the action was sent.
  case interrupted

  /// Whether the tenant is now as the action wanted it.
  package var isSuccess: Bool { self == .done || self == .alreadyDone }

  /// Why an action was not sent.
  package enum Skip: Hashable, Sendable {
    /// Guards hold it back.
    case heldBack([GuardVerdict.Guard])
    /// The action at that position of the plan, which has to come first, did not succeed.
    case prerequisite(Int)
    /// No account is known: the reply to the invitation named none.
    case noAccount
    /// An earlier mail to this guest, or request of this access package, has no known outcome; it is
    /// looked up again from that moment.
    case mailUnresolved(until: Moment)
    /// A mail went, or perhaps went, to this guest at that moment: too short a time ago to tell
    /// apart a tenant that does not show it yet from one that never had it.
    case mailedAlready(at: Moment)
    /// The run came to a stop before.
    case stopped
    /// The plan contradicts itself at this action.
    case malformed
  }
}
