package import Access
internal import Platform

/// A clock that stands still until a test moves it; its sleeps move it and return at once.
package final class ManualClock: Clock {
  private let moment: Locked<Moment>

  /// Starts at a moment in 2027, unless told otherwise.
  package init(_ moment: Moment = Moment(seconds: 1_800_000_000)) { self.moment = Locked(moment) }

  package func now() -> Moment { moment.withLock { $0 } }

  /// Moves the clock; backwards too.
  package func advance(by span: Moment.Span) { moment.withLock { $0 = $0 + span } }

  package func sleep(for duration: Duration) async throws(CancellationError) {
    if Task.isCancelled { throw CancellationError() }
    advance(by: Moment.Span(seconds: duration.components.seconds))
  }
}
