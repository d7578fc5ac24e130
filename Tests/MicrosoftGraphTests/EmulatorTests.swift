internal import Access
internal import Crypto
internal import GraphEmulator
internal import HTTP
@testable internal import MicrosoftGraph
internal import Platform
internal import TestSupport
internal import Testing

/// The client over real connections on the emulator: signing in, paging, counting.
struct EmulatorTests {
  @Test func `a certificate signs in`() async throws {
    let key = try RSAPrivateKey.generate()
    let certificate = try Certificate.selfSigned(
      commonName: "guestlist",
      key: key,
      validity: 1_000_000_000...4_000_000_000
    )
    let client = "0f3c0000-0000-4000-8000-0000000000c1"
    let pem = certificate.pem.split(separator: "\n").joined(separator: "\\n")
    let clients = "\"clients\":[{\"clientId\":\"\(client)\",\"certificate\":\"\(pem)\\n\"}],"
    let scenario = "{" + clients + ContractTenant.scenario.dropFirst()
    let file = try key.pem().revealed + Array(certificate.pem.utf8)
    try await withEmulator(.scenario(Array(scenario.utf8))) { emulator in
      let variables = [
        "AZURE_TENANT_ID": emulator.tenantID, "AZURE_CLIENT_ID": client,
        "AZURE_CLIENT_CERTIFICATE_PATH": "/key.pem",
      ]
      // The emulator judges an assertion by the time of this machine.
      let connection = try connection(to: emulator, variables, clock: MachineClock()) { _ in file }
      #expect(try await connection.token().tenant == ContractTenant.tenant)
    }
  }

  @Test func `a managed identity signs in, at either kind of service`() async throws {
    try await withEmulator(.empty) { emulator in
      let secret = emulator.environment.first { $0.name == "AZURE_CLIENT_SECRET" }?.value
      let ways = [
        ["AZURE_POD_IDENTITY_AUTHORITY_HOST": emulator.baseURL],
        ["IDENTITY_ENDPOINT": emulator.baseURL + "/msi/token", "IDENTITY_HEADER": secret ?? ""],
      ]
      for variables in ways {
        let connection = try connection(to: emulator, variables)
        #expect(try await connection.token().tenant.description == emulator.tenantID)
      }
    }
  }

  @Test func `a wrong secret and an unknown client are refused as such`() async throws {
    try await withEmulator(.empty) { emulator in
      for (name, value) in [
        ("AZURE_CLIENT_SECRET", "wrong"),
        ("AZURE_CLIENT_ID", "0f3c0000-0000-4000-8000-00000000ffff"),
      ] {
        var variables = emulator.variables
        variables[name] = value
        let connection = try connection(to: emulator, variables)
        let error = await #expect(throws: TenantError.self) { try await connection.token() }
        #expect(error?.kind == .authentication)
        #expect(error?.message.hasPrefix("AADSTS") == true)
      }
    }
  }

  @Test func `a client that can only read is refused a write, with the missing permission`()
    async throws
  {
    try await withEmulator(.scenario(Array(ContractTenant.scenario.utf8))) { emulator in
      var variables = emulator.variables
      for name in ["AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"] {
        variables[name] = variables["READER_" + name]
      }
      let connection = try connection(to: emulator, variables)
      let block = TenantWrite(
        requestID: GUID(high: 1, low: 1),
        change: .block(ContractTenant.ana)
      )
      let result = await GraphWriter(connection).perform([block]).first
      guard case .failure(let error) = result else {
        Issue.record("a reader wrote")
        return
      }
      #expect(error.kind == .permission)
      #expect(error.hint?.contains("`User.EnableDisableAccount.All`") == true)
    }
  }

