internal import Access
internal import GraphEmulator
internal import HTTP
internal import MicrosoftGraph
internal import TestSupport
internal import Testing

/// The one contract, held against both sides of the seam.
struct TenantContractTests {
  @Test func `the double in memory keeps the contract`() async throws {
    let tenant = InMemoryTenant(ContractTenant.state)
    try await TenantContract(reader: tenant, writer: tenant).run()
  }

  @Test func `the Graph client keeps the contract, over libcurl, on the emulator`() async throws {
    var configuration = EmulatorConfiguration()
    configuration.source = .scenario(Array(ContractTenant.scenario.utf8))
    let emulator = try await EmulatorServer.start(configuration)
    do {
      let connection = try Self.connection(to: emulator)
      try await TenantContract(
        reader: GraphReader(connection, normalise: Rig.normalise),
        writer: GraphWriter(connection)
      ).run()
    } catch {
      Issue.record(error)
    }
    await emulator.stop()
  }

  static func connection(to emulator: EmulatorServer) throws -> GraphConnection {
    let variables = Dictionary(
      uniqueKeysWithValues: emulator.environment.map { ($0.name, $0.value) }
    )
    let endpoints = try GraphEndpoints(loopback: emulator.baseURL)
    return GraphConnection(
      to: endpoints,
      as: try GraphIdentity(environment: variables, endpoints: endpoints) { _ in nil },
      transport: CurlTransport(),
      clock: ManualClock(),
      randomness: SeededRandomness()
    )
  }
}
