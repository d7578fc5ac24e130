internal import Access
internal import GraphEmulator
internal import HTTP
@testable internal import MicrosoftGraph
internal import TestSupport
internal import Testing

/// The client over real connections while the service throttles, fails, resets, truncates, loses
/// replies and answers with somebody else's page.
struct FaultyServiceTests {
  private static let faults =
    "throttle=0.08,error503=0.05,error500=0.05,partial=0.1,reset=0.08,truncate=0.05,lost=0.08,html200=0.02"

  @Test(arguments: 1...3)
  func `a reading is the truth or an error`(seed: UInt64) async throws {
    let size = "guests=1005,members=5,apps=4,groups=3,assignments=400"
    try await withEmulator(size, seed) { emulator in
      let scope = try await clean(emulator) { try await everything($0) }
      let truth = try await clean(emulator) {
        try await GraphReader($0, normalise: Rig.normalise).observe(scope)
      }
      #expect(truth.accounts.count == 1005)
      try await fail(emulator, seed)
      var readings = 0
      for _ in 0..<5 {
        let connection = try TenantContractTests.connection(to: emulator)
        let reader = GraphReader(connection, normalise: Rig.normalise)
        guard case .success(let state) = await Result({ try await reader.observe(scope) }) else {
          continue
        }
        readings += 1
        #expect(state.accounts == truth.accounts)
        #expect(state.apps == truth.apps)
        #expect(state.groups == truth.groups)
      }
      #expect(readings > 0)
    }
  }

  @Test(arguments: 1...3)
  func `what is reported as done is done, and nobody is mailed twice`(seed: UInt64) async throws {
    try await withEmulator("guests=40,groups=2", seed) { emulator in
      let scope = try await clean(emulator) { try await everything($0) }
      let reading = { (connection: GraphConnection) async throws in
        try await GraphReader(connection, normalise: Rig.normalise).observe(scope)
      }
      let before = try await clean(emulator, reading)
      let group = try #require(before.groups.keys.min())
      let guests = before.accounts.keys.sorted()
      let addresses = (1...15).map { "new\($0)@fabrikam.example" }
      let changes: [TenantWrite.Change] =
        addresses.map { .invite(address: $0, name: nil, InvitationSettings(), sponsors: []) }
        + guests.map { .block($0) } + guests.map { .join($0, group) }
      let writes = changes.enumerated().map { number, change in
        TenantWrite(requestID: GUID(high: seed, low: UInt64(number)), change: change)
      }
      try await fail(emulator, seed)
      let connection = try TenantContractTests.connection(to: emulator)
      let results = await GraphWriter(connection).perform(writes)
      try await succeed(emulator)
      let after = try await clean(emulator, reading)
      let mails = try await mailed(emulator)
      for (change, result) in zip(changes, results) {
        let isDone = (try? result.get()) != nil
        switch change {
        case .invite(let address, _, _, _):
          let count = mails.filter { $0 == address }.count
          #expect(count <= 1)
          if isDone { #expect(count == 1) }
          if case .failure(let error) = result, error.kind != .unknownOutcome {
            #expect(count == 0)
          }
        case .block(let user): if isDone { #expect(after.accounts[user]?.isEnabled == false) }
        case .join(let user, _):
          if isDone { #expect(after.groups[group]?.members.contains(user) == true) }
        default: break
        }
      }
      #expect(results.contains { (try? $0.get()) != nil })
    }
  }

  private func withEmulator(
    _ size: String,
    _ seed: UInt64,
    _ body: (EmulatorServer) async throws -> Void
  ) async throws {
    var configuration = EmulatorConfiguration()
    configuration.source = .size(try #require(TenantSize(size)))
    configuration.seed = seed
    configuration.enforcesLimits = false
    let emulator = try await EmulatorServer.start(configuration)
    do {
      try await body(emulator)
    } catch {
      await emulator.stop()
      throw error
    }
    await emulator.stop()
  }

  private func clean<Value>(
    _ emulator: EmulatorServer,
    _ body: (GraphConnection) async throws -> Value
  ) async throws -> Value {
    try await body(try TenantContractTests.connection(to: emulator))
  }

  private func everything(_ connection: GraphConnection) async throws -> ObservationScope {
    try await EmulatorTests.everything(connection)
  }

  private func fail(_ emulator: EmulatorServer, _ seed: UInt64) async throws {
    let rules = Self.faults.split(separator: ",").map { rule in
      let words = rule.split(separator: "=")
      return "{\"kind\":\"\(words[0])\",\"rate\":\(words[1])}"
    }
    try await control(emulator, rules.joined(separator: ","), seed)
  }

  private func succeed(_ emulator: EmulatorServer) async throws {
    try await control(emulator, "", 1)
  }

  private func control(_ emulator: EmulatorServer, _ rules: String, _ seed: UInt64) async throws {
    let url = try #require(HTTPURL(emulator.baseURL + "/_emulator/faults"))
    var request = HTTPRequest(
      .post,
      url,
      headers: HTTPHeaders([("Content-Type", "application/json")])
    )
    request.body = Array("{\"faults\":[\(rules)],\"seed\":\(seed)}".utf8)
    let reply = try await CurlTransport().send(request)
    #expect(reply.status == 200)
  }

  private func mailed(_ emulator: EmulatorServer) async throws -> [String] {
    let url = try #require(HTTPURL(emulator.baseURL + "/_emulator/outbox"))
    let reply = try await CurlTransport().send(HTTPRequest(.get, url))
    return ScriptedGraph.document(reply.body)?["value"]?.array?.compactMap { $0["to"]?.string }
      ?? []
  }
}
