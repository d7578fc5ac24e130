internal import Access
internal import YAML

/// Puts what all files say of policy together into one, and looks its names up.
struct PolicyAssembler {
  var set: FileSet
  private var names = NameTable(Catalog())
  private var bundleMarks: [String: Mark] = [:]
  var usedBundles: Set<String> = []

  init(_ set: FileSet) { self.set = set }

  /// The policy; `nil` where no tenant is named.
  mutating func assemble() -> Policy? {
    let tenants = set.files.compactMap(\.tenant)
    let tenant = only(tenants, "tenant")
    checkVersions()
    guard let tenant else {
      if !set.files.contains(where: { $0.sections.contains { $0.value == .tenant } }) {
        set.add(
          Finding(
            DeclarationRule.noTenant.code,
            .error,
            "no file names the `tenant` that the declarations speak of"
          )
        )
      }
      return nil
    }
    var policy = Policy(tenant: tenant)
    policy.formerly = only(set.files.compactMap(\.formerly), "formerly") ?? []
    policy.defaults = only(set.files.compactMap(\.defaults), "defaults") ?? Defaults()
    policy.lifecycle = only(set.files.compactMap(\.lifecycle), "lifecycle") ?? Lifecycle()
    policy.limits = only(set.files.compactMap(\.guards), "guards") ?? GuardLimits()
    policy.trust = only(set.files.compactMap(\.trust), "trust") ?? TrustPolicy()
    policy.links = only(set.files.compactMap(\.links), "links") ?? ReportLinks()
    policy.suspension = only(set.files.compactMap(\.suspension), "suspend")
    policy.catalog = catalog()
    names = NameTable(policy.catalog)
    policy.bundles = bundles()
    policy.separations = separations()
    policy.partners = partners(bundles: policy.bundles, tenant: tenant)
    policy.authority = authority(partners: policy.partners)
    policy.exceptions = exceptions()
    checkSponsors(of: policy)
    checkPlacement(policy.authority)
    return policy
  }

  /// The one value of a key that may stand in one file only.
  private mutating func only<Value>(_ found: [Marked<Value>], _ key: String) -> Value? {
    for other in found.dropFirst() {
      set.report(
        .declaredTwice,
        "`\(key)` stands in two files",
        at: other.mark,
        related: [found[0].mark]
      )
    }
    return found.first?.value
  }

  private mutating func checkVersions() {
    for version in set.files.compactMap(\.version) where version.value != 1 {
      set.report(
        .version,
        "version \(version.value) of the format is not known to this program",
        at: version.mark,
        suggestion: "the version is 1; a later one needs a later program"
      )
    }
  }

  /// Values by name, none of them twice.
  private mutating func unique<Value>(
    _ found: [Marked<FileDeclarations.Named<Value>>],
    _ what: String
  ) -> [String: Marked<Value>] {
    var values: [String: Marked<Value>] = [:]
    for item in found {
      if let first = values[item.value.name] {
        set.report(
          .declaredTwice,
          "the \(what) `\(item.value.name)` is declared twice",
          at: item.mark,
          related: [first.mark]
        )
      } else {
        values[item.value.name] = Marked(value: item.value.value, mark: item.mark)
      }
    }
    return values
  }

  private mutating func catalog() -> Catalog {
    var catalog = Catalog()
    let groups = unique(set.files.flatMap(\.groups), "group")
    catalog.groups = groups.mapValues(\.value)
    let packages = unique(set.files.flatMap(\.packages), "access package")
    catalog.packages = packages.mapValues(\.value)
    let apps = unique(set.files.flatMap(\.apps), "app")
    for (name, app) in apps.sorted(by: { $0.key < $1.key }) {
      var resolved = app.value.app
      for (role, group) in app.value.via {
        if let found = catalog.groups[group.value] {
          resolved.via[role] = found.id
        } else {
          let (message, suggestion) = NameTable(catalog).explain(
            .group(group.value),
            suggests: set.maySuggest()
          )
          set.report(.unknownName, message, at: group.mark, suggestion: suggestion)
        }
      }
      catalog.apps[name] = resolved
    }
    checkIdentifiers(apps.mapValues { Marked(value: $0.value.app.id.guid, mark: $0.mark) }, "apps")
    checkIdentifiers(groups.mapValues { Marked(value: $0.value.id.guid, mark: $0.mark) }, "groups")
    checkIdentifiers(
      packages.mapValues { Marked(value: $0.value.id.guid, mark: $0.mark) },
      "access packages"
    )
    for (name, group) in groups {
      guard let package = packages[name] else { continue }
      let (first, second) =
        group.mark < package.mark ? (group, package.mark) : (group, package.mark)
      set.report(
        .ambiguousName,
        .warning,
        "`\(name)` is a group and an access package; `grants` cannot name it",
        at: max(first.mark, second),
        related: [min(first.mark, second)]
      )
    }
    return catalog
  }

