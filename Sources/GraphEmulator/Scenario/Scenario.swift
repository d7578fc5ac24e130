/// A scenario that cannot be loaded, and where it is wrong.
package struct ScenarioFault: Error, CustomStringConvertible {
  /// Such as `users[3].mail`.
  package let place: String
  package let message: String

  package var description: String { place.isEmpty ? message : "\(place): \(message)" }
}

/// A tenant as JSON in Graph's own property names: what an emulator starts from, and the form of
/// its state.
struct Scenario: Sendable {
  let document: JSONValue

  /// The lists of directory objects, in the order in which they are read.
  static let lists: [(name: String, kind: ObjectKind, isDeleted: Bool)] = [
    ("users", .user, false), ("groups", .group, false),
    ("servicePrincipals", .servicePrincipal, false), ("applications", .application, false),
    ("contacts", .contact, false), ("directoryRoles", .directoryRole, false),
    ("deletedUsers", .user, true), ("deletedGroups", .group, true),
  ]

  /// The sets of entities that are lists by themselves, and their keys.
  static let sets: [(name: String, set: EntitySet.Name, key: String)] = [
    ("oauth2PermissionGrants", .permissionGrant, "id"),
    ("connectedOrganizations", .connectedOrganization, "id"),
    ("crossTenantAccessPolicyPartners", .crossTenantPartner, "tenantId"),
  ]

  /// What objects are related to, with the relation of each kind.
  static func relation(_ name: String, of kind: ObjectKind) -> WritableKeyPath<Tenant, Relation>? {
    switch (name, kind) {
    case ("sponsors", .user): \.sponsors
    case ("manager", .user): \.managers
    case ("members", .group): \.members
    case ("members", .directoryRole): \.roleMembers
    case ("owners", .group), ("owners", .servicePrincipal), ("owners", .application): \.owners
    default: nil
    }
  }

  static let relations = ["sponsors", "manager", "members", "owners"]

  private static let keys: Set<String> = Set(lists.map(\.name) + sets.map(\.name)).union([
    "now", "tenant", "appRoleAssignments", "accessPackages", "clients",
    "entitlementManagementSettings",
  ])

  /// An empty scenario.
  init() { document = [:] }

  /// Reads a scenario's text and checks its outermost members.
  init(_ bytes: [UInt8]) throws(ScenarioFault) {
    do {
      document = try JSONValue.parse(bytes)
    } catch {
      throw ScenarioFault(place: "", message: "the scenario is not JSON")
    }
    guard let members = document.members else {
      throw ScenarioFault(place: "", message: "the scenario is not a JSON object")
    }
    if let stray = members.keys.sorted().first(where: { !Self.keys.contains($0) }) {
      throw ScenarioFault(
        place: stray,
        message: "unknown; known are \(Self.keys.sorted().joined(separator: ", "))"
      )
    }
    guard ObjectID(tenantID) != nil else {
      throw ScenarioFault(place: "tenant.id", message: "is not a GUID")
    }
  }

  var tenantID: String {
    document["tenant"]?["id"]?.string ?? "5b2a9c3e-0000-4000-8000-000000000001"
  }

  var displayName: String { document["tenant"]?["displayName"]?.string ?? "Contoso" }

  /// The tenant's domains; the one that it was created with comes first.
  var domains: [String] {
    let tenant = document["tenant"]
    let verified = (tenant?["verifiedDomains"]?.array ?? []).compactMap {
      $0["name"]?.string ?? $0.string
    }
    let listed = (tenant?["domains"]?.array ?? []).compactMap { $0.string ?? $0["id"]?.string }
    let all = verified + listed
    let initial =
      tenant?["initialDomain"]?.string ?? all.first { $0.hasSuffix(".onmicrosoft.com") }
      ?? "contoso.onmicrosoft.com"
    return [initial] + all.filter { $0.lowercased() != initial.lowercased() }
  }

  /// Who may sign in, as the scenario says; nobody where it says nothing.
  func clients() throws(ScenarioFault) -> [RegisteredClient] {
    var clients: [RegisteredClient] = []
    for (index, client) in (document["clients"]?.array ?? []).enumerated() {
      do throws(ClientFault) {
        clients.append(try RegisteredClient(scenario: client))
      } catch {
        throw ScenarioFault(place: "clients[\(index)]", message: error.reason)
      }
    }
    return clients
  }
}

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
        throw ScenarioFault(place: "now", message: "is not a time such as 2026-11-20T12:00:00Z")
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
