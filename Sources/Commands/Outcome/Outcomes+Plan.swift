internal import Access

extension Outcomes {
  /// What a plan comes to, as its apply would.
  init(_ checked: Checked<Plan>, detailed: Bool) {
    self.init()
    let plan = checked.value
    // A fault of the catalog stops only what it concerns.
    if checked.isStopped { insert(.partial) }
    if plan.guards.contains(where: { !$0.isAccepted && !$0.isDeclined }) { insert(.heldBack) }
    let isUnwritable = plan.findings.contains { $0.kind == .unwritable }
    if !plan.withheld.isEmpty || isUnwritable { insert(.partial) }
    if detailed, !plan.actions.isEmpty { insert(.changes) }
  }
}
