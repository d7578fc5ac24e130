/// Loads what a scenario names beside directory objects: access packages, organizations, consents.
///
/// An access package may carry `assignmentPolicies`, `assignments` (each with a `target` by
/// `objectId`) and, since Graph's own type has no place for it here, `resources`: a list of
/// `{"groupId": …}` or `{"servicePrincipalId": …, "appRoleId": …}`.
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

  private static let ours: Set<String> = ["assignmentPolicies", "assignments", "resources"]

  private func load(_ package: JSONValue, _ place: String) throws(ScenarioFault) {
    let members = (package.members ?? []).filter { !Self.ours.contains($0.name) }
    let stamp = JSONValue.string(tenant.now.text)
    let complete = [("createdDateTime", stamp), ("modifiedDateTime", stamp), ("isHidden", false)]
      .filter { item in !members.contains { $0.name == item.0 } }
      .map { JSONValue.Member($0.0, $0.1) }
    let id = try put(.accessPackages, .object(members + complete), key: "id", place)
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
    var resources: [PackageResource] = []
    for (index, resource) in (package["resources"]?.array ?? []).enumerated() {
      resources.append(try self.resource(resource, "\(place).resources[\(index)]"))
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

  private func resource(
    _ value: JSONValue,
    _ place: String
  ) throws(ScenarioFault) -> PackageResource {
    if let group = value["groupId"]?.string.flatMap({ ObjectID($0) }).flatMap({
      tenant.live($0, .group)
    }) {
      return .group(group)
    }
    guard
      let app = value["servicePrincipalId"]?.string.flatMap({ ObjectID($0) })
        .flatMap({ tenant.live($0, .servicePrincipal) }),
      let role = value["appRoleId"]?.string.flatMap({ ObjectID($0) })
    else {
      throw ScenarioFault(place: place, message: "names neither a group nor an app role")
    }
    return .role(app: app, role: role)
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
