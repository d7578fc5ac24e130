internal import Access

/// Finds for each entry the step of a chain that last changed it.
struct EntrySteps: Sendable {
  private let history: DeclarationHistory
  /// For each step, the nearest one before it that declares something for the tenant.
  private let before: [Int?]
  /// The step that brought today's policy: an entry that changed later is held to it whatever else
  /// it rests on.
  private let lastPolicyChange: Int

  init(_ history: DeclarationHistory) {
    self.history = history
    var last: Int?
    var before: [Int?] = []
    before.reserveCapacity(history.chain.count)
    for (number, step) in history.chain.enumerated() {
      before.append(last)
      if step.reading == .declares { last = number }
    }
    self.before = before
    lastPolicyChange =
      history.chain.indices.last {
        $0 > 0 && history.policyEpochs[$0] != history.policyEpochs[$0 - 1]
      } ?? 0
  }

  /// The step that last changed what the entry says or where, what a resource's side gives the
  /// guest, or what its bundles and its partner do.
  func step(of entry: GuestEntry) -> Int {
    let own = history.changed[.guest(entry.address)]
    guard var step = own else { return last }
    for grant in entry.grants where step <= lastPolicyChange {
      let key = EntryKey.grant(GrantKey(guest: entry.address, resource: grant.resource))
      step = max(step, history.changed[key] ?? 0)
      // What comes out of a bundle is given from the step on that put it there.
      step = max(step, history.intervals[key]?.last?.opened.step ?? 0)
    }
    return step
  }

  /// The step that last changed what `removed` says of an address, or where.
  func step(of removal: RemovalEntry) -> Int { history.removals[removal.address] ?? last }

  /// The nearest step before another that declares something for the tenant; a commit that does
  /// not parse, or for a while names another tenant, takes no policy away.
  func step(before step: Int) -> Int? { before.indices.contains(step) ? before[step] : nil }

  /// What is not known to be older counts as new.
  private var last: Int { max(0, history.chain.count - 1) }
}
