internal import HTTPServer
internal import Platform

/// The emulator's own routes under `/_emulator/`: JSON in and out, no sign-in.
final class ControlRoutes: Sendable {
  private let tenant: Locked<Tenant>
  private let clock: EmulatorClock
  private let initial: @Sendable () throws(ScenarioFault) -> sending Tenant

  /// `initial` makes the tenant as it was when the emulator started.
  init(
    tenant: Locked<Tenant>,
    clock: EmulatorClock,
    initial: @escaping @Sendable () throws(ScenarioFault) -> sending Tenant
  ) {
    self.tenant = tenant
    self.clock = clock
    self.initial = initial
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
    case ("GET", "state"): return Reply(200, tenant.withLock { StateReport.json($0) })
    case ("GET", "outbox"):
      return Reply(200, tenant.withLock { ["value": .array($0.outbox.map(\.json))] })
    case ("GET", "counts"): return Reply(200, tenant.withLock { $0.counts.json })
    case ("POST", "counts/reset"):
      tenant.withLock { $0.counts = RequestCounts() }
      return .noContent
    case ("POST", "reset"): return try reset()
    case ("GET", "clock"): return clockReply()
    case ("POST", "clock"): return try moveClock(try Self.body(request))
    case ("POST", "redeem"): return try redeem(try Self.body(request))
    case ("POST", "leave"): return try leave(try Self.body(request))
    default:
      throw ControlFailure(
        status: 404,
        message: "There is no `\(request.method) /_emulator/\(name)`."
      )
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
    do throws(ScenarioFault) {
      try tenant.withLock { tenant throws(ScenarioFault) in tenant = try initial() }
    } catch {
      throw .invalid("\(error)")
    }
    return .noContent
  }

  private func clockReply() -> Reply { Reply(200, ["now": .string(clock.now.text)]) }

  /// `now` sets the time, `advance` moves it by seconds, `hold` stops it or lets it run, `skew` makes
  /// the `Date` header wrong by seconds.
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

  /// Redeems the invitation of `user`; `issuer` says with which kind of account.
  private func redeem(_ body: JSONValue) throws(ControlFailure) -> Reply {
    let issuer = body["issuer"]?.string ?? "ExternalAzureAD"
    return try withUser(body) { tenant, handle throws(ControlFailure) in
      guard tenant.redeem(handle, issuer: issuer) else {
        throw ControlFailure(status: 409, message: "The user has no invitation to redeem.")
      }
    }
  }

  /// Makes `user` leave the tenant: a soft-deleted account, as when somebody else deletes it.
  private func leave(_ body: JSONValue) throws(ControlFailure) -> Reply {
    try withUser(body) { tenant, handle throws(ControlFailure) in tenant.delete(handle) }
  }

  /// Finds the user that a body names by identifier, user principal name or address.
  private func withUser(
    _ body: JSONValue,
    _ change: (Tenant, Handle) throws(ControlFailure) -> Void
  ) throws(ControlFailure) -> Reply {
    guard let name = body["user"]?.string else { throw .invalid("`user` is missing.") }
    try tenant.withLock { tenant throws(ControlFailure) in
      guard let handle = tenant.user(named: name) else {
        throw ControlFailure(status: 404, message: "There is no user `\(name)`.")
      }
      try change(tenant, handle)
    }
    return .noContent
  }
}
