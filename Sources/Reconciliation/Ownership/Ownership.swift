package import Access

/// Says of every entry whether it was ever ours, of every account whether it belongs to others too,
/// and of every moment in the chain when it was (DESIGN section 5).
package func ownership(
  history: DeclarationHistory,
  applied: JournalRecord?,
  observed: TenantState,
  now: Moment
) -> Ownership {
  Ownership(history: history, journal: applied, observed: observed, now: now)
}

/// What was ever ours in a tenant.
///
/// Answers are computed when they are asked for, from a few sums over the chain, so that half a
/// million entries cost nothing until somebody asks about one of them.
package struct Ownership: Sendable {
  package let clock: ChainClock
  let history: DeclarationHistory
  let journal: JournalRecord?
  /// At each step, how many steps before it were applied by a run, and how many are merges.
  private let appliedBefore: [Int]
  private let mergesBefore: [Int]
  private let firstApplied: Int
  /// What is known of earlier runs.
  package let memory: Plan.Basis.Memory

  package init(
    history: DeclarationHistory,
    journal: JournalRecord?,
    observed: TenantState,
    now: Moment
  ) {
    self.history = history
    self.journal = journal
    clock = ChainClock(chain: history.chain, firstSeen: journal?.firstSeen ?? [:], now: now)
    let applied = Set(journal?.applied ?? [])
    var appliedBefore = [0]
    var mergesBefore = [0]
    var firstApplied = history.chain.count
    for (index, step) in history.chain.enumerated() {
      let isApplied = applied.contains(step.commit)
      if isApplied { firstApplied = min(firstApplied, index) }
      appliedBefore.append((appliedBefore.last ?? 0) + (isApplied ? 1 : 0))
      mergesBefore.append((mergesBefore.last ?? 0) + (step.isMerge ? 1 : 0))
    }
    self.appliedBefore = appliedBefore
    self.mergesBefore = mergesBefore
    self.firstApplied = firstApplied
    memory = Self.memory(journal, history: history, observed: observed, clock: clock)
  }

  private static func memory(
    _ journal: JournalRecord?,
    history: DeclarationHistory,
    observed: TenantState,
    clock: ChainClock
  ) -> Plan.Basis.Memory {
    if let journal {
      return journal.beginning == .afterLoss(isAccepted: false) ? .lost : .journal
    }
    // The sign of earlier runs: an account that was not there before the commit that declared it.
    for account in observed.accounts.values where account.userType == .guest {
      guard let created = account.created else { continue }
      for address in account.addresses {
        if let first = history.intervals[.guest(address)]?.first, !first.startsAtBoundary,
          clock.moment(of: first.opened.step) <= created
        {
          return .lost
        }
      }
    }
    return .firstRun
  }

  /// True if some commit declared the entry and a run applied a commit while it did, or gave it
  /// and was stopped before it was done.
  package func owns(_ key: EntryKey) -> Bool { owns(key, history.intervals[key] ?? []) }

  func owns(_ key: @autoclosure () -> EntryKey, _ intervals: [DeclaredInterval]) -> Bool {
    guard !intervals.isEmpty else { return false }
    for position in intervals.indices where wasApplied(intervals[position]) { return true }
    guard let journal else { return false }
    switch key() {
    case .guest(let address): return journal.accounts[address].map(journal.made.contains) ?? false
    case .grant(let grant): return (journal.grants[grant] ?? 0) > 0
    }
  }

  /// True if a run applied a commit while the interval lasted: by the journal's word or, where
  /// there is none for that time, because it holds a merge or lasted a day.
  package func wasApplied(_ interval: DeclaredInterval) -> Bool {
    let end = min(interval.closed?.step ?? history.chain.count, history.chain.count)
    let start = min(max(0, interval.opened.step), end)
    if appliedBefore[end] > appliedBefore[start] { return true }
    switch journal?.beginning {
    case .firstRun: return false
    // The lost journal ended before the present one began.
    case .afterLoss where start >= firstApplied: return false
    case .afterLoss, nil: break
    }
    if mergesBefore[end] > mergesBefore[start] { return true }
    return clock.moment(of: end) - clock.moment(of: start) >= .days(1)
  }

  /// When the entry that stands was introduced; re-adding within ninety days keeps the clock.
  package func introduced(_ key: EntryKey) -> Moment? {
    history.intervals[key].flatMap { introduced($0) }
  }

  func introduced(_ intervals: [DeclaredInterval]) -> Moment? {
    guard let last = intervals.indices.last else { return nil }
    var moment = clock.moment(of: intervals[last].opened.step)
    for position in intervals.indices.dropLast().reversed() {
      guard let closed = intervals[position].closed?.step,
        moment - clock.moment(of: closed) <= .days(90)
      else { break }
      moment = clock.moment(of: intervals[position].opened.step)
    }
    return moment
  }

  /// The commit that introduced the entry as it stands.
  package func introduction(of key: EntryKey) -> Provenance? {
    history.introduction(of: key).map(Self.provenance)
  }

  /// The commit that removed the entry; `nil` while it stands.
  package func removal(of key: EntryKey) -> Provenance? {
    history.removal(of: key).map(Self.provenance)
  }

  /// The step that removed the entry; `nil` while it stands or if it never did.
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

  /// The steps that no run has applied: those after the last applied one.
  var unappliedSteps: Range<Int> {
    let last = journal?.applied.compactMap { clock.step(of: $0) }.max()
    return (last.map { $0 + 1 } ?? 0)..<history.chain.count
  }

  /// To whom an account belongs that an address of ours leads to.
  package func relation(of account: Account, to address: EmailAddress) -> Relation {
    guard let intervals = history.intervals[.guest(address)], let first = intervals.first else {
      return .adopted
    }
    if journal?.made.contains(account.id) == true { return .ours }
    guard let created = account.created else { return .adopted }
    let isKnown = journal?.accounts[address] == account.id
    if let closed = intervals.last?.closed, !isKnown, created > clock.moment(of: closed.step) {
      return .another
    }
    if first.startsAtBoundary { return .adopted }
    return created < clock.moment(of: first.opened.step) ? .adopted : .ours
  }

  package enum Relation: String, Hashable, Sendable {
    case ours
    /// It was there before the first commit that declared it: it belongs to others too.
    case adopted
    /// Another hand made it after our removal: it has nothing to do with what we once declared.
    case another
  }
}
