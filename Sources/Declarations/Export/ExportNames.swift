internal import Access

/// Finds names that are not taken yet.
struct FreeNames {
  private var taken: Set<String>

  init(_ taken: some Sequence<String>) { self.taken = Set(taken) }

  /// The first of some names that is free, or the last of them with a number; it is taken then.
  mutating func take(_ candidates: [String]) -> String {
    let last = candidates.last ?? "x"
    var name = candidates.first { !taken.contains($0) }
    var number = 2
    while name == nil || taken.contains(name ?? "") {
      name = "\(last)-\(number)"
      number += 1
    }
    taken.insert(name ?? last)
    return name ?? last
  }
}

/// The names of a catalog for what is exported, by what each means.
struct ExportCatalog {
  private(set) var apps: [AppID: String] = [:]
  private(set) var groups: [GroupID: String] = [:]
  private(set) var packages: [AccessPackageID: String] = [:]

  /// Takes the names of the catalog that there is, and makes others from the names in the tenant.
  init(_ guests: [ExportedGuest], _ state: TenantState, beside catalog: Catalog) {
    for (alias, app) in catalog.apps.sorted(by: { $0.key > $1.key }) { apps[app.id] = alias }
    for (alias, group) in catalog.groups.sorted(by: { $0.key > $1.key }) {
      groups[group.id] = alias
    }
    for (alias, package) in catalog.packages.sorted(by: { $0.key > $1.key }) {
      packages[package.id] = alias
    }
    let resources = Set(guests.flatMap(\.grants))
    var newApps: Set<AppID> = []
    var newGroups: Set<GroupID> = []
    var newPackages: Set<AccessPackageID> = []
    for resource in resources {
      switch resource {
      case .appRole(let app, _): newApps.insert(app)
      case .group(let group): newGroups.insert(group)
      case .package(let package): newPackages.insert(package)
      }
    }
    var appNames = FreeNames(catalog.apps.keys)
    for id in newApps.sorted() where apps[id] == nil {
      apps[id] = appNames.take([Self.alias(state.apps[id]?.displayName, "app", id)])
    }
    // A grant from the resource's side does not say whether it names a group or a package.
    var others = FreeNames(Array(catalog.groups.keys) + Array(catalog.packages.keys))
    for id in newGroups.sorted() where groups[id] == nil {
      groups[id] = others.take([Self.alias(state.groups[id]?.displayName, "group", id)])
    }
    for id in newPackages.sorted() where packages[id] == nil {
      packages[id] = others.take([Self.alias(state.packages[id]?.displayName, "package", id)])
    }
  }

  /// A name made of letters and digits; made of the identifier where the name has none.
  private static func alias(_ name: String?, _ kind: String, _ id: some Identifier) -> String {
    let words = (name ?? "").lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    let alias = String(words.joined(separator: "-").prefix(60))
    return alias.isEmpty ? "\(kind)-\(id.description.prefix(8))" : alias
  }
}

/// Partners that are declared by an export, each with its domains.
struct ExportedPartners {
  struct Partner {
    var name: String
    var domains: [String]
    var guests: [ExportedGuest] = []
  }

  private(set) var partners: [Partner] = []

  /// Groups guests by domain, subdomains with the domain that they are below.
  init(_ guests: [ExportedGuest], beside names: [PartnerName]) {
    let domains = Set(guests.map { String($0.address.domain) })
    var byDomain: [String: [ExportedGuest]] = [:]
    var members: [String: Set<String>] = [:]
    for guest in guests {
      let domain = String(guest.address.domain)
      let top = Self.top(of: domain, in: domains)
      byDomain[top, default: []].append(guest)
      members[top, default: []].insert(domain)
    }
    let labels = Dictionary(byDomain.keys.map { (Self.label($0), 1) }, uniquingKeysWith: +)
    var free = FreeNames(names.map(\.text))
    for domain in byDomain.keys.sorted() {
      let label = Self.label(domain)
      let candidates = labels[label] == 1 ? [label, domain] : [domain]
      partners.append(
        Partner(
          name: free.take(candidates.map { String($0.prefix(90)) }),
          domains: [domain] + (members[domain] ?? []).subtracting([domain]).sorted(),
          guests: byDomain[domain] ?? []
        )
      )
    }
  }

  private static func label(_ domain: String) -> String { String(domain.prefix { $0 != "." }) }

  /// The highest domain above one that has guests, too.
  private static func top(of domain: String, in domains: Set<String>) -> String {
    var top = domain
    var rest = domain[...]
    while let dot = rest.firstIndex(of: ".") {
      rest = rest[rest.index(after: dot)...]
      if domains.contains(String(rest)), !PublicMailDomains.contains(String(rest)) {
        top = String(rest)
      }
    }
    return top
  }
}
