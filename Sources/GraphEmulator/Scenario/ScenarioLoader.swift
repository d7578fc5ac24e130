/// Fills a tenant from a scenario.
struct ScenarioLoader {
  private(set) var tenant: Tenant

  init(_ tenant: Tenant) { self.tenant = tenant }

  mutating func load(_ scenario: JSONValue) throws(ScenarioFault) {
    var loaded: [(kind: ObjectKind, id: ObjectID, element: JSONValue, place: String)] = []
    for (name, kind, _) in Scenario.lists {
      guard scenario[name] == nil || scenario[name]?.array != nil else {
        throw ScenarioFault(place: name, message: "must be a list")
      }
      for (index, element) in (scenario[name]?.array ?? []).enumerated() {
        let place = "\(name)[\(index)]"
        let id = try insert(element, kind, place)
        if Scenario.relations.contains(where: { element[$0] != nil }) {
          loaded.append((kind, id, element, place))
        }
      }
    }
    // Relations come last: they may point at anything.
    for (kind, id, element, place) in loaded { try relate(id, kind, element, place) }
    for role in tenant.order[.directoryRole] ?? [] {
      let definition = tenant.objects[role.id]?.text("roleTemplateId") ?? role.id.text
      for holder in tenant.roleMembers.rights(of: role.id) { tenant.noteRole(definition, holder) }
    }
    try loadAssignments(scenario)
    try loadEntities(scenario)
    for (name, _, isDeleted) in Scenario.lists where isDeleted {
      for element in scenario[name]?.array ?? [] {
        let moment = element["deletedDateTime"]?.string.flatMap { Timestamp(text: $0) }
        if let id = element["id"]?.string.flatMap({ ObjectID($0) }) {
          tenant.delete(id, at: moment)
        }
      }
    }
  }

  private mutating func insert(
    _ element: JSONValue,
    _ kind: ObjectKind,
    _ place: String
  ) throws(ScenarioFault) -> ObjectID {
    guard let members = element.members else {
      throw ScenarioFault(place: place, message: "must be an object")
    }
    var id: ObjectID?
    if let given = element["id"] {
      id = given.string.flatMap { ObjectID($0) }
      guard let id else { throw ScenarioFault(place: "\(place).id", message: "is not a GUID") }
      guard tenant.objects[id] == nil else {
        throw ScenarioFault(place: "\(place).id", message: "is used twice")
      }
    }
    // What Graph v1.0 does not have is omitted, with a note.
    let known = members.filter { name, _ in
      if name == "deletedDateTime" || name.contains("@") || Scenario.relations.contains(name) {
        return false
      }
      if kind.type.property(name) != nil { return true }
      tenant.notes.insert("\(kind.rawValue).\(name)")
      return false
    }
    let object = tenant.insertComplete(kind, id: id, .object(known))
    try check(object.properties, kind.type, place)
    return object.id
  }

  private func check(
    _ members: [String: JSONValue],
    _ type: GraphType,
    _ place: String
  ) throws(ScenarioFault) {
    do {
      _ = try RequestBody(members).values(of: type, refusesReadOnly: false)
    } catch {
      let message = (error as? GraphFailure)?.message ?? "\(error)"
      throw ScenarioFault(place: place, message: message)
    }
  }

  private mutating func relate(
    _ id: ObjectID,
    _ kind: ObjectKind,
    _ element: JSONValue,
    _ place: String
  ) throws(ScenarioFault) {
    for name in Scenario.relations {
      guard let value = element[name], !value.isNull,
        let relation = Scenario.relation(name, of: kind)
      else { continue }
      for (index, other) in (value.array ?? [value]).enumerated() {
        let otherID = try object(other["id"] ?? other, "\(place).\(name)[\(index)]")
        tenant[keyPath: relation].insert(id, otherID)
      }
    }
  }

  private mutating func loadAssignments(_ scenario: JSONValue) throws(ScenarioFault) {
    for (index, element) in (scenario["appRoleAssignments"]?.array ?? []).enumerated() {
      let place = "appRoleAssignments[\(index)]"
      let principal = try object(element["principalId"], "\(place).principalId")
      let resource = try object(element["resourceId"], "\(place).resourceId")
      guard tenant.objects[resource]?.kind == .servicePrincipal else {
        throw ScenarioFault(place: "\(place).resourceId", message: "is not a service principal")
      }
      guard let role = element["appRoleId"]?.string.flatMap({ ObjectID($0) }) else {
        throw ScenarioFault(place: "\(place).appRoleId", message: "is not a GUID")
      }
      tenant.assignments.insert(
        principal: principal,
        resource: resource,
        role: role,
        createdAt: element["createdDateTime"]?.string.flatMap { Timestamp(text: $0) } ?? tenant.now,
        number: element["id"]?.string.flatMap { AppRoleAssignment.number(ofID: $0) }
      )
    }
  }

