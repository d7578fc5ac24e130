internal import Access

/// One look at a tenant, put so that single objects can be compared with another look.
struct Observation {
  private let observed: TenantState
  private let index: AccountIndex
  private let table: ResourceTable
  private let holdings: Holdings

  init(_ observed: TenantState, _ index: AccountIndex, _ table: ResourceTable, _ holdings: Holdings)
  {
    self.observed = observed
    self.index = index
    self.table = table
    self.holdings = holdings
  }

  /// Looks at a tenant anew.
  init(_ observed: TenantState, catalog: Catalog) {
    let index = AccountIndex(observed)
    var table = ResourceTable(catalog: catalog, observed: observed)
    let holdings = Holdings(index, observed: observed, table: &table)
    self.init(observed, index, table, holdings)
  }

  /// How every object that the actions touch is seen, ordered by subject.
  func snapshots(of actions: [Action]) -> [Snapshot] {
    var touched: [Snapshot.Subject: Set<Fact>] = [:]
    for action in actions {
      for (subject, facts) in Fact.restedOn(by: action) {
        touched[subject, default: []].formUnion(facts)
      }
    }
    return touched.keys.sorted().map { subject in
      Snapshot(subject, facts: self.facts(touched[subject] ?? [], of: subject))
    }
  }

  func facts(_ facts: Set<Fact>, of subject: Snapshot.Subject) -> [String: String] {
    var values: [String: String] = [:]
    for fact in facts { values[fact.rawValue] = value(fact, of: subject) }
    return values
  }

  private func value(_ fact: Fact, of subject: Snapshot.Subject) -> String {
    switch subject {
    case .address(let address): lead(address)
    case .account(let id): value(fact, ofAccount: id)
    case .grant(let id, let resource): held(id, resource)
    case .resource(let resource): target(resource)
    }
  }

  private func lead(_ address: EmailAddress) -> String {
    switch index.match(address, pinned: nil, known: nil) {
    case .none: "nothing"
    case .live(let position): index.id(at: position).description
    case .deleted(let item): "deleted \(item.account.id)"
    case .further(let positions):
      positions.map { index.id(at: $0).description }.sorted().joined(separator: " ")
    case .conflict(_, let ids): ids.map(\.description).joined(separator: " ")
    }
  }

  private func value(_ fact: Fact, ofAccount id: UserID) -> String {
    let live = index.position(of: id).map { index.account(at: $0) }
    guard let account = live ?? observed.deleted?[id]?.account else {
      return fact == .presence ? "gone" : "unknown"
    }
    switch fact {
    case .presence: return live == nil ? "deleted" : "present"
    case .enabled: return account.isEnabled ? "yes" : "no"
    case .kind: return "\(account.isExternal ? "external" : "local") \(account.userType)"
    case .redemption: return account.redemption.map { "\($0)" } ?? "none"
    case .sponsors:
      return account.sponsors?.map(\.description).sorted().joined(separator: " ") ?? "unknown"
    case .ties:
      guard let ties = account.ties else { return "unknown" }
      return [
        ties.holdsDirectoryRole ? "directory role" : nil,
        ties.ownsObjects ? "owned objects" : nil,
        ties.holdsUnmanagedAccess ? "other access" : nil,
      ].compactMap { $0 }.joined(separator: ", ")
    case .lead, .held, .target: return "unknown"
    }
  }

  private func held(_ id: UserID, _ resource: Resource) -> String {
    guard let position = index.position(of: id), let number = table.known(resource) else {
      return "no"
    }
    let targets = holdings.targets(id, at: position, resource, number)
    if targets.isEmpty { return "no" }
    return targets.map { target in
      switch target {
      case .assignment(_, let id): id
      case .membership: "member"
      case .package(let id): id.description
      }
    }.joined(separator: " ")
  }

  private func target(_ resource: Resource) -> String {
    guard let number = table.known(resource), let target = table.target(table.physical(number))
    else { return "absent" }
    switch target {
    case .role(let principal, let role): return "\(principal) \(role)"
    case .membership(let group):
      return observed.groups[group]?.obstacle.map { "\(group) \($0)" } ?? group.description
    case .package(let package, let policy): return "\(package) \(policy)"
    }
  }
}
