internal import Access

extension DeclarationChange {
  /// What changes with the same risk are listed under.
  enum Heading: Hashable, CaseIterable {
    case loosenedAndUsed, loosened, repointed, pinned, orders, exclusive, addresses, roles, invited
    case noLongerSkipped, given, unblocked, returned, extended, restarted, starts, sponsors
    case blocked, removed, taken, shortened, rules, details, skipped, heldBack

    var title: String {
      switch self {
      case .loosenedAndUsed: "Uses a rule that the same change loosens"
      case .loosened: "Rules and guards loosened"
      case .repointed: "Names pointed elsewhere"
      case .pinned: "Accounts pinned"
      case .orders: "Removal of undeclared access"
      case .exclusive: "Made exclusive"
      case .addresses: "Addresses changed"
      case .roles: "Roles changed"
      case .invited: "New guests"
      case .noLongerSkipped: "No longer skipped"
      case .given: "Access given"
      case .unblocked: "Unblocked"
      case .returned: "Given back"
      case .extended: "Extended"
      case .restarted: "Stay starts again"
      case .starts: "Start changed"
      case .sponsors: "Sponsors changed"
      case .blocked: "Blocked"
      case .removed: "Guests removed"
      case .taken: "Access taken away"
      case .shortened: "Shortened"
      case .rules: "Other rules and names"
      case .details: "Details"
      case .skipped: "Skipped (nothing new is given)"
      case .heldBack: "Held back by guards, as far as this shows without the tenant"
      }
    }

    /// `2 guests removed`.
    func counted(_ count: Int) -> String {
      func nouns(_ one: String, _ many: String? = nil) -> String { Wording.count(count, one, many) }
      return switch self {
      case .loosenedAndUsed: nouns("use of a loosened rule", "uses of loosened rules")
      case .loosened: nouns("rule loosened", "rules loosened")
      case .repointed: nouns("name pointed elsewhere", "names pointed elsewhere")
      case .pinned: nouns("account pinned", "accounts pinned")
      case .orders: nouns("removal of undeclared access", "removals of undeclared access")
      case .exclusive: nouns("resource made exclusive", "resources made exclusive")
      case .addresses: nouns("address changed", "addresses changed")
      case .roles: nouns("role changed", "roles changed")
      case .invited: nouns("new guest")
      case .noLongerSkipped: nouns("guest no longer skipped", "guests no longer skipped")
      case .given: nouns("guest given more", "guests given more")
      case .unblocked: "\(count) unblocked"
      case .returned: "\(count) given back"
      case .extended: "\(count) extended"
      case .restarted: nouns("stay starts again", "stays start again")
      case .starts: nouns("start changed", "starts changed")
      case .sponsors: nouns("sponsor changed", "sponsors changed")
      case .blocked: "\(count) blocked"
      case .removed: nouns("guest removed", "guests removed")
      case .taken: nouns("guest loses access", "guests lose access")
      case .shortened: "\(count) shortened"
      case .rules: nouns("other rule", "other rules")
      case .details: nouns("detail")
      case .skipped: "\(count) skipped"
      case .heldBack: "\(count) held back"
      }
    }

    /// Whether a reviewer must look before anything else.
    var isHighRisk: Bool {
      switch self {
      case .loosenedAndUsed, .loosened, .repointed, .pinned, .orders, .exclusive, .addresses,
        .roles:
        true
      default: false
      }
    }

    var direction: ChangeKind.Direction {
      switch self {
      case .invited, .noLongerSkipped, .given, .unblocked, .returned, .extended, .restarted: .gives
      case .orders, .exclusive, .blocked, .removed, .taken, .shortened: .takes
      case .loosenedAndUsed, .loosened, .repointed, .pinned, .addresses, .roles, .starts,
        .sponsors, .rules, .details, .skipped, .heldBack:
        .changes
      }
    }

    var look: TerminalStyle.Look {
      switch self {
      case .loosenedAndUsed, .loosened, .repointed, .heldBack: .error
      case .skipped: .warning
      default: direction.look
      }
    }
  }
}

