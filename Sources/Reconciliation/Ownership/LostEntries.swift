internal import Access

/// An owned grant that is to go, and why.
struct GrantRemoval: Hashable, Sendable {
  var resource: Resource
  var reason: Reason
  var provenance: Provenance?
  /// See `Action.hadNotice`.
  var hadNotice = false
  /// The entry that may or may not be ours; `nil` where it is ours.
  var asks: EntryKey?
}

/// Every entry that is ours, or may be, and that history declared and no longer does.
struct LostEntries: Sendable {
  private(set) var guests: Set<EmailAddress> = []
  private(set) var grants: [EmailAddress: [GrantRemoval]] = [:]
  private(set) var counts: EntryCounts

  /// Finds what was declared once.
  ///
  /// Of `others` everything counts that was given under them, although they are still declared: the
  /// address is another guest's now, or only a file without authority names it. So does everything of
  /// a guest who is not declared any more, whatever `grants` sections still name it.
  init(_ ownership: Ownership, andAllOf others: Set<EmailAddress>) {
    counts = EntryCounts(ownership)
    let intervals = ownership.history.intervals
    var leavers = others
    for (address, intervals) in intervals.guests {
      let mayBeOurs = ownership.claim(.guest(address), intervals) != .notOurs
      counts.count(intervals, mayBeOurs: mayBeOurs)
      guard intervals.last?.closed != nil else { continue }
      leavers.insert(address)
      if mayBeOurs { guests.insert(address) }
    }
    let grantsOfLeavers = intervals.grants.keys.filter { leavers.contains($0.guest) }
    for grant in intervals.ended.union(grantsOfLeavers) {
      let key = EntryKey.grant(grant)
      let claim = ownership.claim(key)
      guard claim != .notOurs else { continue }
      grants[grant.guest, default: []].append(
        GrantRemoval(
          resource: grant.resource,
          reason: .undeclared,
          provenance: ownership.removal(of: key) ?? ownership.removal(of: .guest(grant.guest)),
          asks: claim == .unknown ? key : nil
        )
      )
    }
    for guest in grants.keys { grants[guest]?.sort { $0.resource < $1.resource } }
  }
}

/// How many guests there are and were; guards compare what a plan takes with it.
struct EntryCounts: Sendable {
  private let before: Int?
  /// The guests that the last applied commit declared; `nil` where nobody knows which that was.
  private(set) var had: Int?
  /// The guests that are declared and are ours, or may be.
  private(set) var owned = 0

  init(_ ownership: Ownership) {
    before = ownership.lastApplied
    had = before.map { _ in 0 }
  }

  /// Counts a guest by the intervals in which it was declared.
  mutating func count(_ intervals: [DeclaredInterval], mayBeOurs: Bool) {
    if mayBeOurs, intervals.last?.closed == nil { owned += 1 }
    guard let before else { return }
    let stood = intervals.contains { $0.opened.step <= before && before < $0.closed?.step ?? .max }
    if stood { had = had.map { $0 + 1 } }
  }
}
