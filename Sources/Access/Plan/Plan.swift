/// What would make a tenant equal to a commit, and everything that speaks against it.
package struct Plan: Hashable, Sendable {
  package var tenant: TenantID
  package var commit: CommitID
  package var moment: Moment
  /// In the order of the waves; inside a wave ordered by guest.
  package var actions: [Action]
  package var withheld: [WithheldEntry]
  package var findings: [PlanFinding]
  package var guards: [GuardVerdict]
  package var unchanged: Int
  package var unmanaged: Int
  package var cost: ReadCost
  /// Digest over the actions and what they rest on, not over moments, costs and findings.
  package var digest: String

  package init(
    tenant: TenantID,
    commit: CommitID,
    moment: Moment,
    actions: [Action] = [],
    withheld: [WithheldEntry] = [],
    findings: [PlanFinding] = [],
    guards: [GuardVerdict] = [],
    unchanged: Int = 0,
    unmanaged: Int = 0,
    cost: ReadCost = ReadCost(),
    digest: String = ""
  ) {
    self.tenant = tenant
    self.commit = commit
    self.moment = moment
    self.actions = actions
    self.withheld = withheld
    self.findings = findings
    self.guards = guards
    self.unchanged = unchanged
    self.unmanaged = unmanaged
    self.cost = cost
    self.digest = digest
  }

  /// Positions of the actions that some guard holds back.
  package var heldBack: Set<Int> {
    Set(guards.lazy.filter { !$0.isAccepted }.flatMap(\.heldBack))
  }
}