extension DeclarationChange.Effect {
  var heading: DeclarationChange.Heading {
    switch self {
    case .usesLoosenedRule: .loosenedAndUsed
    case .loosens: .loosened
    case .repoints: .repointed
    case .pinsAccount: .pinned
    case .ordersRemoval: .orders
    case .makesExclusive: .exclusive
    case .changesAddress: .addresses
    case .changesRoles: .roles
    case .invites: .invited
    case .isNoLongerSkipped: .noLongerSkipped
    case .gives: .given
    case .unblocks: .unblocked
    case .returns: .returned
    case .extends: .extended
    case .restartsStay: .restarted
    case .changesStart: .starts
    case .changesSponsors: .sponsors
    case .blocks: .blocked
    case .removes: .removed
    case .takes: .taken
    case .shortens: .shortened
    case .changesRule: .rules
    case .changesDetails: .details
    case .skips: .skipped
    case .isHeldBack: .heldBack
    }
  }

  /// What happens, in a sentence of our own in which data that people chose is in backquotes.
  func words(_ glossary: Glossary) -> String {
    func names(_ resources: [Resource]) -> String {
      resources.map { "`\(glossary.name(of: $0))`" }.sorted().joined(separator: ", ")
    }
    func roles(_ roles: [RoleValue]) -> String {
      roles.map { "`\($0)`" }.joined(separator: ", ")
    }
    func people(_ addresses: [EmailAddress]) -> String {
      addresses.isEmpty ? "nobody" : addresses.map { "`\($0)`" }.joined(separator: ", ")
    }
    func ofGrant(_ resource: Resource?) -> String {
      resource.map { "`\(glossary.name(of: $0))` " } ?? ""
    }
    switch self {
    case .usesLoosenedRule(let resource, let rule):
      return (resource.map { "`\(glossary.name(of: $0))`; " } ?? "") + "before: \(rule)"
    case .loosens(let sentence), .repoints(let sentence), .makesExclusive(let sentence),
      .changesRule(let sentence):
      return sentence
    case .pinsAccount(let account): return account.map { "to account `\($0)`" } ?? "to no account"
    case .ordersRemoval(.account, let reason): return "the account and its access: `\(reason)`"
    case .ordersRemoval(.grants, let reason): return "the access: `\(reason)`"
    case .changesAddress(let former): return "was `\(former)`"
    case .changesRoles(let app, let old, let new):
      return "`\(glossary.name(of: app))`: \(roles(old)) → \(roles(new))"
    case .invites(let resources, let end):
      let access = resources.isEmpty ? "no access" : names(resources)
      return end == .never ? access : "\(access), \(end.words)"
    case .isNoLongerSkipped(let resources):
      return resources.isEmpty ? "no access" : names(resources)
    case .gives(let resources), .takes(let resources): return names(resources)
    case .unblocks: return "sign-in is allowed again"
    case .returns(let day): return "as of \(Wording.day(day))"
    case .extends(let resource, let old, let new), .shortens(let resource, let old, let new):
      return "\(ofGrant(resource))\(old.words) → \(new.words)"
    case .restartsStay(let end): return "\(end.words), counted from this merge"
    case .changesStart(let old, let new):
      return "\(old.map(Wording.day) ?? "at once") → \(new.map(Wording.day) ?? "at once")"
    case .changesSponsors(let old, let new): return "\(people(old)) → \(people(new))"
    case .blocks(let reason): return "sign-in is blocked: `\(reason)`"
    case .removes(let resources):
      return resources.isEmpty ? "had no access" : "losing \(names(resources))"
    case .changesDetails(let keys): return keys.map { "`\($0)`" }.joined(separator: ", ")
    case .skips(let grant, let reason): return (grant.map { "`\($0)`: " } ?? "") + reason
    case .isHeldBack(let name, let sentence): return "guard `\(name.rawValue)`: \(sentence)"
    }
  }
}

extension DeclaredEnd {
  /// `until 31 Mar 2027`, `for 90 days`.
  var words: String {
    switch self {
    case .never: "no end date"
    case .after(let span): "for \(Wording.count(Int(span.seconds / 86_400), "day"))"
    case .at(let end): "until \(Wording.lastDay(before: end))"
    }
  }
}
