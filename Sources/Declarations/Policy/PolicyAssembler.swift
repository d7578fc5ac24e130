internal import Access
internal import YAML

/// Puts what all files say of policy together into one, and looks its names up.
struct PolicyAssembler {
  var set: FileSet
  private var names = NameTable(Catalog())
  var faults = PolicyFaults()

  init(_ set: FileSet) { self.set = set }

  /// The policy; `nil` where no tenant is named.
  mutating func assemble() -> Policy? {
    dropUnauthorised()
    let tenants = set.files.compactMap { file in
      file.tenant.flatMap { tenant in
        tenant.value.declaration.map { Marked(value: $0, mark: tenant.mark) }
      }
    }
    let tenant = only(tenants, "tenant")
    checkVersions()
    guard let tenant, tenants.count == 1 else {
      let isMissing = !set.files.contains { $0.has("tenant") }
      if isMissing, set.isComplete {
        set.add(
          Finding(
            DeclarationRule.noTenant.code,
            .error,
            "no file has a `tenant:` section",
            hint:
              "add one: `tenant: {id: 5b2a9c3e-0000-4000-8000-000000000001, name: Contoso, "
              + "domains: [contoso.example]}`"
          )
        )
      }
      return nil
    }
    faults.isIncomplete = !set.isComplete
    var policy = Policy(tenant: tenant)
    policy.formerly = only(set.files.compactMap(\.formerly), "formerly") ?? []
    policy.defaults = only(set.files.compactMap(\.defaults), "defaults") ?? Defaults()
    policy.lifecycle = only(set.files.compactMap(\.lifecycle), "lifecycle") ?? Lifecycle()
    policy.limits = only(set.files.compactMap(\.guards), "guards") ?? GuardLimits()
    policy.trust = only(set.files.compactMap(\.trust), "trust") ?? TrustPolicy()
    policy.links = only(set.files.compactMap(\.links), "links") ?? ReportLinks()
    policy.suspension = only(set.files.compactMap(\.suspension), "suspend")
    faults.defaults = policy.defaults.fault
    policy.catalog = catalog()
    policy.roles = roles(policy.catalog)
    names = NameTable(policy.catalog, roles: policy.roles)
    policy.bundles = bundles()
    policy.separations = separations()
    policy.authority = authority()
    policy.partners = partners(
      bundles: policy.bundles,
      tenant: tenant,
      authority: policy.authority
    )
    checkAuthority(of: policy.partners)
    policy.exceptions = exceptions()
    checkSponsors(of: policy)
    policy.faults = faults
    return policy
  }

  /// The one value of a key that may be in one file only.
  private mutating func only<Value>(_ found: [Marked<Value>], _ key: String) -> Value? {
    for other in found.dropFirst() {
      set.report(
        .declaredTwice,
        "`\(key)` is in two files",
        at: other.mark,
        related: [found[0].mark],
        scope: key == "links" ? .part : .repository
      )
    }
    return found.first?.value
  }

  private mutating func checkVersions() {
    for version in set.files.compactMap(\.version) where version.value != 1 {
      set.report(
        .version,
        "unknown version \(version.value) of the format",
        at: version.mark,
        hint: "write `version: 1`, or update guestlist"
      )
    }
  }

  /// Values by name; a name that is declared twice or with a fault is among the faulty.
  private mutating func unique<Value>(
    _ found: [Marked<Named<Value>>],
    _ what: String
  ) -> (values: [String: Marked<Value>], faulty: Set<String>) {
    var values: [String: Marked<Value>] = [:]
    var faulty: Set<String> = []
    var marks: [String: Mark] = [:]
    for item in found {
      let name = item.value.name
      if let first = marks[name] {
        set.report(
          .declaredTwice,
          "the \(what) `\(name)` is declared twice",
          at: item.mark,
          related: [first],
          scope: .part
        )
        faulty.insert(name)
      } else if item.value.fault == nil {
        values[name] = Marked(value: item.value.value, mark: item.mark)
      } else {
        faulty.insert(name)
      }
      marks[name] = marks[name] ?? item.mark
    }
    return (values.filter { !faulty.contains($0.key) }, faulty)
  }

  private mutating func catalog() -> Catalog {
    var catalog = Catalog()
    let groups = unique(set.files.flatMap(\.groups), "group")
    let packages = unique(set.files.flatMap(\.packages), "package")
    let apps = unique(set.files.flatMap(\.apps), "app")
    faults.groups = groups.faulty.union(
      checkIdentifiers(groups.values.mapValues { ($0.value.id?.guid, $0.mark) }, "groups")
    )
    faults.packages = packages.faulty.union(
      checkIdentifiers(packages.values.mapValues { ($0.value.id?.guid, $0.mark) }, "packages")
    )
    faults.apps = apps.faulty.union(
      checkIdentifiers(apps.values.mapValues { ($0.value.id?.guid, $0.mark) }, "apps")
    )
    for (name, group) in groups.values where !faults.groups.contains(name) {
      guard let id = group.value.id else { continue }
      catalog.groups[name] = Catalog.Group(
        id: id,
        name: group.value.name,
        exclusiveFrom: group.value.exclusiveFrom,
        place: set.place(group.mark)
      )
    }
    for (name, package) in packages.values where !faults.packages.contains(name) {
      guard let id = package.value.id, let policy = package.value.policy else { continue }
      catalog.packages[name] = Catalog.Package(
        id: id,
        policy: policy,
        name: package.value.name,
        place: set.place(package.mark)
      )
    }
    names = NameTable(catalog)
    for (name, app) in apps.values.sorted(by: { $0.key < $1.key })
    where !faults.apps.contains(name) {
      guard let id = app.value.id else { continue }
      var resolved = Catalog.App(
        id: id,
        name: app.value.name,
        exclusiveFrom: app.value.exclusiveFrom,
        place: set.place(app.mark)
      )
      for (role, group) in app.value.via {
        if case .group(let id)? = resolve(.group(group.value), at: group.mark) {
          resolved.via[role] = id
        } else {
          faults.resources[.appRole(resolved.id, role)] =
            "the group `\(group.value)` of its `via` is not in the catalog"
        }
      }
      catalog.apps[name] = resolved
    }
    checkAmbiguity(groups.values.mapValues(\.mark), packages.values.mapValues(\.mark))
    return catalog
  }

