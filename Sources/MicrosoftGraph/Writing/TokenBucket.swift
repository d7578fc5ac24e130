internal import Access

/// A bucket that holds a number of requests and is refilled at a steady rate.
///
/// What is taken beyond the content is owed, so that whoever comes later waits longer.
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
