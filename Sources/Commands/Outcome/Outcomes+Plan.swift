internal import Access

extension Outcomes {
  /// What a plan comes to, as its apply would.
  init(_ checked: Checked<Plan>, detailed: Bool) {
    self.init()
    let plan = checked.value
    if checked.isStopped { insert(.invalid) }
    if plan.guards.contains(where: { !$0.isAccepted }) { insert(.heldBack) }
    if !plan.withheld.isEmpty { insert(.partial) }
    if detailed, !plan.actions.isEmpty { insert(.changes) }
  }
}
