package import Access

/// Which rules of a policy let somebody have something, in sentences with data in backquotes.
package struct PolicyReasons: Sendable {
  private let policy: Policy
  private let names: [Resource: String]

  package init(_ policy: Policy) {
    self.policy = policy
    names = PolicySettings.aliases(policy.catalog)
  }

  /// What allows a grant of a guest.
  package func permission(for grant: GrantEntry, of guest: GuestEntry) -> String {
    guard let partner = policy.partners[guest.partner] else { return "no partner has the domain" }
    let name = "partner `\(guest.partner)`"
    let exceptions = policy.exceptions.filter { $0.guest == guest.address && $0.rule == .allows }
    guard let allows = partner.allows else { return "\(name) sets no `allows`" }
    if allows.contains(grant.resource) {
      return "allowed by \(name) as `\(pattern(of: grant.resource, in: allows))`"
    }
    if let exception = exceptions.first {
      return "excepted until \(exception.until.lastDay): `\(exception.reason)`"
    }
    return "\(name) does not allow it"
  }

  /// The pattern of `allows` that has a resource.
  private func pattern(of resource: Resource, in allowance: Allowance) -> String {
    switch resource {
    case .appRole(let app, let role):
      if allowance.anyApp { return "*" }
      let name = names[.appRole(app, .defaultAccess)] ?? "\(app)"
      return allowance.roles[app].flatMap(\.self) == nil ? "\(name):*" : "\(name):\(role)"
    case .group(let group):
      return allowance.anyGroup ? "*" : names[resource] ?? "\(group)"
    case .package(let package):
      return allowance.anyPackage ? "*" : names[resource] ?? "\(package)"
    }
  }

  /// What the rules say of a guest besides single grants: limits, requirements, exceptions,
  /// protection.
  package func rules(for guest: GuestEntry) -> [String] {
    var rules: [String] = []
    if let partner = policy.partners[guest.partner] {
      let name = "partner `\(guest.partner)`"
      if let stay = partner.stay {
        rules.append("\(name) limits a stay to \(stay.seconds / 86_400) days")
      }
      if !partner.requires.isEmpty {
        let keys = partner.requires.map { "`\($0.rawValue)`" }.sorted().joined(separator: ", ")
        rules.append("\(name) requires \(keys)")
      }
    }
    for exception in policy.exceptions where exception.guest == guest.address {
      rules.append(
        "excepted from `\(exception.rule.rawValue)` until \(exception.until.lastDay): "
          + "`\(exception.reason)`"
      )
    }
    if policy.limits.protected.contains(guest.address) {
      rules.append("`guards.protected` names this guest: nothing is taken away")
    }
    return rules
  }

  /// Who is given an app, a group or a package by rule, who may be, and what it may not go with.
  package func rules(over fits: (Resource) -> Bool) -> [String] {
    func spelled(_ resource: Resource) -> String {
      switch resource {
      case .appRole(let app, let role):
        "\(names[.appRole(app, .defaultAccess)] ?? "\(app)"):\(role)"
      case .group, .package: names[resource] ?? "\(resource)"
      }
    }
    var rules: [String] = []
    for (name, bundle) in policy.bundles.sorted(by: { $0.key < $1.key }) {
      let given = bundle.grants.filter { fits($0.resource) }.map { "`\(spelled($0.resource))`" }
      if !given.isEmpty { rules.append("bundle `\(name)` gives \(given.joined(separator: ", "))") }
    }
    for (name, partner) in policy.partners.partners.sorted(by: { $0.key < $1.key }) {
      let bundles = Set(
        partner.included.filter { fits($0.resource) }.compactMap { grant -> String? in
          if case .partner(_, let bundle) = grant.origin { bundle } else { nil }
        }
      )
      for bundle in bundles.sorted() {
        rules.append("every guest of partner `\(name)` gets bundle `\(bundle)`")
      }
    }
    for separation in policy.separations where separation.contains(where: fits) {
      let list = separation.map { "`\(spelled($0))`" }.sorted().joined(separator: " and ")
      rules.append("nobody may hold \(list) together")
    }
    return rules
  }
}
