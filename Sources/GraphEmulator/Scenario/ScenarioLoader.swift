/// Fills a tenant from a scenario: JSON in Graph's own property names.
struct ScenarioLoader {
  let tenant: Tenant

  static let keys: Set<String> = [
    "now", "tenant", "users", "groups", "servicePrincipals", "applications", "contacts",
    "directoryRoles", "appRoleAssignments", "accessPackages", "deletedUsers",
    "deletedGroups", "clients",
    "oauth2PermissionGrants", "connectedOrganizations", "crossTenantAccessPolicyPartners",
    "entitlementManagementSettings",
  ]

  /// The lists that may be long: their elements are read one by one.
  private static let long: Set<String> = [
    "users", "groups", "servicePrincipals", "applications", "contacts", "directoryRoles",
    "appRoleAssignments", "deletedUsers", "deletedGroups",
  ]

  /// Reads a scenario's text and checks its outermost members.
  static func parse(_ bytes: [UInt8]) throws(ScenarioFault) -> JSONValue {
    let document: JSONValue
    do throws(JSONFault) {
      document = try JSONParser.parse(bytes, leavingElementsOf: long)
    } catch {
      throw ScenarioFault(place: "", message: "the scenario is not JSON (byte \(error.offset))")
    }
    guard let members = document.members else {
      throw ScenarioFault(place: "", message: "the scenario is not a JSON object")
    }
    for member in members where !keys.contains(member.name) {
      throw ScenarioFault(
        place: member.name,
        message: "unknown; known are \(keys.sorted().joined(separator: ", "))"
      )
    }
    return document
  }

  /// Puts everything that the scenario names into the tenant.
  func load(_ scenario: JSONValue) throws(ScenarioFault) {
    try loadObjects(.user, "users", scenario)
    try loadObjects(.group, "groups", scenario)
    try loadObjects(.servicePrincipal, "servicePrincipals", scenario)
    try loadObjects(.application, "applications", scenario)
    try loadObjects(.contact, "contacts", scenario)
    try loadObjects(.directoryRole, "directoryRoles", scenario)
    try loadObjects(.user, "deletedUsers", scenario)
    try loadObjects(.group, "deletedGroups", scenario)
    // Relations come last: they may point at anything.
    for key in ["users", "deletedUsers"] {
      try relate(key, "sponsors", scenario) { $0.sponsors.insert($1, $2) }
    }
    for key in ["groups", "deletedGroups"] {
      try relate(key, "members", scenario) { $0.members.insert($1, $2) }
    }
    try relate("directoryRoles", "members", scenario) { $0.roleMembers.insert($1, $2) }
    for key in ["groups", "servicePrincipals", "applications"] {
      try relate(key, "owners", scenario) { $0.owners.insert($1, $2) }
    }
    for role in tenant.candidates(.directoryRole, after: 0, limit: .max).compactMap(\.handle) {
      for holder in tenant.roleMembers.rights(of: role) {
        let definition = tenant.text(role, "roleTemplateId") ?? tenant.object(role)?.id.text
        tenant.recordRoleAssignment(definition ?? "", holder, "/")
      }
    }
    try loadAssignments(scenario)
    try ScenarioEntities(tenant: tenant).load(scenario)
    for key in ["deletedUsers", "deletedGroups"] { try delete(key, scenario) }
  }

  private func delete(_ key: String, _ scenario: JSONValue) throws(ScenarioFault) {
    for (index, element) in elements(key, scenario).enumerated() {
      let handle = try handle(element["id"], "\(key)[\(index)].id")
      tenant.delete(handle)
      if let moment = element["deletedDateTime"]?.string.flatMap({ Timestamp(text: $0) }) {
        tenant.objects[Int(handle)]?.deletedAt = moment
        tenant.update(handle, [("deletedDateTime", .string(moment.text))])
      }
    }
  }

  private func elements(
    _ key: String,
    _ scenario: JSONValue
  ) -> LazyMapSequence<[JSONValue], JSONValue> {
    (scenario[key]?.array ?? []).lazy.map(\.read)
  }

