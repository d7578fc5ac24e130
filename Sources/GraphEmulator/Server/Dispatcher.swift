internal import Platform

/// Takes a call to Graph through everything that the service asks before it answers.
final class Dispatcher: Sendable {
  let tenant: Locked<Tenant>
  let clock: EmulatorClock
  let limiter: Locked<Limiter>
  let faults: Locked<FaultPlan>
  private let lagSeconds: Int64
  private let router: Router
  private let permissions: [String: AcceptedPermissions]

  init(
    tenant: Locked<Tenant>,
    clock: EmulatorClock,
    limiter: Limiter = Limiter(),
    faults: FaultPlan = FaultPlan(rules: [], seed: 0),
    lagSeconds: Int64 = 0
  ) {
    self.tenant = tenant
    self.clock = clock
    self.limiter = Locked(limiter)
    self.faults = Locked(faults)
    self.lagSeconds = lagSeconds
    router = Router(Operations.all)
    var permissions: [String: AcceptedPermissions] = [:]
    for operation in Operations.all {
      permissions[operation.route] = OperationPermissions.accepted(
        method: operation.method,
        segments: operation.segments
      )
    }
    self.permissions = permissions
  }

  /// Answers a call; what goes wrong becomes Graph's error envelope.
  func answer(_ call: GraphCall) -> Reply {
    var metering = Metering()
    var reply: Reply
    do throws(GraphFailure) {
      reply = try served(call, &metering)
    } catch {
      reply = Reply(
        error,
        date: clock.announced,
        requestID: call.requestID,
        clientRequestID: call.headers["client-request-id"] ?? call.requestID.text
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

  private func served(_ call: GraphCall, _ metering: inout Metering) throws(GraphFailure) -> Reply {
    let parts = call.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let match = try router.match(call.method, path: parts[0])
    // However the path spells it: a batch holds no batches.
    guard !call.isBatchItem || match.operation.template != "/$batch" else {
      throw .badRequest("Nested batch requests are not supported.")
    }
    metering.operation = match.operation
    metering.units = match.operation.baseUnits
    let query = try QueryOptions(query: parts.count > 1 ? parts[1] : "")
    metering.units = match.operation.units(for: query)
    // An operation of which nobody knows what it asks for is closed.
    guard permissions[match.operation.route]?.admit(call.caller.permissions) ?? false else {
      throw .denied
    }
    let strikes = faults.withLock {
      $0.strikes(call.method, "/\(call.version)\(call.target)", call.body, ofExchange: false)
    }
    metering.faults = strikes.map(\.kind)
    try Strike.failure(strikes, call, query, match.operation, tenantID: "\(call.caller.appID)")
    metering.usage = try charge(match.operation, metering.units, query, call)
    let context = RequestContext(
      method: call.method,
      version: call.version,
      path: String(parts[0]),
      operation: match.operation,
      keys: match.keys,
      query: query,
      headers: call.headers,
      body: call.body,
      base: call.base,
      caller: call.caller,
      requestID: call.requestID,
      clientRequestID: call.headers["client-request-id"],
      reorders: strikes.contains { $0.kind == .reorder }
    )
    let lag = strikes.first { $0.kind == .lag }.map { Int64($0.seconds ?? 10) } ?? lagSeconds
    return try run(context, lagSeconds: lag)
  }

  private func charge(
    _ operation: Operation,
    _ units: Int,
    _ query: QueryOptions,
    _ call: GraphCall
  ) throws(GraphFailure) -> Double {
    let (users, id) = tenant.withLock { ($0.userCount, $0.id) }
    let charge = Limiter.Charge(
      operation: operation,
      units: units,
      app: call.caller.appID,
      tenantID: id,
      users: users,
      selectsSignInActivity: query.select?.contains("signInActivity") ?? false
    )
    let now = clock.now
    return try limiter.withLock { limiter throws(GraphFailure) in
      try limiter.charge(charge, now: now)
    }
  }

  private func run(
    _ context: RequestContext,
    lagSeconds: Int64
  ) throws(GraphFailure) -> Reply {
    if context.operation.route == "POST /$batch" {
      return try BatchRunner(dispatcher: self, context: context).reply()
    }
    guard let handler = RouteTable.graph[context.operation.route] else {
      throw .methodNotAllowed
    }
    return try tenant.withLock { tenant throws(GraphFailure) in
      tenant.purgeExpired()
      try tenant.requireIdentity(context.caller)
      tenant.lag.settle(in: tenant)
      tenant.lag.seconds = lagSeconds
      defer { tenant.lag.seconds = 0 }
      return try handler(context, tenant)
    }
  }

  private func count(_ call: GraphCall, _ metering: Metering, _ status: Int) {
    let route = metering.operation?.route ?? "\(call.method) (unknown)"
    guard route != "POST /$batch" else { return }
    let writes = metering.operation?.writeCount ?? 0
    tenant.withLock {
      $0.counts.add(route: route, units: metering.units, writes: writes, status: status)
    }
  }
}
