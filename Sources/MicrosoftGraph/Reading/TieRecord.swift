internal import Access

/// What was read of the things that hang on one account.
struct TieRecord: Hashable {
  private var groups: Set<GroupID> = []
  private var resources: Set<ServicePrincipalID> = []
  private var holdsDirectoryRole = false
  private var ownsObjects = false

  mutating func add(
    _ item: JSONValue,
    _ subject: GraphRead.Subject,
    _ decoder: RecordDecoder
  ) throws(TenantError) {
    switch subject {
    case .owned: ownsObjects = true
    case .roles: holdsDirectoryRole = holdsDirectoryRole || decoder.isKind(item, "directoryRole")
    case .memberships:
      // An administrative unit is no access; a role is seen among the transitive memberships.
      if decoder.isKind(item, "group") { groups.insert(try decoder.identifier(item, "id")) }
    case .userAssignments: resources.insert(try decoder.identifier(item, "resourceId"))
    default: break
    }
  }

  /// What it amounts to, given what a reading knows of.
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