  private mutating func loadEntities(_ scenario: JSONValue) throws(ScenarioFault) {
    for (name, set, key) in Scenario.sets {
      for (index, element) in (scenario[name]?.array ?? []).enumerated() {
        try put(set, element, key: key, "\(name)[\(index)]")
      }
    }
    if let settings = scenario["entitlementManagementSettings"] {
      tenant.deliverySeconds = Int64(settings["deliverySeconds"]?.integer ?? 0)
      let members = (settings.members ?? [:]).filter { $0.key != "deliverySeconds" }
      let place = "entitlementManagementSettings"
      try put(
        .entitlementSettings,
        .object(members).setting(["id": "settings"]),
        place
      )
    }
    for (index, package) in (scenario["accessPackages"]?.array ?? []).enumerated() {
      try load(package, "accessPackages[\(index)]")
    }
  }

  /// Loads an access package with its policies, its assignments and what it gives.
  private mutating func load(_ package: JSONValue, _ place: String) throws(ScenarioFault) {
    var scopes: [JSONValue] = []
    for (index, scope) in (package["resourceRoleScopes"]?.array ?? []).enumerated() {
      guard let resource = AccessPackages.Resource(scope, tenant) else {
        throw ScenarioFault(
          place: "\(place).resourceRoleScopes[\(index)]",
          message: "names neither the members of a group nor a role of an app"
        )
      }
      scopes.append(AccessPackages.completed(scope, resource, in: &tenant))
    }
    let own = (package.members ?? [:]).filter {
      !["assignmentPolicies", "assignments"].contains($0.key)
    }
    let defaults = tenant.stamps.merging(["isHidden": false]) { stamp, _ in stamp }
    let whole = defaults.merging(own) { _, given in given }
      .merging(["resourceRoleScopes": .array(scopes)]) { _, completed in completed }
    let id = try put(.accessPackage, .object(whole), place)
    let stored = tenant.entity(.accessPackage, id) ?? .null
    for (index, policy) in (package["assignmentPolicies"]?.array ?? []).enumerated() {
      let place = "\(place).assignmentPolicies[\(index)]"
      try put(.assignmentPolicy, policy.setting(["accessPackage": stored]), place)
    }
    for (index, assignment) in (package["assignments"]?.array ?? []).enumerated() {
      let place = "\(place).assignments[\(index)]"
      let target = assignment["target"]?["objectId"]?.string.flatMap { ObjectID($0) }
      guard let user = tenant.live(target, .user) else {
        throw ScenarioFault(place: "\(place).target.objectId", message: "names no user")
      }
      let policy = assignment["assignmentPolicy"]?["id"]?.string ?? ""
      let state = assignment["state"]?.string ?? "delivered"
      let members: [String: JSONValue] = [
        "state": .string(state),
        "status": .string(state.prefix(1).uppercased() + state.dropFirst()),
        "accessPackage": stored,
        "assignmentPolicy": tenant.entity(.assignmentPolicy, policy) ?? .null,
        "target": tenant.packageSubject(user),
      ]
      let id = try put(.packageAssignment, assignment.setting(members), place)
      if state == "delivered" { tenant.deliverResources(ofAssignment: id) }
    }
  }

  /// Puts an entity in under its key, checked against its type.
  @discardableResult
  private mutating func put(
    _ name: EntitySet.Name,
    _ value: JSONValue,
    key: String = "id",
    _ place: String
  ) throws(ScenarioFault) -> String {
    let id = value[key]?.string ?? tenant.generator.objectID().text
    let whole = value.setting([key: .string(id)])
    try check(whole.members ?? [:], name.type, place)
    tenant.setEntity(name, id, whole)
    return id
  }

  private func object(_ value: JSONValue?, _ place: String) throws(ScenarioFault) -> ObjectID {
    guard let id = value?.string.flatMap({ ObjectID($0) }) else {
      throw ScenarioFault(place: place, message: "is not a GUID")
    }
    guard tenant.objects[id] != nil else {
      throw ScenarioFault(place: place, message: "names no object of the scenario: \(id)")
    }
    return id
  }
}
