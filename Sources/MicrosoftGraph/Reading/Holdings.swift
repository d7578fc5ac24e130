internal import Access

/// What guests were seen to hold, beyond what a reading names.
struct Holdings {
  private var groups: Set<GroupID> = []
  private var packages: Set<AccessPackageID> = []
  /// By package, how many assignments each policy made.
  private var policies: [AccessPackageID: [AssignmentPolicyID: Int]] = [:]
  private var assignments: [ServicePrincipalID: [ObservedApp.RoleAssignment]] = [:]
  private var seen: Set<String> = []

  /// Adds a group; true if it has to be read.
  mutating func add(_ group: GroupID, beside scope: ObservationScope) -> Bool {
    groups.insert(group).inserted && !scope.groups.contains(group)
  }

  /// Adds an access package; true if it has to be read.
  mutating func add(
    _ package: AccessPackageID,
    by policy: AssignmentPolicyID?,
    beside scope: ObservationScope
  ) -> Bool {
    if let policy { policies[package, default: [:]][policy, default: 0] += 1 }
    return packages.insert(package).inserted && !scope.packages.contains(package)
  }

  /// Adds an app role; true if its app has to be read.
  mutating func add(
    _ assignment: ObservedApp.RoleAssignment,
    of app: ServicePrincipalID
  ) -> Bool {
    guard seen.insert(assignment.id).inserted else { return false }
    assignments[app, default: []].append(assignment)
    return assignments[app]?.count == 1
  }

  /// The policy by which a package was assigned most often; the lowest of several.
  func policy(of package: AccessPackageID) -> AssignmentPolicyID? {
    policies[package]?.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// Puts the app roles into the apps of which only these were read.
  func complete(_ state: inout TenantState, beside scope: ObservationScope) {
    for id in state.apps.keys where !scope.apps.contains(id) {
      guard let app = state.apps[id] else { continue }
      state.apps[id]?.assignments = assignments[app.servicePrincipal] ?? []
    }
  }
}
