package import Access

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
