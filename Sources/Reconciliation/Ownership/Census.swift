internal import Access

/// Sums over the whole history that the guards ask for.
struct Census: Sendable {
  private let before: Int?
  private let last: Int
  /// How many entries the last applied commit declared; `nil` where nobody knows which it was.
  private(set) var had: Int?
  /// How many entries the planned commit declares.
  private(set) var has = 0

  init(_ ownership: Ownership) {
    last = ownership.history.chain.count - 1
    if let applied = ownership.journal?.applied.last {
      before = ownership.clock.step(of: applied)
    } else {
      // Without memory the best witness is the commit before this one.
      before = ownership.memory == .lost && last > 0 ? last - 1 : nil
    }
    had = before.map { _ in 0 }
  }

  /// Counts an entry by the intervals in which it was declared, and says whether it stands no
  /// longer.
  mutating func count(_ intervals: [DeclaredInterval]) -> Bool {
    var (stood, stands, isGone) = (false, false, false)
    for position in intervals.indices {
      let opened = intervals[position].opened.step
      let closed = intervals[position].closed?.step
      let end = closed ?? Int.max
      if let before, opened <= before, before < end { stood = true }
      if opened <= last, last < end { stands = true }
      isGone = closed != nil
    }
    if stood { had = had.map { $0 + 1 } }
    if stands { has += 1 }
    return isGone
  }
}
