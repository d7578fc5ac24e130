internal import Access

/// Sums over the whole history that the guards ask for.
struct Census: Sendable {
  private let ownership: Ownership
  private let before: Int?
  private let last: Int
  /// How many entries the last applied commit declared; `nil` where nobody knows which it was.
  private(set) var had: Int?
  /// How many entries the planned commit declares.
  private(set) var has = 0
  /// How many guests of ours stand.
  private(set) var ownedGuests = 0

  init(_ ownership: Ownership) {
    self.ownership = ownership
    last = ownership.history.chain.count - 1
    if let applied = ownership.journal?.applied.last {
      before = ownership.clock.step(of: applied)
    } else {
      // Without memory the best witness is the commit before this one.
      before = ownership.memory == .lost && last > 0 ? last - 1 : nil
    }
    had = before.map { _ in 0 }
  }

  mutating func count(_ key: EntryKey, _ intervals: [DeclaredInterval]) {
    var (stood, stands) = (false, false)
    for interval in intervals {
      let end = interval.closed?.step ?? Int.max
      if let before, interval.opened.step <= before, before < end { stood = true }
      if interval.opened.step <= last, last < end { stands = true }
    }
    if stood { had = had.map { $0 + 1 } }
    if stands { has += 1 }
    if stands, case .guest = key, ownership.owns(key, intervals) { ownedGuests += 1 }
  }
}
