internal import Access
internal import Platform

/// The time of this machine, for those on the other side who go by it; nobody waits by it.
struct MachineClock: Clock {
  func now() -> Moment { Moment(seconds: SystemTime.secondsSinceEpoch()) }

  func sleep(for duration: Duration) async throws(CancellationError) { throw CancellationError() }
}
