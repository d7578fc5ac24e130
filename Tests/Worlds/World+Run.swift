import Access
import Reconciliation

extension World {
  /// What `guestlist block` does.
  mutating func blockForIncident(_ id: UserID) {
    tenant.change(id) { $0.isEnabled = false }
    let now = self.now
    journal?.blocks[id] = now
    journal?.blockCauses[id] = .incident
    journal?.incidents[id] = now
  }

  /// Runs with every guard accepted that can be.
  mutating func runAccepting(_ permitted: (Int) -> Bool = { _ in true }) -> Plan {
    options.accepted = []
    if journal == nil { journal = JournalRecord() }
    var plan = self.plan()
    if !plan.guards.isEmpty {
      options.accepted = plan.acceptances
      plan = self.plan()
    }
    carryOut(plan, permitted)
    return plan
  }

  /// Who can sign in and holds what, by address; identifiers of objects omitted.
  var signature: [String] {
    tenant.state.accounts.values.map { account in
      let held = World.resources.filter { tenant.holds(account.id, $0) }.map(\.short)
      let address = account.addresses.min()?.normalised ?? "?"
      return "\(address) \(account.userType) \(account.isEnabled) \(held.sorted())"
    }.sorted()
  }
}

extension Plan {
  /// The answers that release everything that can be released.
  var acceptances: Set<PlanningOptions.Acceptance> {
    Set(
      guards.compactMap { verdict in
        verdict.digest.map { PlanningOptions.Acceptance(verdict.name, digest: $0) }
      }
    )
  }
}
