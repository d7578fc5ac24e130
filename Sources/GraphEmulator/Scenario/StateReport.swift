/// What the tenant holds, in the shape of a scenario, so that an emulator can be started from it.
enum StateReport {
  static func json(_ tenant: Tenant) -> JSONValue {
    let organization = tenant.entities(.organization).first
    var settings: [String: JSONValue] = [
      "id": .string(tenant.id.text), "displayName": organization?["displayName"] ?? .null,
      "initialDomain": .string(tenant.initialDomain),
      "domains": .array(tenant.entities(.domain).compactMap { $0["id"] }),
      "authorizationPolicy": tenant.entities(.authorizationPolicy).first ?? .null,
    ]
    settings.merge(tenant.restrictions.members) { _, new in new }
    let entitlement = tenant.entities(.entitlementSettings).first ?? [:]
    let packages = tenant.entities(.accessPackage).map { package($0, tenant) }
    var state: [String: JSONValue] = [
      "now": .string(tenant.now.text), "tenant": .object(settings),
      "appRoleAssignments": list(tenant.assignments.all, json),
      "entitlementManagementSettings":
        entitlement.setting(["deliverySeconds": .integer(Int(tenant.deliverySeconds))]),
      "accessPackages": .array(packages),
    ]
    for (name, kind, isDeleted) in Scenario.lists {
      let objects = (tenant.order[kind] ?? []).lazy.compactMap { tenant.objects[$0.id] }
      state[name] =
        list(objects.filter { ($0.deletedAt != nil) == isDeleted }) { json($0, tenant) }
    }
    for (name, set, _) in Scenario.sets { state[name] = .array(tenant.entities(set)) }
    return .object(state)
  }

  /// A list that is written as it is made: so that a million elements are not held twice.
  private static func list<Elements: Sequence>(
    _ elements: Elements,
    _ json: (Elements.Element) -> JSONValue
  ) -> JSONValue {
    var bytes: [UInt8] = [0x5B]
    for element in elements {
      if bytes.count > 1 { bytes.append(0x2C) }
      json(element).append(to: &bytes)
    }
    return .verbatim(bytes + [0x5D])
  }

  /// An object with all its properties and with what it is related to.
  private static func json(_ object: DirectoryObject, _ tenant: Tenant) -> JSONValue {
    var members = object.properties
    for name in Scenario.relations {
      guard let relation = Scenario.relation(name, of: object.kind) else { continue }
      let others = tenant[keyPath: relation].rights(of: object.id)
      if name != "manager" || !others.isEmpty {
        members[name] = .array(others.map { .string($0.text) })
      }
    }
    return .object(members)
  }

  private static func json(_ row: AppRoleAssignment) -> JSONValue {
    [
      "appRoleId": .string(row.role.text), "createdDateTime": .string(row.createdAt.text),
      "id": .string(row.id), "principalId": .string(row.principal.text),
      "resourceId": .string(row.resource.text),
    ]
  }

  private static func package(_ package: JSONValue, _ tenant: Tenant) -> JSONValue {
    func own(_ name: EntitySet.Name) -> [JSONValue] {
      tenant.entities(name).filter { $0["accessPackage"]?["id"] == package["id"] }.map { entity in
        .object((entity.members ?? [:]).filter { $0.key != "accessPackage" })
      }
    }
    let assignments = own(.packageAssignment).map { assignment in
      assignment.setting([
        "target": ["objectId": assignment["target"]?["objectId"] ?? .null],
        "assignmentPolicy": ["id": assignment["assignmentPolicy"]?["id"] ?? .null],
      ])
    }
    return package.setting([
      "assignmentPolicies": .array(own(.assignmentPolicy)), "assignments": .array(assignments),
    ])
  }
}
