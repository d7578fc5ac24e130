internal import Access

/// The names by which people know what identifiers represent.
struct Glossary {
  private let declared: DesiredState
  private var apps: [AppID: String] = [:]
  private var groups: [GroupID: String] = [:]
  private var packages: [AccessPackageID: String] = [:]

  /// Takes the names from the declarations, and those of what is gone from earlier ones; two
  /// aliases of one object give the earlier one.
  init(_ declared: DesiredState, before: DesiredState? = nil) {
    self.declared = declared
    add(declared.catalog)
    guard var gone = before?.catalog else { return }
    gone.apps = Self.renamed(gone.apps, beside: declared.catalog.apps, \.id)
    gone.groups = Self.renamed(gone.groups, beside: declared.catalog.groups, \.id)
    gone.packages = Self.renamed(gone.packages, beside: declared.catalog.packages, \.id)
    let own = self
    (apps, groups, packages) = ([:], [:], [:])
    add(gone)
    apps.merge(own.apps) { $1 }
    groups.merge(own.groups) { $1 }
    packages.merge(own.packages) { $1 }
  }

  /// Earlier names; one that means something else now says that it is the earlier one.
  private static func renamed<Item, ID: Equatable>(
    _ earlier: [String: Item],
    beside present: [String: Item],
    _ id: (Item) -> ID
  ) -> [String: Item] {
    Dictionary(
      uniqueKeysWithValues: earlier.map { name, item in
        let isOther = present[name].map { id($0) != id(item) } ?? false
        return (isOther ? "\(name) (before)" : name, item)
      }
    )
  }

  private mutating func add(_ catalog: Catalog) {
    for (alias, app) in catalog.apps { Self.keep(alias, for: app.id, in: &apps) }
    for (alias, group) in catalog.groups { Self.keep(alias, for: group.id, in: &groups) }
    for (alias, package) in catalog.packages { Self.keep(alias, for: package.id, in: &packages) }
  }

  /// `expenses:Submitter`, `group suppliers`, `package onboarding`; the identifier where the
  /// catalog does not have it.
  func name(of resource: Resource) -> String {
    switch resource {
    // An app without roles gives its default access, and its name says it all.
    case .appRole(let app, .defaultAccess): name(of: app)
    case .appRole(let app, let role): "\(name(of: app)):\(role)"
    case .group(let group): "group \(groups[group] ?? group.description)"
    case .package(let package): "package \(packages[package] ?? package.description)"
    }
  }

  /// The alias of an app; its identifier where the catalog does not have it.
  func name(of app: AppID) -> String { apps[app] ?? app.description }

  /// What a partner calls itself.
  func title(of partner: PartnerName?) -> String {
    guard let partner else { return "No declared partner" }
    return declared.partners[partner]?.title ?? partner.text
  }

  /// The declaration of a guest.
  func guest(_ address: EmailAddress) -> GuestEntry? {
    // The entries are ordered by address.
    var (low, high) = (0, declared.guests.count)
    while low < high {
      let middle = (low + high) / 2
      if declared.guests[middle].address < address { low = middle + 1 } else { high = middle }
    }
    guard low < declared.guests.count, declared.guests[low].address == address else { return nil }
    return declared.guests[low]
  }

  /// Until when a guest is declared: `until 31 Mar 2027`; `nil` where no date ends the entry.
  func end(of guest: EmailAddress) -> String? { self.guest(guest).flatMap { Self.end($0.ends) } }

  /// The same of one grant, where it names an end of its own.
  func end(of resource: Resource, for guest: EmailAddress) -> String? {
    self.guest(guest)?.grants.first { $0.resource == resource }.flatMap { Self.end($0.ends) }
  }

  /// The user part of an address of the tenant's own, the whole of any other.
  func short(_ address: EmailAddress) -> String {
    declared.tenant.domains.contains(String(address.domain))
      ? String(address.localPart) : address.normalised
  }

  private static func end(_ ends: [Ending]) -> String? {
    let end = DeclaredEnd(ends)
    return end == .never ? nil : end.words
  }

  private static func keep<ID: Hashable>(
    _ alias: String,
    for id: ID,
    in names: inout [ID: String]
  ) {
    names[id] = names[id].map { min($0, alias) } ?? alias
  }
}
