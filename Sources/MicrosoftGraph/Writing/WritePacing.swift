internal import Access

/// Keeps writes below the documented limits, and slower still when the service asks (FACTS section
/// 7).
actor WritePacing {
  private let clock: any Clock
  private var writes: TokenBucket
  private var invitations: TokenBucket
  private var pausedUntil: Moment

  init(clock: any Clock) {
    self.clock = clock
    let now = clock.now()
    writes = TokenBucket(capacity: 3000, perSecond: 20, at: now)
    invitations = TokenBucket(capacity: 150, perSecond: 30, at: now)
    pausedUntil = now
  }

  /// Waits until writes may be sent, some of which are invitations.
  func admit(writes count: Int, invitations invited: Int) async throws(CancellationError) {
    let now = clock.now()
    let pause = Duration.seconds(max(0, (pausedUntil - now).seconds))
    let delay = max(
      pause,
      writes.take(Int64(count), at: now),
      invitations.take(Int64(invited), at: now)
    )
    if delay > .zero { try await clock.sleep(for: delay) }
  }

  /// Notes how close to its limit we are by the service, in percent.
  func note(percentage: Int) {
    let pause = Self.pause(percentage: percentage)
    if pause > .init(seconds: 0) { pausedUntil = max(pausedUntil, clock.now() + pause) }
  }

  /// How long to let the next write wait: a second where the warnings begin, ten where four of five
  /// requests are shed.
  static func pause(percentage: Int) -> Moment.Span {
    switch percentage {
    case ..<80: Moment.Span(seconds: 0)
    case 80..<100: Moment.Span(seconds: 1)
    case 100..<180: Moment.Span(seconds: Int64(2 + (percentage - 100) / 10))
    default: Moment.Span(seconds: 10)
    }
  }
}

/// A bucket that holds a number of requests and is refilled at a steady rate.
///
/// What is taken beyond the content is a debt, so that later callers wait longer.
struct TokenBucket: Hashable, Sendable {
  private let capacity: Int64
  private let perSecond: Int64
  private var level: Int64
  private var filled: Moment

  init(capacity: Int64, perSecond: Int64, at now: Moment) {
    self.capacity = capacity
    self.perSecond = perSecond
    level = capacity
    filled = now
  }

  /// Takes a number out and yields how long to wait before it may be used.
  mutating func take(_ count: Int64, at now: Moment) -> Duration {
    let elapsed = min(max(0, (now - filled).seconds), 86_400)
    level = min(capacity, level + elapsed * perSecond)
    filled = max(filled, now)
    level -= count
    return level >= 0 ? .zero : .milliseconds(-level * 1000 / perSecond)
  }
}
