package import Access
internal import Platform

/// A clock that stands still until somebody waits, and then has moved on by that much at once.
package final class ManualClock: Clock {
  private let state: Locked<State>

  private struct State {
    var milliseconds: Int64
    var sleeps: [Duration] = []
  }

  package init(at moment: Moment = Moment(seconds: 1_800_000_000)) {
    state = Locked(State(milliseconds: moment.seconds * 1000))
  }

  package func now() -> Moment {
    state.withLock { Moment(seconds: $0.milliseconds / 1000) }
  }

  package func sleep(for duration: Duration) async throws(CancellationError) {
    if Task.isCancelled { throw CancellationError() }
    advance(by: duration)
    state.withLock { $0.sleeps.append(duration) }
  }

  /// Moves the clock on.
  package func advance(by duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let passed = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    state.withLock { $0.milliseconds += passed }
  }

  /// Every wait so far, in order.
  package var sleeps: [Duration] { state.withLock { $0.sleeps } }
}
