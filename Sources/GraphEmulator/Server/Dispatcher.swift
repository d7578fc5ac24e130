internal import Platform

/// Takes a call to Graph through everything that the service asks before it answers.
final class Dispatcher: Sendable {
  let tenant: Locked<Tenant>
  let clock: EmulatorClock
  private let router: Router
  private let permissions: [String: AcceptedPermissions]

  init(tenant: Locked<Tenant>, clock: EmulatorClock) {
    self.tenant = tenant
    self.clock = clock
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
    let clientRequestID = call.headers["client-request-id"]
    var counted: Operation?
    var units = 0
    var reply: Reply
    do throws(GraphFailure) {
      let parts = call.target.split(
        separator: "?",
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      let match = try router.match(call.method, path: parts[0])
      counted = match.operation
      units = match.operation.baseUnits
      let query = try QueryOptions(query: parts.count > 1 ? parts[1] : "")
      units = match.operation.units(for: query)
      // An operation of which nobody knows what it asks for is closed.
      guard permissions[match.operation.route]?.admit(call.caller.permissions) ?? false else {
        throw .denied
      }
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
        clientRequestID: clientRequestID
      )
      reply = try run(context)
    } catch {
      reply = Reply(
        error,
        date: clock.announced,
        requestID: call.requestID,
        clientRequestID: clientRequestID ?? call.requestID.text
      )
    }
    count(counted, call, units, reply.status)
    if units > 0 { reply.headers.append(("x-ms-resource-unit", String(units))) }
    return reply
  }

  private func run(_ context: RequestContext) throws(GraphFailure) -> Reply {
    if context.operation.route == "POST /$batch" {
      return try BatchRunner(dispatcher: self, context: context).reply()
    }
    guard let handler = RouteTable.graph[context.operation.route] else {
      throw .methodNotAllowed
    }
    return try tenant.withLock { tenant throws(GraphFailure) in
      tenant.purgeExpired()
      return try handler(context, tenant)
    }
  }

  private func count(_ operation: Operation?, _ call: GraphCall, _ units: Int, _ status: Int) {
    let route = operation?.route ?? "\(call.method) (unknown)"
    guard route != "POST /$batch" else { return }
    let writes = operation?.method == "GET" ? 0 : operation?.writeCount ?? 0
    tenant.withLock { $0.counts.add(route: route, units: units, writes: writes, status: status) }
  }
}

extension Operation {
  /// FACTS section 7, "Modifiers": one less with `$select`, one more with `$expand`, one less below
  /// twenty items, and never below one.
  func units(for query: QueryOptions) -> Int {
    guard baseUnits > 0 else { return 0 }
    var units = baseUnits
    if query.select != nil { units = template == "/directoryObjects/getByIds" ? 2 : units - 1 }
    if !query.expand.isEmpty { units += 1 }
    if let top = query.top, top < 20 { units -= 1 }
    return max(1, units)
  }

  /// Changes that the operation makes: also those that the quota on writes does not meter.
  var writeCount: Int {
    let isRead =
      method == "GET" || template.hasSuffix("checkMemberGroups")
      || template.hasSuffix("getMemberGroups") || template.hasSuffix("getByIds")
      || template == "/$batch"
    return isRead ? 0 : max(1, writes)
  }

  /// The template's segments, a key in a segment of its own.
  var segments: [String] {
    template.split(separator: "/").flatMap { segment -> [String] in
      guard segment.hasSuffix("'{}')") else { return [String(segment)] }
      return [String(segment.prefix { $0 != "(" }), "{}"]
    }
  }
}
