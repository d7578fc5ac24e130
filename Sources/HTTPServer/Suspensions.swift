internal import Dispatch
internal import Platform

/// The connections whose replies are held back, so that none of them is asleep when the server stops.
final class Suspensions: Sendable {
  private struct State {
    var next: UInt64 = 0
    var resumptions: [UInt64: @Sendable () -> Void] = [:]
    var isClosed = false
  }

  private let state = Locked(State())
  private let queue = DispatchQueue(label: "guestlist.http-server.delays")

  /// Calls back once: after the delay, or when the server stops, whichever is earlier.
  func schedule(after delay: Duration, _ resume: @escaping @Sendable () -> Void) {
    let token: UInt64? = state.withLock { state in
      guard !state.isClosed else { return nil }
      state.next += 1
      state.resumptions[state.next] = resume
      return state.next
    }
    guard let token else { return resume() }
    let nanoseconds = Int(delay / .nanoseconds(1))
    queue.asyncAfter(deadline: .now() + .nanoseconds(nanoseconds)) { self.wake(token) }
  }

  /// Wakes everything that sleeps; what is scheduled from now on is called at once.
  func close() {
    let pending: [@Sendable () -> Void] = state.withLock { state in
      state.isClosed = true
      let pending = Array(state.resumptions.values)
      state.resumptions = [:]
      return pending
    }
    for resume in pending { resume() }
  }

  private func wake(_ token: UInt64) {
    let resume = state.withLock { $0.resumptions.removeValue(forKey: token) }
    resume?()
  }
}