  private func roles(_ catalog: Catalog) -> [AppID: Set<RoleValue>] {
    let listed = set.files.flatMap(\.apps).filter { $0.value.fault == nil }.map(\.value.value)
    return Dictionary(
      listed.compactMap { app in app.roles.isEmpty ? nil : app.id.map { ($0, Set(app.roles)) } },
      uniquingKeysWith: { $0.union($1) }
    )
  }

  private mutating func checkAmbiguity(_ groups: [String: Mark], _ packages: [String: Mark]) {
    for (name, group) in groups {
      guard let package = packages[name] else { continue }
      set.report(
        .ambiguousName,
        "`\(name)` is a group and a package, so that `grants` cannot name it",
        at: max(group, package),
        severity: .warning,
        related: [min(group, package)]
      )
    }
  }

  /// The names that share an identifier with another.
  private mutating func checkIdentifiers(
    _ values: [String: (id: GUID?, mark: Mark)],
    _ what: String
  ) -> Set<String> {
    var first: [GUID: (name: String, mark: Mark)] = [:]
    var faulty: Set<String> = []
    for (name, value) in values.sorted(by: { $0.value.mark < $1.value.mark }) {
      guard let id = value.id else { continue }
      guard let other = first[id] else {
        first[id] = (name, value.mark)
        continue
      }
      set.report(
        .sameIdentifier,
        "the \(what) `\(other.name)` and `\(name)` have the same identifier",
        at: value.mark,
        related: [other.mark],
        scope: .part
      )
      faulty.formUnion([name, other.name])
    }
    return faulty
  }

  /// Looks a name of the catalog up, and reports one that is not there.
  mutating func resolve(_ target: NamedResource, at mark: Mark) -> Resource? {
    if let resource = names.resource(target) {
      guard let (message, hint) = names.unknownRole(target) else { return resource }
      set.report(.unknownName, message, at: mark, hint: hint, scope: .part)
      return nil
    }
    guard !faults.isIncomplete, faults.fault(of: target) == nil else { return nil }
    let (message, hint) = names.explain(target, suggests: set.maySuggest())
    set.report(.unknownName, message, at: mark, hint: hint, scope: .part)
    return nil
  }

  private mutating func bundles() -> [String: Policy.Bundle] {
    let (declared, faulty) = unique(set.files.flatMap(\.bundles), "bundle")
    faults.bundles = faulty
    return Dictionary(
      uniqueKeysWithValues: declared.map { ($0, bundle($1.value, named: $0)) }
    )
  }

  private mutating func bundle(
    _ declared: BundleDeclaration,
    named name: String
  ) -> Policy.Bundle {
    let own = declared.expires.map { [Ending(rule: $0, origin: .bundle(name))] } ?? []
    var bundle = Policy.Bundle(grants: [])
    for grant in declared.grants {
      let resource = grant.target.flatMap { resolve($0, at: grant.mark) }
      let ends = own + (grant.expires.map { [Ending(rule: $0, origin: .bundle(name))] } ?? [])
      let fault =
        grant.fault ?? resource.flatMap { faults.resources[$0] }
        ?? (resource == nil ? "`\(grant.spelled)` is not in the catalog" : nil)
      if let resource, fault == nil {
        bundle.grants.append(
          Policy.Bundle.Grant(resource: resource, spelled: grant.spelled, ends: ends)
        )
      } else {
        bundle.faulty.append(
          FaultyGrant(
            resource: resource,
            spelled: grant.spelled,
            ends: ends,
            reason: fault ?? "it has a fault"
          )
        )
      }
    }
    return bundle
  }

  /// Sets of which nobody holds two; of one with a fault, nobody is given any.
  private mutating func separations() -> [Set<Resource>] {
    var separations: Set<Set<Resource>> = []
    for declared in set.files.flatMap(\.rules.separations) {
      let roles = declared.value.roles.map {
        resolve(.role(app: $0.app, role: $0.role), at: $0.mark)
      }
      let known = Set(roles.compactMap { $0 })
      if declared.value.isFaulty || roles.contains(nil) {
        for role in known { faults.resources[role] = "a separation that it is part of has a fault" }
      } else if known.count > 1 {
        separations.insert(known)
      }
    }
    return separations.sorted { $0.sorted().lexicographicallyPrecedes($1.sorted()) }
  }

  private mutating func exceptions() -> [RuleException] {
    set.files.flatMap(\.exceptions).map(\.value).sorted { $0.place < $1.place }
  }
}
