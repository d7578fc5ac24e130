internal import Access
internal import Platform

/// The clock of one run: the machine's own, or that of an emulator on this machine.
///
/// A rehearsal moves the emulator's clock by weeks to see what happens then. The program follows
/// it, because a plan is a function of time too; against a real tenant it never does, and a
/// difference is what the clock guard looks at.
final class SessionClock: Access.Clock {
  private let base: any Access.Clock
  private let offset = Locked(Moment.Span(seconds: 0))

  init(_ base: any Access.Clock) { self.base = base }

  /// Follows a service whose clock shows a moment now.
  func follow(_ moment: Moment) {
    let difference = moment - base.now()
    offset.withLock { $0 = difference }
  }

  func now() -> Moment { base.now() + offset.withLock { $0 } }

  func sleep(for duration: Duration) async throws(CancellationError) {
    try await base.sleep(for: duration)
  }
}
