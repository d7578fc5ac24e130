package import Access

/// Compares a commit with a tenant: the one function of DESIGN section 1.
package enum Planner {
  /// What would make the tenant equal to the commit, judged by every guard.
  ///
  /// A finding of severity `error` is a fault of the catalog that stops all writes: the plan then
  /// holds no action.
  package static func plan(_ input: PlanningInput) -> Checked<Plan> {
    let faults = CatalogCheck(input).findings
    guard !faults.contains(where: { $0.severity == .error }) else {
      return Checked(Assembly(Drafting(input)).plan, findings: faults)
    }
    var drafting = Drafting(input)
    drafting.collectLosses()
    drafting.decideDeclared()
    drafting.decideUndeclared()
    drafting.decideOrdered()
    drafting.decideUnmanaged()
    var plan = Assembly(drafting).plan
    plan.guards = Guards(plan, input, drafting.ownership).verdicts
    plan.digest = plan.computedDigest
    return Checked(plan, findings: faults)
  }
}
