internal import Access

/// Makes a plan of the decisions over single guests.
struct PlanBuilder {
  private let input: PlanningInput
  private var actions: [PendingAction] = []
  private var findings: [PlanFinding] = []
  private var skipped: [WithheldEntry]
  private var upcoming: [UpcomingStep] = []
  private var adoptions: [Adoption] = []
  private var lost: [UserID: EmailAddress] = [:]
  private var skippedEntries: Set<EntryKey>
  private var unchanged = 0
  private var unmanaged = 0

  init(_ input: PlanningInput) {
    self.input = input
    skipped = input.desired.withheld
    skippedEntries = Set(skipped.map { .guest($0.address) })
    findings = input.circumstances.noticed
  }

  mutating func add(_ decision: GuestDecision) {
    let first = actions.count
    for var action in decision.actions {
      action.prerequisites = action.prerequisites.map { $0 + first }
      actions.append(action)
    }
    findings += decision.findings
    upcoming += decision.upcoming
    if let entry = decision.skipped { skipped.append(entry) }
    if decision.adopts, let account = decision.guest.account {
      let guest = decision.guest
      adoptions.append(Adoption(guest: guest.address, partner: guest.partner, account: account))
    }
    if let account = decision.lost { lost[account] = decision.guest.address }
    skippedEntries.formUnion(decision.skippedEntries)
    unchanged += decision.unchanged
    unmanaged += decision.unmanaged
  }

  mutating func add(_ finding: PlanFinding) { findings.append(finding) }

  /// The plan, not judged yet, with the entry that each action asks about, by position.
  func finish(_ index: TenantIndex) -> (plan: Plan, asks: [EntryKey?]) {
    let order = selected.map { PlanOrder(actions[$0], at: $0) }.sorted().map(\.position)
    var positions: [Int: Int] = [:]
    for (position, pending) in order.enumerated() { positions[pending] = position }
    let ordered = order.map { pending in
      var action = actions[pending].action
      action.prerequisites = actions[pending].prerequisites.compactMap { positions[$0] }.sorted()
      return action
    }
    let circumstances = input.circumstances
    var plan = Plan(
      tenant: input.desired.tenant.id,
      commit: input.commit,
      moment: input.moment,
      tree: circumstances.tree,
      policyDigest: circumstances.policyDigest,
      toolVersion: circumstances.toolVersion,
      actions: ordered,
      withheld: skipped.sorted { $0.address < $1.address },
      findings: findings.sorted(by: PlanFinding.inOrder),
      unchanged: unchanged,
      unmanaged: unmanaged,
      snapshots: Observation(index).snapshots(of: ordered),
      upcoming: upcoming.sorted {
        ($0.moment, $0.guest, $0.kind.rawValue) < ($1.moment, $1.guest, $1.kind.rawValue)
      },
      basis: Plan.Basis(
        commits: input.history.chain.count,
        isShallow: input.history.isShallow,
        hasJournal: input.journal != nil,
        leftFirstParents: circumstances.hasAppliedAncestor
      ),
      isPartial: input.options.isPartial || !input.desired.isUsable,
      cost: input.observed.cost
    )
    plan.adoptions = adoptions.sorted { $0.guest < $1.guest }
    plan.lost = lost
    plan.skippedEntries = skippedEntries
    plan.hasSkippedGrants = input.desired.guests.contains { !$0.skippedGrants.isEmpty }
    return (plan, order.map { actions[$0].asks })
  }

  /// Positions of the actions that stay in the plan: those that the options and the faults of the
  /// commit let through, without whatever waits for one that they do not.
  private var selected: [Int] {
    let (options, isUsable) = (input.options, input.desired.isUsable)
    guard options.isPartial || !isUsable else { return Array(actions.indices) }
    var isKept = actions.map {
      options.includes($0.action) && (isUsable || $0.action.isPossibleInUnusableCommit)
    }
    // A prerequisite always comes before what waits for it.
    for (position, action) in actions.enumerated()
    where action.prerequisites.contains(where: { !isKept[$0] }) {
      isKept[position] = false
    }
    return actions.indices.filter { isKept[$0] }
  }
}

extension Action {
  /// True for what is done even where the commit cannot be used as a whole: a declared block, and what
  /// an end date that has passed takes.
  fileprivate var isPossibleInUnusableCommit: Bool {
    switch reason {
    case .declaredBlocked: verb == .block
    case .expired: verb == .block || verb == .revoke
    default: false
    }
  }
}

extension PlanFinding {
  /// By kind, then by whom and what it is about.
  fileprivate static func inOrder(_ left: Self, _ right: Self) -> Bool {
    if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
    if left.guest != right.guest { return precedes(left.guest, right.guest) }
    if left.resource != right.resource { return precedes(left.resource, right.resource) }
    if left.account != right.account { return precedes(left.account, right.account) }
    return left.detail < right.detail
  }
}

/// `nil` comes first.
func precedes<Value: Comparable>(_ left: Value?, _ right: Value?) -> Bool {
  guard let right else { return false }
  return left.map { $0 < right } ?? true
}
