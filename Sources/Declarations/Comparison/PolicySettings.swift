package import Access

/// A policy as a list of settings, each under the path of its key and with its value as somebody
/// would write it.
struct PolicySettings {
  /// What a setting says.
  enum Value: Hashable {
    case text(String?)
    /// Items whose order means nothing.
    case items(Set<String>)
  }

  private(set) var values: [String: Value] = [:]
  /// The names that the policy gives, by the section that gives them.
  private(set) var names: [String: Set<String>] = [:]
  /// What a name of an app, a group or a package leads to, by its path.
  private(set) var pointers: [String: String] = [:]
  private let policy: Policy
  private let aliases: [Resource: String]

  /// Lists the settings of a policy; what an earlier one has a name for is called by that, so that
  /// a new name alone changes nothing.
  ///
  /// What the bundles in `left` give is not listed.
  init(_ policy: Policy, after earlier: Policy? = nil, without left: Set<String> = []) {
    self.policy = policy
    let known = earlier.map { Self.aliases($0.catalog) } ?? [:]
    aliases = Self.aliases(policy.catalog).merging(known) { $1 }
    addTenant()
    addSettings()
    addGuards()
    addCatalog()
    for (name, bundle) in policy.bundles where !left.contains(name) {
      items("bundles.\(name)", bundle.grants.map { written($0.resource, $0.ends) })
    }
    for (name, partner) in policy.partners.partners {
      add(partner, at: "partners.\(name)")
      let included = partner.included.filter { grant in
        if case .partner(_, bundle: let name) = grant.origin { !left.contains(name) } else { true }
      }
      items("partners.\(name).includes", included.map { written($0.resource, $0.ends) })
    }
    names = [
      "app": Set(policy.catalog.apps.keys), "group": Set(policy.catalog.groups.keys),
      "package": Set(policy.catalog.packages.keys), "bundle": Set(policy.bundles.keys),
      "partner": Set(policy.partners.partners.keys.map(\.text)),
    ]
  }

  private mutating func text(_ path: String, _ value: String?) { values[path] = .text(value) }
  private mutating func text(_ path: String, _ value: Bool) { text(path, value ? "true" : "false") }
  private mutating func text(_ path: String, _ value: Int) { text(path, "\(value)") }
  private mutating func text(_ path: String, _ span: Moment.Span?, none: String? = nil) {
    text(path, span.map { Self.written($0) } ?? none)
  }
  private mutating func items(_ path: String, _ items: [String]) {
    values[path] = .items(Set(items))
  }

  // MARK: - The parts of a policy

  private mutating func addTenant() {
    text("tenant.id", "\(policy.tenant.id)")
    text("tenant.name", policy.tenant.name)
    items("tenant.domains", Array(policy.tenant.domains))
    text("tenant.cloud", policy.tenant.cloud.rawValue)
    text("tenant.ref", policy.tenant.ref)
    text("tenant.accounts", policy.tenant.ownsAccounts ? "here" : "elsewhere")
    items("formerly", policy.formerly)
  }

  private mutating func addSettings() {
    items("defaults.sponsor", policy.defaults.sponsors.map(\.normalised))
    add(policy.defaults.invitation, at: "defaults.invitation")
    let lifecycle = policy.lifecycle
    text("lifecycle.block", lifecycle.block)
    text("lifecycle.deleteAfter", lifecycle.deleteAfter, none: "never")
    text("lifecycle.resendAfter", lifecycle.resendAfter, none: "never")
    text("lifecycle.resendLimit", lifecycle.resendLimit)
    text("lifecycle.reviewEvery", lifecycle.reviewEvery, none: "never")
    text("lifecycle.warnBefore", lifecycle.warnBefore)
    text("lifecycle.drift", lifecycle.drift.rawValue)
    text("trust.require", policy.trust.requirement.rawValue)
    items("trust.signers", policy.trust.signers)
    items(
      "rules.separation",
      policy.separations.map { $0.map { written($0) }.sorted().joined(separator: " with ") }
    )
    items(
      "exceptions",
      policy.exceptions.map { "\($0.guest) from \($0.rule.rawValue) until \($0.until.lastDay)" }
    )
    text("links.commit", policy.links.commit)
    text("links.pull", policy.links.pull)
    text("links.file", policy.links.file)
    text("suspend", policy.suspension.map { "until \($0.until.lastDay): \($0.reason)" })
    for rule in policy.authority?.rules ?? [] {
      items(
        "authority.\(rule.glob.text)",
        (rule.anyPartner ? ["partners: *"] : rule.partners.map { "partner \($0)" })
          + written(rule.allowance)
      )
    }
    text("authority", policy.authority == nil ? "any path" : "by path")
  }

