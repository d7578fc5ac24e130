package import Access

/// What files in subfolders may declare (DESIGN section 4).
package struct Authority: Hashable, Sendable {
  var rules: [Rule]

  package struct Rule: Hashable, Sendable {
    var glob: PathGlob
    var anyPartner: Bool
    var partners: Set<PartnerName>
    var allowance: Allowance
  }

  /// What one file may declare: everything, or what each of the rules that fit it gives.
  package func permission(forFile path: String) -> Permission {
    // Files directly in the folder may declare everything.
    guard path.utf8.contains(UInt8(ascii: "/")) else { return .everything }
    return .limited(rules.filter { $0.glob.matches(path) })
  }

  package enum Permission: Hashable, Sendable {
    case everything
    case limited([Authority.Rule])

    /// Where several rules fit a file, only what all of them give is given.
    func covers(_ partner: PartnerName) -> Bool {
      switch self {
      case .everything: true
      case .limited(let rules):
        !rules.isEmpty && rules.allSatisfy { $0.anyPartner || $0.partners.contains(partner) }
      }
    }

    func covers(_ resource: Resource) -> Bool {
      switch self {
      case .everything: true
      case .limited(let rules):
        !rules.isEmpty && rules.allSatisfy { $0.allowance.contains(resource) }
      }
    }
  }
}

/// A set of resources, by what the directory calls them.
package struct Allowance: Hashable, Sendable {
  var anyApp = false
  /// `nil` is every role of the app.
  var roles: [AppID: Set<RoleValue>?] = [:]
  var anyGroup = false
  var groups: Set<GroupID> = []
  var anyPackage = false
  var packages: Set<AccessPackageID> = []

  package func contains(_ resource: Resource) -> Bool {
    switch resource {
    case .appRole(let app, let role):
      if anyApp { return true }
      guard let roles = roles[app] else { return false }
      return roles?.contains(role) ?? true
    case .group(let group): return anyGroup || groups.contains(group)
    case .package(let package): return anyPackage || packages.contains(package)
    }
  }
}