  @Test func `every page of a large tenant is read once`() async throws {
    let size = try #require(
      TenantSize("guests=2500,members=10,apps=3,groups=2,assignments=3000")
    )
    try await withEmulator(.size(size)) { emulator in
      let connection = try connection(to: emulator, emulator.variables)
      let state = try await GraphReader(connection, normalise: Rig.normalise)
        .observe(try await Self.everything(connection))
      #expect(state.accounts.count == 2500)
      #expect(state.apps.values.reduce(0) { $0 + $1.assignments.count } == 3000)
      #expect(state.groups.values.allSatisfy { !$0.members.isEmpty })
      #expect(state.serviceTime != nil)
    }
  }

  @Test func `what guests hold is read without naming it`() async throws {
    let size = try #require(
      TenantSize("guests=120,members=10,apps=4,groups=3,assignments=200")
    )
    try await withEmulator(.size(size)) { emulator in
      let connection = try connection(to: emulator, emulator.variables)
      let named = try await GraphReader(connection, normalise: Rig.normalise)
        .observe(try await Self.everything(connection))
      let steps = Locked<[Int]>([])
      let reader = GraphReader(
        connection,
        progress: { answered, _ in steps.withLock { $0.append(answered) } },
        normalise: Rig.normalise
      )
      var scope = ObservationScope()
      scope.readsHoldings = true
      let found = try await reader.observe(scope)
      #expect(found.accounts == named.accounts)
      let guests = Set(named.accounts.keys)
      for (id, app) in named.apps {
        let held = app.assignments.filter { $0.user.map(guests.contains) ?? false }
        #expect(Set(found.apps[id]?.assignments ?? []) == Set(held))
      }
      for (id, group) in named.groups {
        #expect((found.groups[id]?.members ?? []) == group.members.intersection(guests))
      }
      #expect(steps.withLock { $0 == $0.sorted() && ($0.last ?? 0) >= 240 })
      let organisation = try await reader.organisation()
      #expect(!organisation.name.isEmpty && !organisation.domains.isEmpty)
    }
  }

  @Test func `a plan that finds nothing to do costs the floor`() async throws {
    let size = try #require(TenantSize("guests=300,apps=10,groups=10,assignments=300"))
    try await withEmulator(.size(size)) { emulator in
      let scope = try await Self.everything(try connection(to: emulator, emulator.variables))
      let connection = try connection(to: emulator, emulator.variables)
      let state = try await GraphReader(connection, normalise: Rig.normalise).observe(scope)
      #expect(state.accounts.count == 300 && state.apps.count == 10 && state.groups.count == 10)
      #expect(state.cost.requests == 23)
      #expect(state.cost.roundTrips == 4)
      #expect(state.cost.resourceUnits == 33)
    }
  }

  /// All apps and groups of a tenant, which a plan would know from its catalog.
  static func everything(_ connection: GraphConnection) async throws -> ObservationScope {
    // Beside the apps are the service principals of the emulator's own clients.
    let apps = GraphRead(
      .apps,
      "/servicePrincipals?$top=999&$filter=startsWith(displayName,'App%20')"
    )
    let groups = GraphRead(.groups, "/groups?$top=999")
    let replies = try await ReadChannel(connection).fetch([apps, groups])
    let found = try #require(replies[0].content as? Page<GraphServicePrincipal>)
    let all = try #require(replies[1].content as? Page<GraphGroup>)
    return ObservationScope(
      apps: Set(found.value.map(\.appId.id)),
      groups: Set(all.value.map(\.id.id))
    )
  }

  private func withEmulator(
    _ source: EmulatorConfiguration.Source,
    _ body: (EmulatorServer) async throws -> Void
  ) async throws {
    var configuration = EmulatorConfiguration()
    configuration.source = source
    let emulator = try await EmulatorServer.start(configuration)
    do {
      try await body(emulator)
    } catch {
      await emulator.stop()
      throw error
    }
    await emulator.stop()
  }

  private func connection(
    to emulator: EmulatorServer,
    _ variables: [String: String],
    clock: any Clock = ManualClock(),
    read: @escaping @Sendable (String) -> [UInt8]? = { _ in nil }
  ) throws -> GraphConnection {
    let endpoints = try GraphEndpoints(loopback: emulator.baseURL)
    return GraphConnection(
      to: endpoints,
      as: try GraphIdentity(environment: variables, endpoints: endpoints, read: read),
      transport: CurlTransport(),
      clock: clock,
      randomness: SeededRandomness()
    )
  }
}

extension EmulatorServer {
  fileprivate var variables: [String: String] {
    Dictionary(environment.map { ($0.name, $0.value) }) { first, _ in first }
  }
}
