package import Access
package import Journal
internal import Reconciliation

/// Who was declared to have what, from git, and who was given it, from the journal.
package struct AccessRecord: Sendable {
  private let history: DeclarationHistory
  private let clock: ChainClock
  /// At each step, how many before it were applied by a run; `nil` without a journal.
  private let appliedBefore: [Int]?
  /// The last write of ours that gave each entry and was not taken back by us.
  private let given: [EntryKey: JournalEvent]

  /// Joins a history with what a journal tells.
  ///
  /// - Parameters:
  ///   - history: The first-parent chain of the configured ref.
  ///   - journal: The journal's record of the tenant and ref; `nil` where there is none.
  ///   - events: The journal's events of whatever will be asked about, in the order of recording.
  ///   - now: The moment of asking.
  package init(
    history: DeclarationHistory,
    journal: JournalRecord?,
    events: [JournalEvent],
    now: Moment
  ) {
    self.history = history
    clock = ChainClock(chain: history.chain, firstSeen: journal?.firstSeen ?? [:], now: now)
    appliedBefore = journal.map { journal in
      let applied = Set(journal.applied)
      return history.chain.reduce(into: [0]) { sums, step in
        sums.append((sums.last ?? 0) + (applied.contains(step.commit) ? 1 : 0))
      }
    }
    given = Self.given(events)
  }

  private static func given(_ events: [JournalEvent]) -> [EntryKey: JournalEvent] {
    var given: [EntryKey: JournalEvent] = [:]
    for event in events {
      guard case .write(let intent, let outcome) = event.kind,
        outcome == .changed || outcome == .foundDone || outcome == .alreadyGone
      else { continue }
      let guest = EntryKey.guest(event.guest)
      let grant = intent.resource.map { EntryKey.grant(GrantKey(guest: event.guest, resource: $0)) }
      switch intent.step {
      case .invite, .restore: given[guest] = event
      case .delete: given[guest] = nil
      case .assign, .join, .requestPackage: if let grant { given[grant] = event }
      case .unassign, .leave, .removePackage: if let grant { given[grant] = nil }
      default: break
      }
    }
    return given
  }

  /// Why there is, or was, an entry.
  package func attribution(of key: EntryKey) -> Attribution {
    var attribution = Attribution(key: key, status: .neverDeclared)
    attribution.given = given[key]
    guard let interval = history.intervals[key]?.last else { return attribution }
    attribution.status = interval.closed == nil ? .declared : .undeclared
    attribution.introduced = origin(of: interval.opened)
    attribution.removed = interval.closed.flatMap(origin)
    attribution.wasApplied = wasApplied(interval)
    return attribution
  }

  private func origin(of edge: DeclaredInterval.Edge) -> Origin? {
    guard history.chain.indices.contains(edge.step) else { return nil }
    return Origin(
      step: history.chain[edge.step],
      moment: clock.moment(of: edge.step),
      inner: edge.inner,
      merged: edge.inner.flatMap { history.merged[$0] },
      place: edge.place
    )
  }

  private func wasApplied(_ interval: DeclaredInterval) -> Bool? {
    guard let appliedBefore else { return nil }
    let end = min(max(0, interval.closed?.step ?? history.chain.count), history.chain.count)
    let start = min(max(0, interval.opened.step), end)
    return appliedBefore[end] > appliedBefore[start]
  }

  /// The life of one guest: its own entry and every grant, from git and from the journal.
  ///
  /// Events are in the order of their moments; where those are equal, commits come before writes.
  package func life(of guest: EmailAddress, _ events: [JournalEvent]) -> [LifeEvent] {
    let keys = history.intervals.keys.filter { $0.guest == guest }
    return life(of: keys, events.filter { $0.guest == guest })
  }

  /// The life of one app: every grant of one of its roles, in the order of `life(of:_:)`.
  package func life(of app: AppID, _ events: [JournalEvent]) -> [LifeEvent] {
    func isOfApp(_ resource: Resource?) -> Bool {
      if case .appRole(app, _) = resource { true } else { false }
    }
    let keys = history.intervals.keys.filter { key in
      if case .grant(let grant) = key { isOfApp(grant.resource) } else { false }
    }
    let writes = events.filter { event in
      if case .write(let intent, _) = event.kind { isOfApp(intent.resource) } else { false }
    }
    return life(of: keys, writes)
  }

  private func life(of keys: [EntryKey], _ events: [JournalEvent]) -> [LifeEvent] {
    let declared = keys.sorted().flatMap(declarations)
      .sorted { $0.step < $1.step }.map(\.event)
    let journaled = events.map { event in
      var resource: Resource?
      if case .write(let intent, _) = event.kind { resource = intent.resource }
      return LifeEvent(
        moment: event.moment,
        guest: event.guest,
        resource: resource,
        kind: .journaled(event)
      )
    }
    // Swift's sort keeps the order of equals, and both parts are in their own order.
    return (declared + journaled).sorted { $0.moment < $1.moment }
  }

  private func declarations(of key: EntryKey) -> [(step: Int, event: LifeEvent)] {
    var resource: Resource?
    if case .grant(let grant) = key { resource = grant.resource }
    var events: [(step: Int, event: LifeEvent)] = []
    for (number, interval) in (history.intervals[key] ?? []).enumerated() {
      for (edge, isOpening) in [(interval.opened, true), (interval.closed, false)] {
        guard let edge, let origin = origin(of: edge) else { continue }
        let kind: LifeEvent.Kind =
          isOpening ? .declared(origin, isAgain: number > 0) : .undeclared(origin)
        events.append(
          (
            edge.step,
            LifeEvent(moment: origin.moment, guest: key.guest, resource: resource, kind: kind)
          )
        )
      }
    }
    return events
  }
}
