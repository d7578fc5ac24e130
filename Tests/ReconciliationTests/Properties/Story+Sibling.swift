import Access
import Reconciliation

@testable import Worlds

extension Story {
  mutating func foundSibling() {
    var other = World()
    other.desired.tenant.ownsAccounts = false
    other.desired.lifecycle.drift = .restore
    sibling = other
    declareInSibling()
  }

  mutating func declareInSibling() {
    for name in World.names where chance.hits(50) {
      sibling?.undeclare(name)
      if chance.hits(60) {
        sibling?.declare(name, chance.some(World.siblingResources, percent: 50))
      }
    }
    sibling?.now = world.now
    sibling?.commit()
  }

  /// A run of the other repository, which gives and takes its own grants and nothing else.
  mutating func runSibling() {
    if chance.hits(40) { declareInSibling() }
    guard var other = sibling else { return }
    (other.tenant, other.now) = (world.tenant, world.now)
    let plan = other.runAccepting()
    told.append("\(world.now) run of the other repository: \(plan.verbs)")
    let foreign = plan.actions.first { action in
      action.resource.map { !World.siblingResources.contains($0) } ?? true
    }
    if let foreign {
      siblingBroke =
        siblingBroke
        ?? "the other repository does more than grant: \(foreign.verb) \(foreign.guest)"
    }
    (world.tenant, world.now) = (other.tenant, other.now)
    sibling = other
  }
}
