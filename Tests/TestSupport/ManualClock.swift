package import Access
internal import Platform

/// A clock that is still until a test moves it; its sleeps move it and return at once.
package final class ManualClock: Clock {
  private let state: Locked<State>

  private struct State {
    var milliseconds: Int64
    var sleeps: [Duration] = []
  }

  /// Starts at a moment in 2027, unless told otherwise.
  package init(_ moment: Moment = Moment(seconds: 1_800_000_000)) {
    state = Locked(State(milliseconds: moment.seconds * 1000))
  }

  package func now() -> Moment {
    state.withLock { Moment(seconds: $0.milliseconds / 1000) }
  }

  /// Moves the clock; backwards too.
  package func advance(by span: Moment.Span) { advance(by: .seconds(span.seconds)) }

  /// Moves the clock by parts of a second too.
  package func advance(by duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let passed = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    state.withLock { $0.milliseconds += passed }
  }

  package func sleep(for duration: Duration) async throws(CancellationError) {
    if Task.isCancelled { throw CancellationError() }
    advance(by: duration)
    state.withLock { $0.sleeps.append(duration) }
  }

  /// Every sleep so far, in order.
  package var sleeps: [Duration] { state.withLock { $0.sleeps } }
}