  private func loadObjects(
    _ kind: ObjectKind,
    _ key: String,
    _ scenario: JSONValue
  ) throws(ScenarioFault) {
    guard scenario[key] == nil || scenario[key]?.array != nil else {
      throw ScenarioFault(place: key, message: "must be a list")
    }
    var reader = BodyReader(type: kind.type)
    reader.refusesReadOnly = false
    for (index, element) in elements(key, scenario).enumerated() {
      let place = "\(key)[\(index)]"
      guard let members = element.members else {
        throw ScenarioFault(place: place, message: "must be an object")
      }
      let id = try identifier(element["id"], place)
      let complete = ScenarioDefaults(tenant: tenant).complete(kind, members)
      let values: [Int: [UInt8]?]
      do throws(GraphFailure) {
        values = try reader.read(known(complete, kind, place))
      } catch {
        throw ScenarioFault(place: place, message: error.message)
      }
      tenant.insert(kind, id: id, values.compactMapValues { $0 })
    }
  }

  /// Leaves out what is read elsewhere, and what this version of Graph does not have, with a note.
  private func known(
    _ members: [JSONValue.Member],
    _ kind: ObjectKind,
    _ place: String
  ) -> [JSONValue.Member] {
    members.filter { member in
      if Self.relations.contains(member.name) || member.name.contains("@") { return false }
      if kind.type.number(of: member.name) != nil { return true }
      tenant.notes.insert("\(kind.typeName).\(member.name)")
      return false
    }
  }

  private static let relations: Set<String> = ["sponsors", "members", "owners"]

  private func identifier(
    _ value: JSONValue?,
    _ place: String
  ) throws(ScenarioFault) -> ObjectID {
    guard let value else { return tenant.generator.objectID() }
    guard let id = value.string.flatMap({ ObjectID($0) }) else {
      throw ScenarioFault(place: "\(place).id", message: "is no GUID")
    }
    guard tenant.handles[id] == nil else {
      throw ScenarioFault(place: "\(place).id", message: "is used twice")
    }
    return id
  }

  private func relate(
    _ key: String,
    _ property: String,
    _ scenario: JSONValue,
    _ insert: (Tenant, Handle, Handle) -> Void
  ) throws(ScenarioFault) {
    for (index, element) in elements(key, scenario).enumerated() {
      guard let others = element[property]?.array else { continue }
      let place = "\(key)[\(index)]"
      let owner = try handle(element["id"], "\(place).id")
      for (position, other) in others.enumerated() {
        insert(tenant, owner, try handle(other["id"] ?? other, "\(place).\(property)[\(position)]"))
      }
    }
  }

  private func loadAssignments(_ scenario: JSONValue) throws(ScenarioFault) {
    for (index, element) in elements("appRoleAssignments", scenario).enumerated() {
      let place = "appRoleAssignments[\(index)]"
      let principal = try handle(element["principalId"], "\(place).principalId")
      let resource = try handle(element["resourceId"], "\(place).resourceId")
      guard tenant.kind(of: resource) == .servicePrincipal else {
        throw ScenarioFault(place: "\(place).resourceId", message: "is no service principal")
      }
      guard let role = element["appRoleId"]?.string.flatMap({ ObjectID($0) }) else {
        throw ScenarioFault(place: "\(place).appRoleId", message: "is no GUID")
      }
      let moment = element["createdDateTime"]?.string.flatMap { Timestamp(text: $0) }
      tenant.assignments.insert(
        principal: principal,
        resource: resource,
        role: role,
        createdAt: moment ?? tenant.now,
        token: element["id"]?.string.flatMap { AppRoleAssignment.parts(ofID: $0)?.token }
      )
    }
  }

  private func handle(_ value: JSONValue?, _ place: String) throws(ScenarioFault) -> Handle {
    guard let id = value?.string.flatMap({ ObjectID($0) }) else {
      throw ScenarioFault(place: place, message: "is no GUID")
    }
    guard let handle = tenant.handles[id] else {
      throw ScenarioFault(place: place, message: "names no object of the scenario: \(id)")
    }
    return handle
  }
}
