package import Access

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
