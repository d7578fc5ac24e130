package import Access

/// What the tenant says of a guest or a resource, and what the next run would do about it.
package struct TenantView: Hashable, Sendable {
  /// The guest's account; `nil` where there is none, or the question is about a resource.
  package var account: Account?
  /// Who holds what of the subject directly.
  package var held: [AccessRow]
  /// What the next run would do, with the guards that hold it back.
  package var actions: [Pending]
  package var findings: [PlanFinding]
  package var upcoming: [UpcomingStep]

  /// An action of the plan.
  package struct Pending: Hashable, Sendable {
    package var action: Action
    package var guards: [GuardVerdict]
  }

  /// Takes from a plan what concerns one guest.
  package init(of guest: EmailAddress, _ plan: Plan, _ observed: TenantState, _ rows: [AccessRow]) {
    account = observed.accounts.values.first { $0.addresses.contains(guest) }
    held = rows.filter { $0.guest == guest && $0.isHeld && $0.resource != nil }
    actions = Self.pending(plan) { $0.guest == guest }
    let id = account?.id
    findings = plan.findings.filter { $0.guest == guest || (id != nil && $0.account == id) }
    upcoming = plan.upcoming.filter { $0.guest == guest }
  }

  /// Takes from a plan what concerns some resources.
  package init(of fits: (Resource) -> Bool, _ plan: Plan, _ rows: [AccessRow]) {
    account = nil
    held = rows.filter { $0.isHeld && $0.resource.map(fits) ?? false }
    actions = Self.pending(plan) { action in
      switch action.operation {
      case .grant(let resource, _), .revoke(let resource, _): fits(resource)
      default: false
      }
    }
    findings = plan.findings.filter { $0.resource.map(fits) ?? false }
    upcoming = []
  }

  private static func pending(_ plan: Plan, _ concerns: (Action) -> Bool) -> [Pending] {
    plan.actions.enumerated().filter { concerns($0.element) }.map { position, action in
      Pending(
        action: action,
        guards: plan.guards.filter { !$0.isAccepted && $0.heldBack.contains(position) }
      )
    }
  }
}
