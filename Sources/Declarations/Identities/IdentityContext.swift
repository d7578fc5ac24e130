package import Access

/// What the entries of every file of one commit are resolved with: catalog, bundles, partners.
///
/// Two commits with equal contexts resolve an unchanged file to the same entries, so that only
/// changed files have to be resolved again.
package struct IdentityContext: Hashable, Sendable {
  /// The names of all files, as one.
  package let names: DeclaredNames
  private let owners: PartnerDomains
  private let bundles: [String: [Resource]]
  /// The groups through whose membership roles are given.
  private let routes: [Resource: GroupID]

  /// Takes the names of all files, in the order of their paths.
  package init(_ files: some Sequence<DeclaredNames>) {
    var names = DeclaredNames()
    for file in files { names.merge(file) }
    var owners = PartnerDomains()
    for (name, partner) in names.partners.sorted(by: { $0.key < $1.key }) {
      for domain in partner.domains { _ = owners.claim(domain, for: PartnerName(name)) }
    }
    self.names = names
    self.owners = owners
    bundles = names.bundles.mapValues { targets in
      targets.compactMap { Self.resource($0, names) }
    }
    var routes: [Resource: GroupID] = [:]
    for (app, groups) in names.via {
      for (role, group) in groups {
        guard let app = names.apps[app], let group = names.groups[group] else { continue }
        routes[.appRole(app, RoleValue(role))] = group
      }
    }
    self.routes = routes
  }

  /// Every entry that a file declares, with the first place where it stands; a name that nothing in
  /// the commit explains declares nothing.
  ///
  /// A role that the catalog gives `via` a group declares the membership, too.
  package func entries(of file: FileIdentities) -> [EntryKey: SourcePlace] {
    var entries: [EntryKey: SourcePlace] = [:]
    entries.reserveCapacity(file.guests.count * 4 + file.holders.count)
    func add(_ guest: EmailAddress, _ resource: Resource?, _ place: SourcePlace) {
      guard let resource else { return }
      for resource in [resource, routes[resource].map { .group($0) }].compactMap(\.self) {
        let key = EntryKey.grant(GrantKey(guest: guest, resource: resource))
        // A section of grants may stand above the guests of its file.
        entries[key] = min(entries[key] ?? place, place)
      }
    }
    for guest in file.guests {
      let key = EntryKey.guest(guest.address)
      if entries[key] == nil { entries[key] = guest.place }
      for grant in guest.grants { add(guest.address, resource(grant.target), grant.place) }
      for bundle in guest.bundles {
        for resource in bundles[bundle.name] ?? [] { add(guest.address, resource, bundle.place) }
      }
      for name in includes(of: guest.address) {
        for resource in bundles[name] ?? [] { add(guest.address, resource, guest.place) }
      }
    }
    for holder in file.holders { add(holder.guest, resource(holder.target), holder.place) }
    return entries
  }

  /// What a name means in this commit; `nil` where the catalog does not have it.
  package func resource(_ target: NamedResource) -> Resource? { Self.resource(target, names) }

  /// The roles that are given through membership of a group.
  package func roles(via group: GroupID) -> Set<Resource> {
    Set(routes.lazy.filter { $0.value == group }.map(\.key))
  }

  private static func resource(_ target: NamedResource, _ names: DeclaredNames) -> Resource? {
    switch target {
    case .role(let app, let role): names.apps[app].map { .appRole($0, RoleValue(role)) }
    case .group(let name): names.groups[name].map { .group($0) }
    case .package(let name): names.packages[name].map { .package($0) }
    case .groupOrPackage(let name):
      names.groups[name].map { .group($0) } ?? names.packages[name].map { .package($0) }
    }
  }

  private func includes(of guest: EmailAddress) -> [String] {
    owners.partner(of: guest.domain).flatMap { names.partners[$0.text]?.includes } ?? []
  }
}
