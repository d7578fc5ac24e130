/// A quota that refills continuously and holds what may be used at once.
struct TokenBucket: Sendable {
  let capacity: Double
  let perSecond: Double
  private var level: Double
  private var updatedAt: Timestamp

  /// Takes a documented limit: so many in so many seconds.
  init(_ count: Double, per seconds: Double, now: Timestamp) {
    capacity = count
    perSecond = count / seconds
    level = count
    updatedAt = now
  }

  /// Takes an amount out.
  ///
  /// What is refused counts too, down to a tenth of the capacity below nothing (FACTS section 7:
  /// requests made while throttled still count).
  ///
  /// - Returns: nil where there was enough, else the seconds until there will be.
  mutating func take(_ amount: Double, now: Timestamp) -> Double? {
    refill(now)
    guard level >= amount else {
      level = max(level - amount, -capacity / 10)
      return (min(amount, capacity) - level) / perSecond
    }
    level -= amount
    return nil
  }

  /// How much of the quota is used: 1 where throttling starts, more while it goes on.
  func usage(now: Timestamp) -> Double {
    var copy = self
    copy.refill(now)
    return 1 - copy.level / capacity
  }

  private mutating func refill(_ now: Timestamp) {
    let elapsed = Double(now.milliseconds - updatedAt.milliseconds) / 1000
    // A clock that is set back gives nothing and takes nothing.
    if elapsed > 0 { level = min(capacity, level + elapsed * perSecond) }
    updatedAt = now
  }
}
