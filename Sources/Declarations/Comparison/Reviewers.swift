package import Access

/// Who should look at a change: whose files it touches, and whose apps it gives or takes.
package struct Reviewers {
  private let policy: Policy
  private let owners: CodeOwners
  private let folder: String

  /// Takes the policy of the earlier commit, so that nobody names their own reviewers, and the
  /// folder of the declarations from the top of the repository.
  package init(_ policy: Policy, _ owners: CodeOwners, folder: String) {
    (self.policy, self.owners, self.folder) = (policy, owners, folder)
  }

  /// The parts of the repository that a change concerns, files first.
  package func areas(files: [String], changes: [DeclarationChange]) -> [ReviewArea] {
    var areas: [ReviewArea] = []
    for (path, files) in Dictionary(grouping: files, by: { rule(forFile: $0) ?? $0 })
      .sorted(by: { $0.key < $1.key })
    {
      let owners = Set(files.flatMap { self.owners.owners(of: full($0)) }).sorted()
      areas.append(ReviewArea(.files(path: path, count: files.count), owners: owners))
    }
    let names = PolicySettings.aliases(policy.catalog)
    for resource in Set(changes.flatMap { $0.effect.resources.map(Self.whole) }).sorted() {
      let name = names[resource] ?? "\(resource.text)"
      let rules = rules(over: resource)
      for rule in rules where !files.contains(where: { rule.glob.matches($0) }) {
        // The owners of a file below the path; a pattern has none of its own.
        let folder = rule.glob.text.prefix { !"*?[".contains($0) }
        let owners = self.owners.owners(of: full("\(folder)grants.yaml"))
        areas.append(ReviewArea(.resource(name: name, path: rule.glob.text), owners: owners))
      }
    }
    return areas
  }

  private func full(_ file: String) -> String { folder.isEmpty ? file : "\(folder)/\(file)" }

  /// The path of `authority` that matches a file; of several the longest.
  private func rule(forFile file: String) -> String? {
    (policy.authority?.rules ?? []).filter { $0.glob.matches(file) }
      .map(\.glob.text).max { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
  }

  /// The paths for a resource: they name it, and no partner.
  private func rules(over resource: Resource) -> [Authority.Rule] {
    (policy.authority?.rules ?? []).filter { rule in
      guard !rule.anyPartner, rule.partners.isEmpty else { return false }
      return switch resource {
      case .appRole(let app, _): rule.allowance.roles[app] != nil
      case .group(let group): rule.allowance.groups.contains(group)
      case .package(let package): rule.allowance.packages.contains(package)
      }
    }
  }

  /// The app, whatever the role.
  private static func whole(_ resource: Resource) -> Resource {
    if case .appRole(let app, _) = resource { .appRole(app, .defaultAccess) } else { resource }
  }
}

extension Resource {
  fileprivate var text: String {
    switch self {
    case .appRole(let app, _): "\(app)"
    case .group(let group): "\(group)"
    case .package(let package): "\(package)"
    }
  }
}

extension DeclarationChange.Effect {
  /// What the change gives or takes.
  fileprivate var resources: [Resource] {
    switch self {
    case .invites(let resources, _), .isNoLongerSkipped(let resources), .gives(let resources),
      .removes(let resources), .takes(let resources):
      resources
    case .changesRoles(let app, _, let roles): roles.map { .appRole(app, $0) }
    case .extends(let resource?, _, _), .shortens(let resource?, _, _),
      .usesLoosenedRule(let resource?, _):
      [resource]
    default: []
    }
  }
}
