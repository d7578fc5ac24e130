internal import Access

/// The names by which people know what identifiers stand for.
struct Glossary {
  private var apps: [AppID: String] = [:]
  private var groups: [GroupID: String] = [:]
  private var packages: [AccessPackageID: String] = [:]
  private var partners: [PartnerName: String] = [:]
  private var guests: [EmailAddress: GuestEntry] = [:]
  private var grantEnds: [GrantKey: [Ending]] = [:]

  /// Takes the names from the declarations; two aliases of one object give the earlier one.
  init(_ declared: DesiredState) {
    for (alias, app) in declared.catalog.apps { Self.keep(alias, for: app.id, in: &apps) }
    for (alias, group) in declared.catalog.groups { Self.keep(alias, for: group.id, in: &groups) }
    for (alias, package) in declared.catalog.packages {
      Self.keep(alias, for: package.id, in: &packages)
    }
    for (name, partner) in declared.partners { partners[name] = partner.title }
    for guest in declared.guests {
      guests[guest.address] = guest
      for grant in guest.grants where !grant.ends.isEmpty {
        grantEnds[GrantKey(guest: guest.address, resource: grant.resource)] = grant.ends
      }
    }
  }

  /// `expenses:Submitter`, `group suppliers`, `package onboarding`; the identifier where the
  /// catalog knows it no longer.
  func name(of resource: Resource) -> String {
    switch resource {
    case .appRole(let app, let role): "\(apps[app] ?? app.description):\(role)"
    case .group(let group): "group \(groups[group] ?? group.description)"
    case .package(let package): "package \(packages[package] ?? package.description)"
    }
  }

  /// The alias of an app; its identifier where the catalog knows it no longer.
  func name(of app: AppID) -> String { apps[app] ?? app.description }

  /// `Fabrikam AB (fabrikam)`, or what there is of it.
  func title(of partner: PartnerName?) -> String {
    guard let partner else { return "no declared partner" }
    guard let title = partners[partner], title != partner.text else { return partner.text }
    return "\(title) (\(partner))"
  }

  /// The name that the declaration gives to a guest.
  func displayName(of guest: EmailAddress) -> String? { guests[guest]?.name }

  /// The sponsors that the declaration names for a guest.
  func sponsors(of guest: EmailAddress) -> [EmailAddress] { guests[guest]?.sponsors ?? [] }

  /// Until when the declaration of a guest counts: `until 2027-04-01T00:00:00Z`; `nil` where it
  /// names no date.
  func end(of guest: EmailAddress) -> String? { guests[guest].flatMap { Self.end($0.ends) } }

  /// The same of one grant, where it names a date of its own.
  func end(of resource: Resource, for guest: EmailAddress) -> String? {
    grantEnds[GrantKey(guest: guest, resource: resource)].flatMap { Self.end($0) }
  }

  // A duration counts from the merge, which the declarations do not know: the date is the latest.
  private static func end(_ ends: [Ending]) -> String? {
    var dates: [Moment] = []
    for ending in ends {
      if case .at(let moment) = ending.rule { dates.append(moment) }
    }
    return dates.min().map { "until \($0)" + (dates.count < ends.count ? " at the latest" : "") }
  }

  private static func keep<ID: Hashable>(
    _ alias: String,
    for id: ID,
    in names: inout [ID: String]
  ) {
    names[id] = names[id].map { min($0, alias) } ?? alias
  }
}
