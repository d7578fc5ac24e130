import TestSupport

extension Workplace {
  /// A workplace at the small tenant, with one commit of declarations.
  static func small(
    policy: String = SmallTenant.policy(),
    guests: String? = SmallTenant.guests,
    scenario tenant: String = SmallTenant.scenario,
    arguments: [String] = []
  ) async throws -> Workplace {
    let scenario = try TemporaryFolder()
    let file = try scenario.write("tenant.json", tenant)
    let place = try await Workplace(scenario: file, arguments: arguments)
    try await place.repository.commit(
      "Declarations",
      files: [
        "desired-state/guestlist.yaml": policy, "desired-state/guests.yaml": guests,
      ].filter { $0.value != nil }
    )
    return place
  }

  /// What the emulator counted since it started, or since the counts were reset.
  struct Counts: Decodable {
    struct Total: Decodable { var requests: Int, resourceUnits: Int, writes: Int, failures: Int }
    var roundTrips: Int
    var total: Total
  }

  func counts() async throws -> Counts { try await emulator.read("/_emulator/counts") }

  /// The addresses that were mailed, in order.
  func outbox() async throws -> [String] {
    struct Outbox: Decodable {
      struct Mail: Decodable { var to: String }
      var value: [Mail]
    }
    return try await emulator.read("/_emulator/outbox", as: Outbox.self).value.map(\.to)
  }
}
