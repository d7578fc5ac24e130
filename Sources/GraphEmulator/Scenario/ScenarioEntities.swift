/// Loads what a scenario names beside directory objects: access packages, organizations, consents.
///
/// An access package may carry `assignmentPolicies`, `assignments` (each with a `target` by
/// `objectId`) and `resourceRoleScopes`, each with a `role` and a `scope` by `originSystem` and
/// `originId`: `AadGroup` with `Member_{group}`, or `AadApplication` with the role's identifier.
struct ScenarioEntities {
  let tenant: Tenant

  func load(_ scenario: JSONValue) throws(ScenarioFault) {
    for (key, name, id) in [
      ("oauth2PermissionGrants", EntitySet.Name.permissionGrants, "id"),
      ("connectedOrganizations", .connectedOrganizations, "id"),
      ("crossTenantAccessPolicyPartners", .crossTenantPartners, "tenantId"),
    ] {
      for (index, element) in (scenario[key]?.array ?? []).enumerated() {
        try put(name, element, key: id, "\(key)[\(index)]")
      }
    }
    if let settings = scenario["entitlementManagementSettings"] {
      tenant.deliverySeconds = Int64(settings["deliverySeconds"]?.integer ?? 0)
      let members = (settings.members ?? []).filter { $0.name != "deliverySeconds" }
      try put(
        .entitlementSettings,
        .object(members + [.init("id", "settings")]),
        key: "id",
        "entitlementManagementSettings"
      )
    }
    for (index, package) in (scenario["accessPackages"]?.array ?? []).enumerated() {
      try load(package, "accessPackages[\(index)]")
    }
  }

  private static let ours: Set<String> = [
    "assignmentPolicies", "assignments", "resourceRoleScopes",
  ]

  private func load(_ package: JSONValue, _ place: String) throws(ScenarioFault) {
    let members = (package.members ?? []).filter { !Self.ours.contains($0.name) }
    let stamp = JSONValue.string(tenant.now.text)
    let complete = [("createdDateTime", stamp), ("modifiedDateTime", stamp), ("isHidden", false)]
      .filter { item in !members.contains { $0.name == item.0 } }
      .map { JSONValue.Member($0.0, $0.1) }
    var resources: [PackageResource] = []
    var scopes: [JSONValue] = []
    for (index, element) in (package["resourceRoleScopes"]?.array ?? []).enumerated() {
      let (resource, scope) = try self.resource(element, "\(place).resourceRoleScopes[\(index)]")
      resources.append(resource)
      scopes.append(scope)
    }
    let all = members + complete + [.init("resourceRoleScopes", .array(scopes))]
    let id = try put(.accessPackages, .object(all), key: "id", place)
    let summary = tenant.entity(.accessPackages, id) ?? .null
    for (index, policy) in (package["assignmentPolicies"]?.array ?? []).enumerated() {
      let all = (policy.members ?? []) + [.init("accessPackage", summary)]
      try put(
        .assignmentPolicies,
        .object(all),
        key: "id",
        "\(place).assignmentPolicies[\(index)]"
      )
    }
    tenant.packageResources[id] = resources
    for (index, assignment) in (package["assignments"]?.array ?? []).enumerated() {
      try load(assignment, of: summary, "\(place).assignments[\(index)]")
    }
  }

  private func load(
    _ assignment: JSONValue,
    of package: JSONValue,
    _ place: String
  ) throws(ScenarioFault) {
    guard
      let target = assignment["target"]?["objectId"]?.string.flatMap({ ObjectID($0) })
        .flatMap({ tenant.live($0, .user) })
    else { throw ScenarioFault(place: "\(place).target.objectId", message: "names no user") }
    let policy = assignment["assignmentPolicy"]?["id"]?.string.flatMap {
      tenant.entity(.assignmentPolicies, $0)
    }
    let state = assignment["state"]?.string ?? "delivered"
    let members: [(String, JSONValue)] = [
      ("state", .string(state)),
      ("status", .string(state.prefix(1).uppercased() + state.dropFirst())),
      ("accessPackage", package), ("assignmentPolicy", policy ?? .null),
      ("target", tenant.packageSubject(target)),
    ]
    let id = try put(
      .packageAssignments,
      .object((assignment.members ?? []).replacing(members)),
      key: "id",
      place
    )
    if state == "delivered" { tenant.deliverResources(ofAssignment: id) }
  }

  /// Reads what a package gives, and completes it to what the service shows of it.
  private func resource(
    _ value: JSONValue,
    _ place: String
  ) throws(ScenarioFault) -> (PackageResource, JSONValue) {
    let system = value["role"]?["originSystem"] ?? value["scope"]?["originSystem"] ?? .null
    let origin = value["role"]?["originId"]?.string ?? ""
    let scope = value["scope"]?["originId"]?.string ?? ""
    let object = ObjectID(scope).flatMap { tenant.live($0) }
    let resource: PackageResource
    let roleName: JSONValue
    switch (system, object.flatMap { tenant.kind(of: $0) }, ObjectID(origin)) {
    case ("AadGroup", .group, _) where origin == "Member_\(scope)":
      resource = .group(object ?? 0)
      roleName = "Member"
    case ("AadApplication", .servicePrincipal, let role?):
      resource = .role(app: object ?? 0, role: role)
      let roles = object.flatMap { tenant.value($0, "appRoles")?.array } ?? []
      roleName = roles.first { $0["id"]?.string == origin }?["displayName"] ?? .null
    default:
      throw ScenarioFault(
        place: place,
        message: "names neither the members of a group nor a role of an app"
      )
    }
    func completed(_ name: String, _ more: [(String, JSONValue)]) -> JSONValue {
      let members = value[name]?.members ?? []
      let defaults = [("id", JSONValue.string(tenant.generator.objectID().text))] + more
      return .object(
        defaults.filter { item in !members.contains { $0.name == item.0 } }
          .map { JSONValue.Member($0.0, $0.1) } + members
      )
    }
    let members: [(String, JSONValue)] = [
      ("id", value["id"] ?? .string(tenant.generator.objectID().text)),
      ("createdDateTime", value["createdDateTime"] ?? .string(tenant.now.text)),
      (
        "role",
        completed(
          "role",
          [("displayName", roleName), ("description", .null), ("originSystem", system)]
        )
      ),
      (
        "scope",
        completed(
          "scope",
          [
            ("displayName", "Root"), ("description", "Root Scope"), ("originSystem", system),
            ("isRootScope", true),
          ]
        )
      ),
    ]
    return (resource, .object(members.map { JSONValue.Member($0.0, $0.1) }))
  }

  /// Puts an entity in under its key, held to its type.
  @discardableResult
  private func put(
    _ name: EntitySet.Name,
    _ value: JSONValue,
    key: String,
    _ place: String
  ) throws(ScenarioFault) -> String {
    let id = value[key]?.string ?? tenant.generator.objectID().text
    let members = (value.members ?? []).replacing([(key, .string(id))])
    do throws(GraphFailure) {
      _ = try BodyReader(type: name.type, refusesReadOnly: false).read(members)
    } catch {
      throw ScenarioFault(place: place, message: error.message)
    }
    tenant.setEntity(name, id, members)
    return id
  }
}
