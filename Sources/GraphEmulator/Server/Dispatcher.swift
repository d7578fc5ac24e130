internal import Platform

/// Takes a call to Graph through everything that the service asks before it answers.
final class Dispatcher: Sendable {
  let state: Locked<TenantState>
  let clock: EmulatorClock
  let limiter: Locked<Limiter>
  let faults: Locked<FaultPlan>
  private let lagSeconds: Int64
  private static let router = Router(Operation.all)

  init(
    _ tenant: Tenant,
    clock: EmulatorClock,
    limiter: Limiter = Limiter(),
    faults: FaultPlan = FaultPlan(rules: [], seed: 0),
    lagSeconds: Int64 = 0
  ) {
    state = Locked(TenantState(tenant))
    self.clock = clock
    self.limiter = Locked(limiter)
    self.faults = Locked(faults)
    self.lagSeconds = lagSeconds
  }

  /// Answers a call; what goes wrong becomes Graph's error envelope.
  func answer(_ call: Call) -> Reply {
    var metering = Metering()
    var reply: Reply
    do {
      reply = try served(call, &metering)
    } catch {
      let failure =
        error as? GraphFailure
        ?? GraphFailure(500, "Service_InternalServerError", "\(error)")
      reply = Reply(
        failure,
        date: clock.announced,
        requestID: call.requestID,
        clientRequestID: call.clientRequestID
      )
    }
    count(call, metering, reply.status)
    reply.faults += metering.faults
    if metering.units > 0 { reply.headers.append(("x-ms-resource-unit", "\(metering.units)")) }
    if metering.usage > 0.8, reply.status != 429 {
      let text = Limiter.percentageText(metering.usage)
      reply.headers.append(("x-ms-throttle-limit-percentage", text))
    }
    return reply
  }

  /// What a call cost.
  private struct Metering {
    var operation: Operation?
    var units = 0
    /// The share of the application's quota that is used up.
    var usage = 0.0
    var faults: [FaultKind] = []
  }

  private func served(_ original: Call, _ metering: inout Metering) throws -> Reply {
    var call = original
    let parts = call.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let match = try Self.router.match(call.method, path: parts[0])
    let operation = match.operation
    // However the path spells it: a batch holds no batches.
    guard !call.isBatchItem || operation.template != Batch.template else {
      throw GraphFailure.badRequest("Nested batch requests are not supported.")
    }
    metering.operation = operation
    metering.units = operation.units
    call.keys = match.keys
    call.query = try QueryOptions(query: parts.count > 1 ? parts[1] : "")
    metering.units = operation.units(for: call.query)
    guard operation.permissions.admit(call.caller.permissions) else { throw GraphFailure.denied }
    let strikes = faults.withLock {
      $0.strikes(call.method, "/\(call.version)\(call.target)", call.body, ofExchange: false)
    }
    metering.faults = strikes.map(\.kind)
    call.reorders = metering.faults.contains(.reorder)
    try Strike.failure(strikes, call, operation, tenantID: call.caller.appID)
    metering.usage = try charge(call, operation, metering.units)
    if operation.template == Batch.template { return try Batch(self, call).reply() }
    let lag = strikes.first { $0.kind == .lag }.map { Int64($0.seconds ?? 10) } ?? lagSeconds
    return try run(call, operation, lagSeconds: lag)
  }

  private func charge(_ call: Call, _ operation: Operation, _ units: Int) throws -> Double {
    let (users, id) = state.withLock { ($0.tenant.userCount, $0.tenant.id) }
    let charge = Limiter.Charge(
      operation: operation,
      units: units,
      app: call.caller.appID,
      tenantID: id,
      users: users,
      selectsSignInActivity: call.query.select?.contains("signInActivity") ?? false
    )
    let now = clock.now
    return try limiter.withLock { try $0.charge(charge, now: now) }
  }

  private func run(_ call: Call, _ operation: Operation, lagSeconds: Int64) throws -> Reply {
    try state.withLock { state in
      state.tenant.purgeExpired()
      try state.tenant.requireIdentity(call.caller)
      guard operation.isWrite else { return try state.read { try operation.handler(call, &$0) } }
      return try state.write(lagSeconds: lagSeconds) { try operation.handler(call, &$0) }
    }
  }

  private func count(_ call: Call, _ metering: Metering, _ status: Int) {
    guard metering.operation?.template != Batch.template else { return }
    let route = metering.operation?.route ?? "\(call.method) (unknown)"
    let writes = metering.operation?.isWrite == true ? 1 : 0
    state.withLock {
      $0.counts.add(route: route, units: metering.units, writes: writes, status: status)
    }
  }
}