  private mutating func checkIdentifiers(_ values: [String: Marked<GUID>], _ what: String) {
    var first: [GUID: (name: String, mark: Mark)] = [:]
    for (name, value) in values.sorted(by: { $0.value.mark < $1.value.mark }) {
      if let other = first[value.value] {
        set.report(
          .sameIdentifier,
          "the \(what) `\(other.name)` and `\(name)` have one identifier",
          at: value.mark,
          related: [other.mark]
        )
      } else {
        first[value.value] = (name, value.mark)
      }
    }
  }

  mutating func resolve(_ target: GrantReference.Target, at mark: Mark) -> Resource? {
    if let resource = names.resource(target) { return resource }
    let (message, suggestion) = names.explain(target, suggests: set.maySuggest())
    set.report(.unknownName, message, at: mark, suggestion: suggestion)
    return nil
  }

  private mutating func bundles() -> [String: Policy.Bundle] {
    var bundles: [String: Policy.Bundle] = [:]
    for (name, declared) in unique(set.files.flatMap(\.bundles), "bundle") {
      bundleMarks[name] = declared.mark
      let own = declared.value.expires.map { [Ending(rule: $0, origin: .bundle(name))] } ?? []
      var grants: [Policy.Bundle.Grant] = []
      for grant in declared.value.grants {
        guard let resource = resolve(grant.target, at: grant.mark) else { continue }
        let end = grant.expires.map { [Ending(rule: $0, origin: .bundle(name))] } ?? []
        grants.append(
          Policy.Bundle.Grant(resource: resource, spelled: grant.spelled, ends: own + end)
        )
      }
      bundles[name] = Policy.Bundle(grants: grants)
    }
    return bundles
  }

  private mutating func separations() -> [Set<Resource>] {
    var separations: Set<Set<Resource>> = []
    for declared in set.files.flatMap(\.separations) {
      let roles = declared.value.compactMap {
        resolve(.role(app: $0.app, role: $0.role), at: $0.mark)
      }
      if roles.count > 1 { separations.insert(Set(roles)) }
    }
    return separations.sorted { $0.sorted().lexicographicallyPrecedes($1.sorted()) }
  }

  mutating func allowance(_ declared: AllowanceDeclaration) -> Allowance {
    var allowance = Allowance()
    for pattern in declared.apps {
      if pattern.app == "*" {
        allowance.anyApp = true
        continue
      }
      guard
        case .appRole(let app, let role)? = resolve(
          .role(app: pattern.app, role: pattern.role),
          at: pattern.mark
        )
      else { continue }
      if pattern.isAny {
        allowance.roles[app] = .some(nil)
      } else if let roles = allowance.roles[app, default: []] {
        allowance.roles[app] = roles.union([role])
      }
    }
    for group in declared.groups {
      if group.value == "*" { allowance.anyGroup = true }
      if group.value != "*", case .group(let id)? = resolve(.group(group.value), at: group.mark) {
        allowance.groups.insert(id)
      }
    }
    for package in declared.packages {
      if package.value == "*" { allowance.anyPackage = true }
      if package.value != "*",
        case .package(let id)? = resolve(.package(package.value), at: package.mark)
      {
        allowance.packages.insert(id)
      }
    }
    return allowance
  }

  /// Every file is compared with every glob.
  static let mostGlobs = 1000

  private mutating func authority(partners: PartnerBook) -> Authority? {
    guard set.files.contains(where: { $0.sections.contains { $0.value == .authority } }) else {
      return nil
    }
    var rules: [Authority.Rule] = []
    for declared in set.files.flatMap(\.authority) {
      guard rules.count < Self.mostGlobs else {
        set.report(
          .tooLarge,
          "`authority` holds more than \(Self.mostGlobs) globs",
          at: declared.mark
        )
        break
      }
      guard let glob = PathGlob(declared.value.glob) else { continue }
      var rule = Authority.Rule(
        glob: glob,
        anyPartner: false,
        partners: [],
        allowance: allowance(declared.value.allowance)
      )
      for partner in declared.value.partners {
        if partner.value == "*" {
          rule.anyPartner = true
        } else {
          rule.partners.insert(PartnerName(partner.value))
          // A name that nobody has yet is how a partner's folder is prepared.
          if partners[PartnerName(partner.value)] == nil {
            set.report(
              .unknownName,
              .warning,
              "`\(partner.value)` is no partner",
              at: partner.mark,
              suggestion: set.maySuggest()
                ? Suggestion.sentence(
                  for: partner.value,
                  among: partners.partners.keys.map(\.text)
                ) : nil
            )
          }
        }
      }
      rules.append(rule)
    }
    return Authority(rules: rules)
  }

  private mutating func exceptions() -> [RuleException] {
    set.files.flatMap(\.exceptions).map(\.value).sorted { $0.place < $1.place }
  }
}
