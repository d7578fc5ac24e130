package import Access

/// What the entries of every file of one commit are resolved with: catalog, bundles, partners.
package struct IdentityContext: Hashable, Sendable {
  /// The names of all files, as one.
  package let names: DeclaredNames
  private let owners: PartnerDomains
  /// What each name means; nothing for one that the commit does not explain.
  private let meanings: [NamedResource: [Meaning]]
  private let roles: [AppID: [String: GroupID]]

  /// A resource that a name gives; a membership that only comes with a role names the role.
  package struct Meaning: Hashable, Sendable {
    package var resource: Resource
    package var via: Resource?
  }

  /// An entry that one item of a file declares.
  package struct Entry: Hashable, Sendable {
    package var key: EntryKey
    /// The role that gives the membership that the entry is; `nil` where the item declares it itself.
    package var via: Resource?
    package var position: FileIdentities.Position
  }

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
    var roles: [AppID: [String: GroupID]] = [:]
    for (app, groups) in names.via.sorted(by: { $0.key < $1.key }) {
      guard let app = names.apps[app] else { continue }
      roles[app, default: [:]].merge(groups.compactMapValues { names.groups[$0] }) { $1 }
    }
    self.roles = roles
    var meanings: [NamedResource: [Meaning]] = [:]
    for (name, group) in names.groups {
      meanings[.group(name)] = [Meaning(resource: .group(group))]
      meanings[.groupOrPackage(name)] = [Meaning(resource: .group(group))]
    }
    for (name, package) in names.packages {
      let meaning = [Meaning(resource: .package(package))]
      meanings[.package(name)] = meaning
      if names.groups[name] == nil { meanings[.groupOrPackage(name)] = meaning }
    }
    self.meanings = meanings
  }

  /// Every entry that an item declares, in no order; a name that nothing in the commit explains
  /// declares nothing.
  ///
  /// A role that the catalog gives `via` a group declares the membership, too.
  package func entries(of person: FileIdentities.Person) -> [Entry] {
    var entries: [Entry] = []
    entries.reserveCapacity(person.grants.count * 2 + 2)
    func add(_ target: NamedResource, _ position: FileIdentities.Position) {
      for meaning in means(target) {
        let grant = GrantKey(guest: person.address, resource: meaning.resource)
        entries.append(Entry(key: .grant(grant), via: meaning.via, position: position))
      }
    }
    if person.isGuest {
      entries.append(Entry(key: .guest(person.address), position: person.position))
      for bundle in includes(of: person.address) { add(.bundle(bundle), person.position) }
    }
    for grant in person.grants { add(grant.target, grant.position) }
    return entries
  }

  fileprivate func means(_ target: NamedResource) -> [Meaning] {
    switch target {
    case .group, .package, .groupOrPackage: return meanings[target] ?? []
    case .bundle(let name):
      return (names.bundles[name] ?? []).flatMap { target -> [Meaning] in
        // A bundle holds no bundles.
        if case .bundle = target { [] } else { means(target) }
      }
    case .role(let name, let role):
      guard let app = names.apps[name] else { return [] }
      let resource = Resource.appRole(app, RoleValue(role))
      let own = Meaning(resource: resource)
      guard let group = roles[app]?[role] else { return [own] }
      return [own, Meaning(resource: .group(group), via: resource)]
    }
  }

  fileprivate func includes(of guest: EmailAddress) -> [String] {
    owners.partner(of: guest.domain).flatMap { names.partners[$0.text]?.includes } ?? []
  }
}

/// Tells whose items declare something else once names mean something else.
///
/// Most changes of a catalog concern few people, and many people name the same things.
package struct NameChanges {
  private let old: IdentityContext
  private let new: IdentityContext
  private var targets: [NamedResource: Bool] = [:]
  private var domains: [String: Bool] = [:]

  package init(from old: IdentityContext, to new: IdentityContext) {
    self.old = old
    self.new = new
  }

  package mutating func concern(_ person: FileIdentities.Person) -> Bool {
    (person.isGuest && concern(guest: person.address))
      || person.grants.contains { concern($0.target) }
  }

  private mutating func concern(guest: EmailAddress) -> Bool {
    let domain = String(guest.domain)
    if let known = domains[domain] { return known }
    let (before, after) = (old.includes(of: guest), new.includes(of: guest))
    let changed = before != after || before.contains { concern(.bundle($0)) }
    domains[domain] = changed
    return changed
  }

  private mutating func concern(_ target: NamedResource) -> Bool {
    if let known = targets[target] { return known }
    let changed = old.means(target) != new.means(target)
    targets[target] = changed
    return changed
  }
}
