internal import Access

/// What was read of what depends on one account.
struct TieRecord: Hashable {
  var groups: Set<GroupID> = []
  var resources: Set<ServicePrincipalID> = []
  var holdsDirectoryRole = false
  var ownsObjects = false

  /// The ties, given what a reading knows.
  func ties(outside managed: Managed) -> Account.Ties {
    Account.Ties(
      holdsDirectoryRole: holdsDirectoryRole,
      ownsObjects: ownsObjects,
      holdsUnmanagedAccess: !groups.isSubset(of: managed.groups)
        || !resources.isSubset(of: managed.resources)
    )
  }
}

/// The groups and apps of a reading and of those before it, with what access packages bring along.
struct Managed {
  let groups: Set<GroupID>
  let resources: Set<ServicePrincipalID>

  init(
    apps: [ServicePrincipalID: ObservedApp],
    groups: Set<GroupID>,
    packages: [AccessPackageID: ObservedPackage],
    known: ObservationScope.Known
  ) {
    resources = known.apps.union(apps.keys)
    var all = groups.union(known.groups)
    for case .group(let id) in packages.values.flatMap(\.resources) { all.insert(id) }
    self.groups = all
  }
}
