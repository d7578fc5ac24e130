internal import Access

/// One thing about an object that an action can rest on.
enum Fact: String, Hashable, Sendable, CaseIterable {
  /// Where an address leads.
  case lead
  case presence, enabled, kind, redemption, sponsors, ties
  /// By which object an account holds a resource.
  case held
  /// What a resource is in the tenant.
  case target

  /// The objects that an action touches, with what it assumes of each.
  static func restedOn(by action: Action) -> [(Snapshot.Subject, Set<Fact>)] {
    var facts: [(Snapshot.Subject, Set<Fact>)] = []
    if action.verb == .invite { facts.append((.address(action.guest), [.lead])) }
    if let account = action.account {
      facts.append((.account(account), ofAccount(action.verb)))
      if let resource = action.resource { facts.append((.grant(account, resource), [.held])) }
    }
    if let resource = action.resource, action.verb == .grant {
      facts.append((.resource(resource), [.target]))
    }
    return facts
  }

  private static func ofAccount(_ verb: Action.Verb) -> Set<Fact> {
    switch verb {
    case .resend, .resetRedemption: [.presence, .enabled, .kind, .redemption]
    case .addSponsor, .removeSponsor: [.presence, .kind, .sponsors]
    case .delete: [.presence, .enabled, .kind, .ties]
    case .block, .unblock, .restore: [.presence, .enabled, .kind]
    case .grant, .revoke, .invite: [.presence, .kind]
    }
  }
}

/// What the actions of a plan rest on, in words.
struct Observation {
  private let index: TenantIndex

  init(_ index: TenantIndex) { self.index = index }

  /// How every object that the actions touch was seen, ordered by subject.
  func snapshots(of actions: [Action]) -> [Snapshot] {
    var touched: [Snapshot.Subject: Set<Fact>] = [:]
    for action in actions {
      for (subject, facts) in Fact.restedOn(by: action) {
        touched[subject, default: []].formUnion(facts)
      }
    }
    return touched.keys.sorted().map { subject in
      var values: [String: String] = [:]
      for fact in touched[subject] ?? [] { values[fact.rawValue] = value(fact, of: subject) }
      return Snapshot(subject, facts: values)
    }
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
    switch index.match(address) {
    case .none: "nothing"
    case .live(let id), .elsewhere(let id): id.description
    case .deleted(let id): "deleted \(id)"
    case .further(let ids), .conflict(_, let ids): ids.map(\.description).joined(separator: " ")
    }
  }

  private func value(_ fact: Fact, ofAccount id: UserID) -> String {
    let live = index.account(id)
    guard let account = live ?? index.state.deleted?[id]?.account else {
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
    let targets = index.targets(of: resource, heldBy: id)
    if targets.isEmpty { return "no" }
    return targets.map { target in
      if case .membership = target { "member" } else { target.text }
    }.joined(separator: " ")
  }

  private func target(_ resource: Resource) -> String {
    switch index.resources.availability(of: resource) {
    case .given(.role(let principal, let role)): "\(principal) \(role)"
    case .given(.membership(let group)): group.description
    case .given(.package(let package, let policy)): "\(package) \(policy)"
    case .missing, .unwritable: "absent"
    }
  }
}
