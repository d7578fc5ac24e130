/// How a run ended.
package enum RunResult: String, Hashable, Sendable, CaseIterable {
  /// Everything was done or was so already.
  case completed
  /// Some of it failed, was withheld or was held back.
  case partial
  case interrupted
  /// It stopped before the plan was over: the tenant or the journal did not answer any more.
  case stopped
}
