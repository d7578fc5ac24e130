package import Access

extension ObservationScope {
  /// What a plan needs to read first.
  ///
  /// Resources that only history knows are read too, so that what was given can be taken after its
  /// alias left the catalog.
  package init(
    planning desired: DesiredState,
    history: DeclarationHistory,
    readingSponsors: Bool = false
  ) {
    self.init(readsSponsors: readingSponsors)
    for app in desired.catalog.apps.values {
      apps.insert(app.id)
      groups.formUnion(app.via.values)
    }
    groups.formUnion(desired.catalog.groups.values.lazy.map(\.id))
    packages.formUnion(desired.catalog.packages.values.lazy.map(\.id))
    for guest in desired.guests + desired.withheld.compactMap(\.readable) {
      addresses.insert(guest.address)
      addresses.formUnion(guest.previously)
      if let pinned = guest.pinned { accounts.insert(pinned) }
    }
    addresses.formUnion(desired.withheld.lazy.map(\.address))
    addresses.formUnion(desired.removed.lazy.map(\.address))
    for (grant, intervals) in history.intervals.grants where intervals.last?.closed != nil {
      add(grant.resource)
    }
  }

  /// What remains to be read once a first reading has led to a plan, so that the next is whole.
  ///
  /// It is `nil` where nothing remains. The second reading is merged with the first
  /// (`TenantState.merging`), and planned with again.
  package init?(completing plan: Plan, _ input: PlanningInput) {
    self.init(readsGuests: false)
    let observed = input.observed
    known = Known(observed)
    for action in plan.actions {
      guard let id = action.account, let account = observed.accounts[id] else { continue }
      if account.ties == nil, action.verb == .block || action.verb == .delete { ties.insert(id) }
      if account.ties == nil, account.holdsDirectoryRole == nil { directoryRoles.insert(id) }
    }
    directoryRoles.subtract(ties)
    // A delete that is due only waits to know what depends on the account.
    for step in plan.upcoming where step.kind == .delete && step.moment <= plan.moment {
      if let id = step.account, observed.accounts[id]?.ties == nil { ties.insert(id) }
    }
    let declaredFaults = Set(input.desired.withheld.lazy.map(\.address))
    addresses = Set(
      plan.withheld.lazy.map(\.address).filter {
        !declaredFaults.contains($0) && !observed.lookedUp.contains($0)
      }
    )
    let invited = Set(plan.actions.lazy.filter { $0.verb == .invite }.map(\.guest))
    for guest in input.desired.guests where invited.contains(guest.address) {
      addresses.formUnion(guest.sponsors.filter { !observed.lookedUp.contains($0) })
    }
    accounts = Self.converted(input)
    if ties.isEmpty, directoryRoles.isEmpty, addresses.isEmpty, accounts.isEmpty { return nil }
  }

  /// Accounts of former guests that are in no list of guests any longer and still hold something:
  /// somebody made them members.
  private static func converted(_ input: PlanningInput) -> Set<UserID> {
    let observed = input.observed
    var former: Set<UserID> = []
    for (address, id) in input.journal?.accounts ?? [:] where observed.accounts[id] == nil {
      if input.history.intervals[.guest(address)]?.last?.closed != nil { former.insert(id) }
    }
    guard !former.isEmpty else { return [] }
    var holders: Set<UserID> = []
    for app in observed.apps.values {
      for case .user(let id) in app.assignments.lazy.map(\.principal) where former.contains(id) {
        holders.insert(id)
      }
    }
    for group in observed.groups.values { holders.formUnion(former.intersection(group.members)) }
    return holders
  }

  /// Reads a resource.
  mutating func add(_ resource: Resource) {
    switch resource {
    case .appRole(let id, _): apps.insert(id)
    case .group(let id): groups.insert(id)
    case .package(let id): packages.insert(id)
    }
  }
}
