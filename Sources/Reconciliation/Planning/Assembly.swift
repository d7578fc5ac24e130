package import Access

/// Brings the drafts into the plan's order and everything else beside them.
struct Assembly {
  let plan: Plan

  init(_ drafting: Drafting) {
    let input = drafting.input
    let kept = Selection(input.options, drafting.drafts).kept
    let actions = Self.ordered(drafting.drafts, kept)
    let isPartial = !input.options.targets.isEmpty || !input.options.only.isEmpty
    // What a part of a plan leaves out is not adopted by it either.
    let acting = isPartial ? Set(actions.map(\.guest)) : []
    plan = Plan(
      tenant: input.desired.tenant.id,
      commit: input.commit,
      moment: drafting.moment,
      tree: input.circumstances.tree,
      policyDigest: input.circumstances.policyDigest,
      toolVersion: input.circumstances.toolVersion,
      actions: actions,
      adoptions: drafting.adoptions.filter { !isPartial || acting.contains($0.guest) },
      withheld: drafting.withheld.sorted { $0.address < $1.address },
      findings: (drafting.findings + input.circumstances.noticed).sorted(by: Self.precedes),
      unchanged: drafting.unchanged,
      unmanaged: drafting.unmanaged,
      snapshots: Observation(input.observed, drafting.index, drafting.table, drafting.holdings)
        .snapshots(of: actions),
      upcoming: drafting.upcoming.sorted {
        ($0.moment, $0.guest, $0.kind.rawValue) < ($1.moment, $1.guest, $1.kind.rawValue)
      },
      basis: Plan.Basis(
        commits: input.history.chain.count,
        isShallow: input.history.isShallow,
        memory: drafting.ownership.memory
      ),
      isPartial: isPartial,
      cost: input.observed.cost
    )
  }

  /// By wave, those that wait last; inside by guest, then by what must come first.
  private static func ordered(_ drafts: [Draft], _ kept: [Int]) -> [Action] {
    let order = kept.map { PlanOrder(drafts[$0], at: $0) }.sorted().map(\.draft)
    var positions: [Int: Int] = [:]
    for (position, draft) in order.enumerated() { positions[draft] = position }
    return order.map { draft in
      var action = drafts[draft].action
      action.prerequisites = drafts[draft].prerequisites.compactMap { positions[$0] }.sorted()
      return action
    }
  }

  private static func precedes(_ left: PlanFinding, _ right: PlanFinding) -> Bool {
    if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
    if left.guest != right.guest {
      guard let one = left.guest, let other = right.guest else { return left.guest == nil }
      return one < other
    }
    if left.resource != right.resource { return PlanOrder.precedes(left.resource, right.resource) }
    if left.account != right.account {
      guard let one = left.account, let other = right.account else { return left.account == nil }
      return one < other
    }
    return left.detail < right.detail
  }
}

extension Action {
  /// The resource that is given or taken; `nil` for what is done to an account.
  package var resource: Resource? {
    switch operation {
    case .grant(let resource, _), .revoke(let resource, _): resource
    default: nil
    }
  }
}
