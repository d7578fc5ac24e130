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

  /// The objects that an action touches, with what it takes for granted of each.
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
