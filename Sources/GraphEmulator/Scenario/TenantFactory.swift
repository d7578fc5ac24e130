/// Makes the tenant that an emulator starts with, again and again the same.
struct TenantFactory: Sendable {
  let source: EmulatorConfiguration.Source
  let seed: UInt64
  let clock: EmulatorClock
  /// Who may sign in: each has a service principal in the tenant, as in a real one.
  var clients: [RegisteredClient] = []

  /// Who may sign in, and to which tenant, as the scenario says.
  struct Identity {
    let tenant: SignIn.Tenant
    let clients: [RegisteredClient]
  }

  private static let defaultID = "5b2a9c3e-0000-4000-8000-000000000001"

  private func document() throws(ScenarioFault) -> JSONValue {
    switch source {
    case .empty, .size: .object([])
    case .scenario(let bytes): try ScenarioLoader.parse(bytes)
    }
  }

  func identity() throws(ScenarioFault) -> Identity {
    let scenario = try document()
    let settings = TenantSettings(scenario["tenant"], defaultID: Self.defaultID)
    guard ObjectID(settings.id) != nil else {
      throw ScenarioFault(place: "tenant.id", message: "is no GUID")
    }
    var clients: [RegisteredClient] = []
    if let listed = scenario["clients"] {
      for (index, client) in (listed.array ?? []).enumerated() {
        do throws(ClientFault) {
          clients.append(try RegisteredClient(scenario: client))
        } catch {
          throw ScenarioFault(place: "clients[\(index)]", message: error.reason)
        }
      }
    }
    return Identity(
      tenant: .init(
        id: settings.id,
        displayName: settings.displayName,
        domains: settings.domains
      ),
      clients: clients
    )
  }

  /// Makes the tenant; also for every reset.
  func make() throws(ScenarioFault) -> sending Tenant {
    let scenario = try document()
    let settings = TenantSettings(scenario["tenant"], defaultID: Self.defaultID)
    guard let id = ObjectID(settings.id) else {
      throw ScenarioFault(place: "tenant.id", message: "is no GUID")
    }
    if let now = scenario["now"] {
      guard let moment = now.string.flatMap({ Timestamp(text: $0) }) else {
        throw ScenarioFault(place: "now", message: "is no moment such as 2026-11-20T12:00:00Z")
      }
      clock.set(moment)
    }
    let tenant = Tenant(
      id: id,
      clock: clock,
      seed: seed,
      restrictions: try TenantRestrictions(scenario["tenant"])
    )
    try settings.apply(to: tenant)
    switch source {
    case .empty: break
    case .scenario: try ScenarioLoader(tenant: tenant).load(scenario)
    case .size(let size): SizedTenant(size: size).fill(tenant)
    }
    for client in clients { tenant.insertServicePrincipal(of: client) }
    tenant.logsChanges = true
    return tenant
  }
}
