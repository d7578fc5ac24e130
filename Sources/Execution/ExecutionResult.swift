package import Access
package import Journal

/// The outcome of carrying out a plan.
package struct ExecutionResult: Hashable, Sendable {
  /// One for each action of the plan, in its place.
  package var outcomes: [ActionOutcome]
  /// What was found of writes that earlier runs left without an outcome.
  package var recovery: Recovery
  /// Why the run ended before the plan was over; `nil` where it did not.
  package var stop: Stop?
  /// Guests whose redeem address could not be handed over; a resend makes a new one.
  package var undelivered: [EmailAddress]
  /// Whether the commit was recorded as applied.
  package var recordedCommit: Bool

  /// What ends a run early.
  package enum Stop: Hashable, Sendable {
    case interrupted
    /// The journal took no more; what was sent is found by the next run.
    case journal(JournalError)
    /// The rest would fail in the same way.
    case tenant(TenantError)
  }

  /// The word under which the journal keeps the end of the run.
  package var runResult: RunResult {
    switch stop {
    case .interrupted: .interrupted
    case .journal, .tenant: .stopped
    case nil: outcomes.allSatisfy(\.isSuccess) ? .completed : .partial
    }
  }
}

/// Why a plan was not even begun; nothing of it was written.
package enum ExecutionError: Error, Hashable, Sendable {
  /// The credentials, the plan and the run are not all of one tenant.
  case otherTenant(planned: TenantID, found: TenantID)
  /// The journal could not be read or written at the start.
  case journal(JournalError)
  /// What an earlier run left open could not be looked up.
  case tenant(TenantError)
}

/// What an execution tells while it goes on, for a terminal or a log.
package enum Progress: Hashable, Sendable {
  /// Writes of earlier runs that have no outcome are being looked up.
  case lookingUp(Int)
  /// How many of the plan's actions will be tried.
  case began(Int)
  case wave(Wave, actions: Int)
  /// Writes were sent and are awaited.
  case sent(Int)
  /// The action at a position of the plan is over; `settled` of those that are tried are.
  case settled(Int, ActionOutcome, settled: Int)
  case stopping(ExecutionResult.Stop)
}
