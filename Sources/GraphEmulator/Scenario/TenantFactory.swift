/// Makes the tenant that an emulator starts with, or that a state brings back.
struct TenantFactory: Sendable {
  let seed: UInt64
  let clock: EmulatorClock
  /// Who may sign in: each has a service principal in the tenant, as in a real one.
  let clients: [RegisteredClient]

  /// Makes the tenant of a scenario, with as many more objects as `size` asks for.
  func make(_ scenario: Scenario, size: TenantSize? = nil) throws(ScenarioFault) -> Tenant {
    if let now = scenario.document["now"] {
      guard let moment = now.string.flatMap({ Timestamp(text: $0) }) else {
        throw ScenarioFault(place: "now", message: "is no moment such as 2026-11-20T12:00:00Z")
      }
      clock.set(moment)
    }
    var tenant = Tenant(
      id: ObjectID(scenario.tenantID) ?? .zero,
      clock: clock,
      seed: seed,
      restrictions: try TenantRestrictions(scenario.document["tenant"])
    )
    for name in EntitySet.Name.allCases { tenant.sets[name] = EntitySet() }
    Organization.found(scenario.displayName, domains: scenario.domains, in: &tenant)
    Policies.found(scenario.document["tenant"]?["authorizationPolicy"], in: &tenant)
    tenant.setEntity(.entitlementSettings, "settings", ConnectedOrganizations.defaults)
    var loader = ScenarioLoader(tenant)
    try loader.load(scenario.document)
    tenant = loader.tenant
    if let size { SizedTenant(size: size).fill(&tenant) }
    for client in clients { add(client, to: &tenant) }
    tenant.changes.forget()
    return tenant
  }

  /// Gives an application that may sign in its service principal, where the scenario has none.
  private func add(_ client: RegisteredClient, to tenant: inout Tenant) {
    let id = ObjectID(client.objectID)
    guard let id, tenant.objects[id] == nil,
      tenant.find(.servicePrincipal, "appId", client.clientID).isEmpty
    else { return }
    let given: JSONValue = [
      "appId": .string(client.clientID), "displayName": .string(client.displayName), "tags": [],
    ]
    tenant.insertComplete(.servicePrincipal, id: id, given)
  }
}

extension Tenant {
  /// Puts an object in with what every object of its kind has.
  @discardableResult
  mutating func insertComplete(
    _ kind: ObjectKind,
    id: ObjectID? = nil,
    _ given: JSONValue
  ) -> DirectoryObject {
    let defaults = kind.traits.complete(given, &self)
    var properties = defaults.merging(given.members ?? [:]) { _, given in given }
    if let roles = properties["appRoles"] {
      properties["appRoles"] = ServicePrincipals.completed(roles)
    }
    return insert(kind, id: id, properties)
  }
}
