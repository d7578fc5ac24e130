/// One operation of Graph: where it is, what it costs, what it asks for, and what answers it.
struct Operation: Sendable {
  typealias Handler = @Sendable (Call, inout Tenant) throws -> Reply

  let method: String
  /// Such as `/users/{}/sponsors/{}/$ref`; `{}` represents a key.
  let template: String
  /// FACTS section 7, "Base cost"; zero where the operation is not metered in resource units.
  let units: Int
  /// Whether the operation changes anything.
  let isWrite: Bool
  let permissions: AcceptedPermissions
  let handler: Handler

  /// Describes an operation; `isRead` is for a POST that only looks.
  init(
    _ route: String,
    units: Int = 1,
    isRead: Bool? = nil,
    _ permissions: AcceptedPermissions,
    _ handler: @escaping Handler
  ) {
    let words = route.split(separator: " ")
    method = String(words[0])
    template = String(words[1])
    self.units = units
    isWrite = !(isRead ?? (words[0] == "GET"))
    self.permissions = permissions
    self.handler = handler
  }

  /// The name under which requests are counted, such as `GET /users/{}`.
  var route: String { "\(method) \(template)" }

  /// Whether the quota on writes meters it, which goes with resource units.
  var isMeteredWrite: Bool { isWrite && units > 0 }

  /// FACTS section 7, "Modifiers": one less with `$select`, one more with `$expand`, one less below
  /// twenty items, and never below one.
  func units(for query: QueryOptions) -> Int {
    guard units > 0 else { return 0 }
    var cost = units
    if query.select != nil { cost = template == "/directoryObjects/getByIds" ? 2 : cost - 1 }
    if !query.expand.isEmpty { cost += 1 }
    if let top = query.top, top < 20 { cost -= 1 }
    return max(1, cost)
  }

  /// Every operation that the emulator serves; a resource's own are in its file.
  static let all: [Operation] =
    Users.operations + Memberships.operations + Owners.operations + Invitations.operations
    + Groups.operations + ServicePrincipals.operations + Applications.operations
    + AppRoleAssignments.operations + DeletedItems.operations + DirectoryObjects.operations
    + DirectoryRoles.operations + Contacts.operations + Organization.operations
    + Policies.operations + PermissionGrants.operations + AuditLogs.operations
    + Delta.operations + AccessPackages.operations + PackageAssignments.operations
    + ConnectedOrganizations.operations + [Batch.operation]

  /// Every permission that some operation accepts.
  static let allPermissions: Set<GraphPermission> = Set(
    all.flatMap { $0.permissions.combinations.flatMap { $0 } }
      + Users.narrowPermissions.flatMap(\.combination)
  )
}
