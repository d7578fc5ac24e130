internal import Access
internal import Platform

/// The machine's clock.
struct SystemClock: Access.Clock {
  func now() -> Moment { Moment(seconds: SystemTime.secondsSinceEpoch()) }

  func sleep(for duration: Duration) async throws(CancellationError) {
    do { try await Task.sleep(for: duration) } catch { throw CancellationError() }
  }
}

/// The machine's source of randomness.
struct SystemRandomness: Randomness {
  func word() -> UInt64 { SystemTime.randomWord() }
}
