package import Access

/// Says whether a plan still fits the tenant that it was made for.
package enum PlanFit {
  /// What must be read again to know whether a plan still fits.
  package static func scope(of plan: Plan) -> ObservationScope {
    var scope = ObservationScope(readsDeleted: true, readsGuests: false)
    for snapshot in plan.snapshots {
      switch snapshot.subject {
      case .address(let address): scope.addresses.insert(address)
      case .account(let id):
        scope.accounts.insert(id)
        if snapshot.facts[Fact.ties.rawValue] != nil { scope.ties.insert(id) }
        if snapshot.facts[Fact.sponsors.rawValue] != nil { scope.readsSponsors = true }
      case .grant(let id, let resource):
        scope.accounts.insert(id)
        scope.add(resource)
      case .resource(let resource): scope.add(resource)
      }
    }
    return scope
  }

  /// Every fact that a plan rests on and that is no longer so, in the order of the snapshots;
  /// empty where the plan fits.
  package static func compare(
    _ plan: Plan,
    with observed: TenantState,
    catalog: Catalog
  ) -> [Change] {
    let observation = Observation(observed, catalog: catalog)
    var changes: [Change] = []
    for snapshot in plan.snapshots {
      let names = Set(snapshot.facts.keys.compactMap(Fact.init(rawValue:)))
      let now = observation.facts(names, of: snapshot.subject)
      for (name, before) in snapshot.facts.sorted(by: { $0.key < $1.key }) {
        let after = now[name] ?? "unknown"
        if after != before {
          changes.append(
            Change(subject: snapshot.subject, fact: name, before: before, after: after)
          )
        }
      }
    }
    return changes
  }

  /// One fact that changed since a plan was made.
  package struct Change: Hashable, Sendable {
    package var subject: Snapshot.Subject
    package var fact: String
    package var before: String
    package var after: String
  }
}
