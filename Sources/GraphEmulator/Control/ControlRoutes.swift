internal import HTTPServer
internal import Platform

/// The emulator's own routes under `/_emulator/`: JSON in and out, no sign-in.
///
/// | route | what it does |
/// |---|---|
/// | `GET state` | the tenant, in the shape of a scenario |
/// | `GET outbox` | the mails that would have been sent, as `value` |
/// | `GET counts`, `POST counts/reset` | requests, resource units, writes and failures by route |
/// | `GET clock`, `POST clock` | `now` sets, `advance` moves by seconds, `hold` stops, `skew` falsifies `Date` |
/// | `POST redeem` | `user` redeems the invitation; `issuer` says with which kind of account |
/// | `POST leave` | `user` leaves the tenant |
/// | `POST interfere` | what others do meanwhile; see `Interference` |
/// | `GET faults`, `POST faults` | `faults`: a list of `kind`, `rate`, `route`, `seconds`, `count`; `seed` |
/// | `POST limits` | `enforced` and `retryAfter` switch both on and off |
/// | `POST snapshot` | keeps the state in memory under `name` |
/// | `POST restore` | brings back the one that is kept under `name`, or `state`, as `GET state` gave it |
/// | `POST reset` | the state of the start; limits, faults and clock stay |
final class ControlRoutes: Sendable {
  let dispatcher: Dispatcher
  let factory: TenantFactory
  let snapshots = Locked<[String: [UInt8]]>([:])

  var tenant: Locked<Tenant> { dispatcher.tenant }
  var clock: EmulatorClock { dispatcher.clock }

  init(dispatcher: Dispatcher, factory: TenantFactory) {
    self.dispatcher = dispatcher
    self.factory = factory
  }

  func reply(to request: ServerRequest, path: Substring) -> Reply {
    do throws(ControlFailure) {
      return try answer(request, String(path.dropFirst("/_emulator/".count)))
    } catch {
      return Reply(error.status, ["error": .string(error.message)])
    }
  }

  private func answer(
    _ request: ServerRequest,
    _ name: String
  ) throws(ControlFailure) -> Reply {
    switch (request.method, name) {
    case ("GET", ""): return Reply(200, ControlIndex.json)
    case ("GET", "state"): return Reply(200, tenant.withLock { StateReport.json($0) })
    case ("GET", "outbox"):
      return Reply(200, tenant.withLock { ["value": .array($0.outbox.map(\.json))] })
    case ("GET", "counts"): return Reply(200, tenant.withLock { $0.counts.json })
    case ("POST", "counts/reset"):
      tenant.withLock { $0.counts = RequestCounts() }
      return .noContent
    case ("GET", "clock"): return clockReply()
    case ("GET", "faults"): return Reply(200, dispatcher.faults.withLock { $0.report })
    case ("POST", "reset"): return try reset()
    case ("POST", _): return try change(name, try Self.body(request))
    default:
      throw .unknown("\(request.method) /_emulator/\(name)")
    }
  }

  private func change(_ name: String, _ body: JSONValue) throws(ControlFailure) -> Reply {
    switch name {
    case "clock": return try moveClock(body)
    case "redeem":
      let issuer = body["issuer"]?.string ?? "ExternalAzureAD"
      return try withUser(body) { tenant, handle throws(ControlFailure) in
        guard tenant.redeem(handle, issuer: issuer) else {
          throw .conflict("The user has no invitation to redeem.")
        }
      }
    case "leave":
      return try withUser(body) { tenant, handle throws(ControlFailure) in tenant.delete(handle) }
    case "interfere":
      return try tenant.withLock { tenant throws(ControlFailure) in
        try Interference(tenant: tenant).carryOut(body)
        return .noContent
      }
    case "faults": return try setFaults(body)
    case "limits": return try setLimits(body)
    case "snapshot": return try snapshot(body)
    case "restore": return try restore(body)
    default: throw .unknown("POST /_emulator/\(name)")
    }
  }

  private static func body(_ request: ServerRequest) throws(ControlFailure) -> JSONValue {
    guard !request.body.isEmpty else { return .object([]) }
    guard let value = try? JSONParser.parse(request.body), value.members != nil else {
      throw .invalid("The body must be a JSON object.")
    }
    return value
  }

  private func reset() throws(ControlFailure) -> Reply {
    let factory = factory
    do throws(ScenarioFault) {
      try tenant.withLock { tenant throws(ScenarioFault) in tenant = try factory.make() }
    } catch {
      throw .invalid("\(error)")
    }
    return .noContent
  }

  private func clockReply() -> Reply { Reply(200, ["now": .string(clock.now.text)]) }

  private func moveClock(_ body: JSONValue) throws(ControlFailure) -> Reply {
    if let value = body["now"] {
      guard let moment = value.string.flatMap({ Timestamp(text: $0) }) else {
        throw .invalid("`now` must be a moment such as 2026-11-20T12:00:00Z.")
      }
      clock.set(moment)
    }
    for (name, apply) in [("advance", clock.advance(seconds:)), ("skew", clock.announce(skew:))] {
      guard let value = body[name] else { continue }
      guard let seconds = value.integer else { throw .invalid("`\(name)` must be seconds.") }
      apply(Int64(seconds))
    }
    if let value = body["hold"] {
      guard let hold = value.bool else { throw .invalid("`hold` must be true or false.") }
      clock.hold(hold)
    }
    return clockReply()
  }

  /// Finds the user that a body names by identifier, user principal name or address.
  private func withUser(
    _ body: JSONValue,
    _ change: (Tenant, Handle) throws(ControlFailure) -> Void
  ) throws(ControlFailure) -> Reply {
    try tenant.withLock { tenant throws(ControlFailure) in
      try change(tenant, try tenant.requiredUser(body))
    }
    return .noContent
  }
}
