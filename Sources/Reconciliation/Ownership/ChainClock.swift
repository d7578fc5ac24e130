package import Access

/// When each step of a chain happened, as far as that can be believed.
///
/// Anyone who makes a commit chooses its dates. A moment that matters is therefore the earliest of
/// the committer's date, the moment at which a run first saw the commit, and now; it never moves
/// backwards along the chain (DESIGN section 5).
package struct ChainClock: Hashable, Sendable {
  private let moments: [Moment]
  private let seen: [Moment?]
  private let steps: [CommitID: Int]
  private let now: Moment

  package init(chain: [HistoryStep], firstSeen: [CommitID: Moment], now: Moment) {
    var seen = [Moment?](repeating: nil, count: chain.count)
    var earliest: Moment?
    // A run that saw a commit saw all that lies below it.
    for index in chain.indices.reversed() {
      if let moment = firstSeen[chain[index].commit] {
        earliest = earliest.map { min($0, moment) } ?? moment
      }
      seen[index] = earliest
    }
    var moments: [Moment] = []
    moments.reserveCapacity(chain.count)
    for (index, step) in chain.enumerated() {
      let believed = min(step.committed, seen[index] ?? now, now)
      moments.append(moments.last.map { max($0, believed) } ?? believed)
    }
    self.moments = moments
    self.seen = seen
    self.now = now
    steps = Dictionary(
      chain.enumerated().map { ($0.element.commit, $0.offset) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The position of a commit on the chain; `nil` where it is not on it.
  package func step(of commit: CommitID) -> Int? { steps[commit] }

  /// When a step happened; a step that is not on the chain happens now.
  package func moment(of step: Int) -> Moment {
    moments.indices.contains(step) ? moments[step] : now
  }

  /// When a run first saw a step, which no commit can forge; now where no run did.
  package func firstSeen(_ step: Int) -> Moment {
    guard seen.indices.contains(step), let moment = seen[step] else { return now }
    return min(moment, now)
  }

  /// The last step that a run had seen, or that without any memory of runs had happened, by a
  /// moment; `nil` where there was none yet.
  package func lastStep(by moment: Moment, trustingDates: Bool) -> Int? {
    moments.indices.last {
      trustingDates ? moments[$0] <= moment : seen[$0].map { $0 <= moment } ?? false
    }
  }
}
