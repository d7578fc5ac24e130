package import Access

/// What was ever ours in a tenant, by the history of the declarations and the journal (DESIGN
/// section 5).
///
/// Answers are computed when they are asked for: half a million entries cost nothing until somebody
/// asks about one of them.
package struct Ownership: Sendable {
  package let clock: ChainClock
  let history: DeclarationHistory
  private let journal: JournalRecord?
  /// The steps that runs applied, rising.
  private let appliedSteps: [Int]
  /// The first step of which the journal can tell what was carried out.
  private let journalStart: Int

  package init(history: DeclarationHistory, journal: JournalRecord?, now: Moment) {
    self.history = history
    self.journal = journal
    clock = ChainClock(chain: history.chain, firstSeen: journal?.firstSeen ?? [:], now: now)
    appliedSteps = (journal?.applied ?? []).compactMap(clock.step).sorted()
    if let oldest = journal?.applied.first {
      // What a clone does not reach was applied before everything that it shows.
      journalStart = clock.step(of: oldest) ?? 0
    } else {
      journalStart = history.chain.count
    }
  }

  /// Whose an entry is.
  package enum Claim: Hashable, Sendable {
    case ours
    /// It was declared before the journal began: nobody can tell whether a run carried it out.
    case unknown
    case notOurs
  }

  /// Ours is what a commit declared and a run carried out in that interval, or what our own writes
  /// gave; what no journal can tell is as somebody answered, or unknown.
  package func claim(_ key: EntryKey) -> Claim { claim(key, history.intervals[key] ?? []) }

  func claim(_ key: EntryKey, _ intervals: [DeclaredInterval]) -> Claim {
    guard !intervals.isEmpty else { return .notOurs }
    for interval in intervals where wasCarriedOut(key, in: interval) { return .ours }
    guard let journal else { return .unknown }
    switch key {
    case .guest(let address):
      if journal.accounts[address].map(journal.made.contains) ?? false { return .ours }
    case .grant(let grant): if journal.grants[grant, default: 0] > 0 { return .ours }
    }
    if journal.ownershipAnswers.accepted.contains(key) { return .ours }
    if journal.ownershipAnswers.declined.contains(key) { return .notOurs }
    return intervals.contains { $0.opened.step < journalStart } ? .unknown : .notOurs
  }

  /// True if an entry may be taken: it is ours, or nobody can tell and the plan asks.
  func mayBeOurs(_ key: EntryKey) -> Bool { claim(key) != .notOurs }

  private func wasCarriedOut(_ key: EntryKey, in interval: DeclaredInterval) -> Bool {
    let end = interval.closed?.step ?? .max
    var position = firstApplied(from: interval.opened.step)
    while position < appliedSteps.count, appliedSteps[position] < end {
      let left = journal?.notCarriedOut[history.chain[appliedSteps[position]].commit] ?? []
      if !left.contains(key), !isMembershipLeftOut(key, interval, left) { return true }
      position += 1
    }
    return false
  }

  /// True for a membership of which no role that is given through it was carried out.
  private func isMembershipLeftOut(
    _ key: EntryKey,
    _ interval: DeclaredInterval,
    _ left: Set<EntryKey>
  ) -> Bool {
    guard !interval.via.isEmpty, !left.isEmpty else { return false }
    return interval.via.allSatisfy {
      left.contains(.grant(GrantKey(guest: key.guest, resource: $0)))
    }
  }

  /// The last applied commit at which a run carried an entry out, whenever that was; `nil` where
  /// none did.
  func lastCarriedOut(_ key: EntryKey) -> CommitID? {
    appliedSteps.last { step in
      let commit = history.chain[step].commit
      return journal?.notCarriedOut[commit]?.contains(key) != true
    }.map { history.chain[$0].commit }
  }

  /// The last applied commit before a step; `nil` where none was.
  func lastApplied(before step: Int) -> CommitID? {
    let position = firstApplied(from: step)
    return position == 0 ? nil : history.chain[appliedSteps[position - 1]].commit
  }

  private func firstApplied(from step: Int) -> Int {
    var (low, high) = (0, appliedSteps.count)
    while low < high {
      let middle = (low + high) / 2
      if appliedSteps[middle] < step { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// True if a run carried the entry out since it was last introduced.
  func isCarriedOut(_ key: EntryKey) -> Bool {
    guard let last = history.intervals[key]?.last, last.closed == nil else { return false }
    return wasCarriedOut(key, in: last)
  }

  /// The last step that a run applied; `nil` where none did, or it is not on the chain.
  var lastApplied: Int? { journal?.applied.last.flatMap(clock.step) }

  /// The steps that no run has applied: those after the last applied one.
  var unappliedSteps: Range<Int> { ((appliedSteps.last ?? -1) + 1)..<history.chain.count }

  /// When the current entry was introduced; adding it again within ninety days keeps the clock.
  package func introduced(_ key: EntryKey) -> Moment? {
    history.intervals[key].flatMap { introduced($0) }
  }

  func introduced(_ intervals: [DeclaredInterval]) -> Moment? {
    guard let last = intervals.last else { return nil }
    var moment = clock.moment(of: last.opened.step)
    for interval in intervals.dropLast().reversed() {
      guard let closed = interval.closed?.step, moment - clock.moment(of: closed) <= .days(90)
      else {
        break
      }
      moment = clock.moment(of: interval.opened.step)
    }
    return moment
  }

  /// The merge of the latest `reviewed` of a guest, from which durations count anew; reviews after
  /// a step do not count where one is given.
  func renewed(_ guest: EmailAddress, by step: Int?) -> Moment? {
    history.dates[guest]?.last { $0.kind == .reviewed && $0.step <= step ?? .max }
      .map { clock.moment(of: $0.step) }
  }

  /// True if a commit made after a loss introduces the guest's entry again or brings a `return`.
  func isGivenBack(_ guest: EmailAddress, after loss: Moment, onlyByReturn: Bool = false) -> Bool {
    let isReturned = history.dates[guest]?.contains {
      $0.kind == .returned && clock.moment(of: $0.step) > loss
    }
    if isReturned == true { return true }
    guard !onlyByReturn, let last = history.intervals[.guest(guest)]?.last, last.closed == nil
    else {
      return false
    }
    return !last.startsAtBoundary && clock.moment(of: last.opened.step) > loss
  }

  /// True if the guest was declared, removed and declared again before the journal began, so that a
  /// block or a deletion of its account may have been ours.
  func mayHaveBeenRemoved(_ guest: EmailAddress) -> Bool {
    let key = EntryKey.guest(guest)
    return (history.intervals[key]?.count ?? 0) > 1 && claim(key) == .unknown
  }

  /// The commit that introduced the current entry.
  package func introduction(of key: EntryKey) -> Provenance? {
    history.introduction(of: key).map(Self.provenance)
  }

  /// The commit that removed the entry; `nil` while it is declared.
  package func removal(of key: EntryKey) -> Provenance? {
    history.removal(of: key).map(Self.provenance)
  }

  /// The step that removed the entry; `nil` while it is declared or if it never did.
  package func removalStep(of key: EntryKey) -> Int? { history.intervals[key]?.last?.closed?.step }

  private static func provenance(of change: DeclaredChange) -> Provenance {
    Provenance(
      commit: change.step.commit,
      inner: change.inner?.commit,
      author: change.author.name,
      committed: change.step.committed,
      pullRequest: change.step.pullRequest,
      place: change.place
    )
  }

  /// To whom an account belongs that an address of ours leads to.
  package func relation(of account: Account, to address: EmailAddress) -> Relation {
    guard let intervals = history.intervals[.guest(address)], let first = intervals.first else {
      return .adopted
    }
    if journal?.made.contains(account.id) == true { return .ours }
    guard let created = account.created else { return .adopted }
    let isKnown = journal?.accounts[address] == account.id
    // A run that carried the entry out would know its account; without one nobody can tell.
    if let closed = intervals.last?.closed, !isKnown, created > clock.moment(of: closed.step),
      intervals.contains(where: { wasCarriedOut(.guest(address), in: $0) })
    {
      return .another
    }
    if first.startsAtBoundary { return .adopted }
    return created < clock.moment(of: first.opened.step) ? .adopted : .ours
  }

  package enum Relation: String, Hashable, Sendable {
    case ours
    /// It was there before the first commit that declared it: it belongs to others too.
    case adopted
    /// It was made outside after our removal: it has nothing to do with what we once declared.
    case another
  }
}