  private mutating func addGuards() {
    let limits = policy.limits
    text("guards.removals.guests", limits.removedGuests)
    text("guards.removals.percent", limits.removedPercent)
    text("guards.removals.floor", limits.removedFloor)
    text("guards.expiries.guests", limits.expiredGuests)
    text("guards.invitations.guests", limits.invitedGuests)
    text("guards.grants.count", limits.grants)
    text("guards.identityChanges.guests", limits.identityChanges)
    text("guards.loosened", limits.loosened.rawValue)
    items("guards.protected", limits.protected.map(\.normalised))
  }

  private mutating func addCatalog() {
    for (name, app) in policy.catalog.apps {
      pointers["app \(name)"] = "\(app.id)"
      text("apps.\(name).name", app.name)
      text("apps.\(name).exclusive", Self.exclusive(app.exclusiveFrom))
      items("apps.\(name).via", app.via.map { "\($0.key): \(written(.group($0.value)))" })
      items("apps.\(name).roles", (policy.roles[app.id] ?? []).map(\.text))
    }
    for (name, group) in policy.catalog.groups {
      pointers["group \(name)"] = "\(group.id)"
      text("groups.\(name).name", group.name)
      text("groups.\(name).exclusive", Self.exclusive(group.exclusiveFrom))
    }
    for (name, package) in policy.catalog.packages {
      pointers["package \(name)"] = "\(package.id)"
      text("packages.\(name).name", package.name)
      text("packages.\(name).policy", "\(package.policy)")
    }
  }

  private mutating func add(_ partner: PartnerPolicy, at path: String) {
    text("\(path).name", partner.partner.title)
    items("\(path).domains", partner.partner.domains)
    items("\(path).sponsor", partner.partner.sponsors.map(\.normalised))
    text("\(path).accounts", partner.partner.accounts.rawValue)
    add(partner.invitation, at: "\(path).invitation")
    items("\(path).allows", partner.allows.map(written) ?? ["anything"])
    text("\(path).limits.stay", partner.stay)
    text("\(path).limits.guests", partner.guestLimit.map { "\($0)" })
    items("\(path).requires", partner.requires.map(\.rawValue))
  }

  private mutating func add(_ invitation: InvitationOverrides, at path: String) {
    text("\(path).redirect", invitation.redirect)
    text("\(path).send", invitation.send.map { $0 ? "true" : "false" })
    text("\(path).language", invitation.language)
    text("\(path).cc", invitation.cc?.normalised)
  }

  // MARK: - Values as they are written

  private static func written(_ span: Moment.Span) -> String {
    span.seconds % 86_400 == 0 ? "\(span.seconds / 86_400)d" : "\(span.seconds)s"
  }

  private static func exclusive(_ from: Moment?) -> String? {
    guard let from else { return nil }
    let day = CalendarDay(containing: from)
    return day.start == from ? "from \(day)" : "from \(from)"
  }

  private func written(_ resource: Resource, _ ends: [Ending] = []) -> String {
    var text: String
    switch resource {
    case .appRole(let app, let role):
      text = "\(aliases[.appRole(app, .defaultAccess)] ?? "\(app)"):\(role)"
    case .group(let group): text = aliases[resource] ?? "\(group)"
    case .package(let package): text = aliases[resource] ?? "\(package)"
    }
    switch DeclaredEnd(ends) {
    case .never: break
    case .after(let span): text += " for \(Self.written(span))"
    case .at(let end): text += " until \(end.lastDay)"
    }
    return text
  }

  private func written(_ allowance: Allowance) -> [String] {
    let roles = allowance.roles.flatMap { app, roles in
      (roles.map { Array($0) } ?? [RoleValue("*")]).map { written(.appRole(app, $0)) }
    }
    return (allowance.anyApp ? ["apps: *"] : roles)
      + (allowance.anyGroup ? ["groups: *"] : allowance.groups.map { written(.group($0)) })
      + (allowance.anyPackage
        ? ["packages: *"] : allowance.packages.map { written(.package($0)) })
  }

  /// The first name of each resource; of an app under its default access.
  static func aliases(_ catalog: Catalog) -> [Resource: String] {
    var aliases: [Resource: String] = [:]
    for (name, app) in catalog.apps.sorted(by: { $0.key > $1.key }) {
      aliases[.appRole(app.id, .defaultAccess)] = name
    }
    for (name, group) in catalog.groups.sorted(by: { $0.key > $1.key }) {
      aliases[.group(group.id)] = name
    }
    for (name, package) in catalog.packages.sorted(by: { $0.key > $1.key }) {
      aliases[.package(package.id)] = name
    }
    return aliases
  }
}

extension Policy {
  /// Everything that the policy says, in the form over which its digest is taken; the place of
  /// something in the files makes no difference.
  package var canonical: CanonicalJSON {
    let settings = PolicySettings(self)
    var members = settings.values.mapValues { value -> CanonicalJSON in
      switch value {
      case .text(let text): .optional(text)
      case .items(let items): .array(items.sorted().map { .string($0) })
      }
    }
    for (name, identifier) in settings.pointers { members[name] = .string(identifier) }
    return .object(members)
  }
}
