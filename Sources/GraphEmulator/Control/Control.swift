internal import HTTPServer
internal import Platform

/// A request to the emulator's own routes that cannot be met.
struct ControlFailure: Error {
  let status: Int
  let message: String

  static func invalid(_ message: String) -> Self { .init(status: 400, message: message) }
  static func conflict(_ message: String) -> Self { .init(status: 409, message: message) }
  static func unknown(_ name: String) -> Self {
    .init(status: 404, message: "There is no \(name).")
  }
}

/// The emulator's own routes under `/_emulator/`: JSON in and out, no sign-in.
struct Control: Sendable {
  let dispatcher: Dispatcher
  let factory: TenantFactory
  /// The tenant of the start, and when it was.
  let first: Kept
  private let snapshots = Locked<[String: Kept]>([:])

  /// A tenant that can be brought back, the clock with it.
  struct Kept: Sendable {
    let tenant: Tenant
    let now: Timestamp
  }

  private struct Route: Sendable {
    let name: String
    let purpose: String
    let answer: @Sendable (Control, JSONValue) throws -> Reply

    init(
      _ name: String,
      _ purpose: String,
      _ answer: @escaping @Sendable (Control, JSONValue) throws -> Reply
    ) {
      self.name = name
      self.purpose = purpose
      self.answer = answer
    }
  }

  private static let routes = [
    Route("GET state", "the tenant, in the shape of a scenario") { control, _ in
      // Told from a copy, so that nobody waits for it.
      let tenant = control.state.withLock { state in
        state.tenant.advanceRequests()
        return state.tenant
      }
      return Reply(200, StateReport.json(tenant))
    },
    Route("GET outbox", "the mails that would have been sent") { control, _ in
      Reply(200, ["value": .array(control.state.withLock { $0.tenant.outbox.map(\.json) })])
    },
    Route("GET counts", "requests, resource units, writes and failures by route") { control, _ in
      Reply(200, control.state.withLock { $0.counts.json })
    },
    Route("POST counts/reset", "starts counting from nothing") { control, _ in
      control.state.withLock { $0.counts = RequestCounts() }
      return .noContent
    },
    Route("GET clock", "the emulator's time") { control, _ in control.clockReply },
    Route(
      "POST clock",
      "now (a moment) sets it, advance (seconds) moves it, hold (Boolean) stops it, skew (seconds) "
        + "falsifies the Date header"
    ) { control, body in try control.moveClock(body) },
    Route(
      "POST redeem",
      "user redeems the invitation; issuer says with which kind of account"
    ) { control, body in
      try control.state.withLock { state in
        let user = try state.tenant.requiredUser(body)
        let issuer = body["issuer"]?.string ?? "ExternalAzureAD"
        guard state.tenant.redeem(user, issuer: issuer) else {
          throw ControlFailure.conflict("The user has no invitation to redeem.")
        }
        return .noContent
      }
    },
    Route("POST leave", "user leaves the tenant") { control, body in
      try control.state.withLock { state in
        state.tenant.delete(try state.tenant.requiredUser(body).id)
        return .noContent
      }
    },
    Route("POST interfere", "action: \(Interference.actions)") { control, body in
      try control.state.withLock { state in
        try Interference(body: body).carryOut(in: &state.tenant)
        return .noContent
      }
    },
    Route("GET faults", "the faults that are set, and how often each has struck") { control, _ in
      Reply(200, control.dispatcher.faults.withLock { $0.report })
    },
    Route(
      "POST faults",
      "faults: a list of kind, rate, route, seconds, count; seed. An empty list ends them"
    ) { control, body in try control.setFaults(body) },
    Route("POST limits", "enforced and retryAfter (Boolean)") { control, body in
      control.dispatcher.limiter.withLock { limiter in
        if let enforced = body["enforced"]?.bool { limiter.isEnforced = enforced }
        if let retryAfter = body["retryAfter"]?.bool { limiter.sendsRetryAfter = retryAfter }
      }
      return .noContent
    },
    Route("POST snapshot", "keeps the state in memory under name") { control, body in
      let name = try only(["name"], in: body)["name"]?.string ?? ""
      let tenant = control.state.withLock { $0.tenant }
      control.snapshots.withLock { $0[name] = Kept(tenant: tenant, now: tenant.now) }
      return .noContent
    },
    Route(
      "POST restore",
      "brings back the state kept under name, or the one in state; the clock too"
    ) { control, body in try control.restore(body) },
    Route("POST reset", "the state of the start; clock, faults and limits stay") { control, _ in
      control.state.withLock { $0.replace(with: control.first.tenant) }
      return .noContent
    },
  ]

  private var state: Locked<TenantState> { dispatcher.state }

  func reply(to request: ServerRequest, path: Substring) -> Reply {
    do {
      return try answer(request, "\(request.method) \(path.dropFirst("/_emulator/".count))")
    } catch let failure as ControlFailure {
      return Reply(failure.status, ["error": .string(failure.message)])
    } catch {
      return Reply(500, ["error": .string("\(error)")])
    }
  }

  private func answer(_ request: ServerRequest, _ name: String) throws -> Reply {
    if name == "GET " {
      let index = Self.routes.map { ($0.name, JSONValue.string($0.purpose)) }
      return Reply(200, ["routes": .object(Dictionary(uniqueKeysWithValues: index))])
    }
    guard let route = Self.routes.first(where: { $0.name == name }) else {
      throw ControlFailure.unknown(name)
    }
    guard request.method != "GET", !request.body.isEmpty else {
      return try route.answer(self, [:])
    }
    guard let body = try? JSONValue.parse(request.body), body.members != nil else {
      throw ControlFailure.invalid("The body must be a JSON object.")
    }
    return try route.answer(self, body)
  }

  /// Refuses a member that would have no effect, such as the path of a file.
  private static func only(_ names: Set<String>, in body: JSONValue) throws -> JSONValue {
    if let stray = body.members?.keys.sorted().first(where: { !names.contains($0) }) {
      throw ControlFailure.invalid("unknown member `\(stray)`")
    }
    return body
  }

  private func restore(_ body: JSONValue) throws -> Reply {
    let body = try Self.only(["name", "state"], in: body)
    if let given = body["state"] {
      do {
        let tenant = try factory.make(try Scenario(given.bytes))
        state.withLock { $0.replace(with: tenant) }
        return .noContent
      } catch {
        throw ControlFailure.invalid("\(error)")
      }
    }
    let name = body["name"]?.string ?? ""
    guard let kept = snapshots.withLock({ $0[name] }) else {
      throw ControlFailure.unknown("snapshot `\(name)`")
    }
    state.withLock { $0.replace(with: kept.tenant) }
    dispatcher.clock.set(kept.now)
    return .noContent
  }

  private var clockReply: Reply { Reply(200, ["now": .string(dispatcher.clock.now.text)]) }

  private func moveClock(_ body: JSONValue) throws -> Reply {
    let clock = dispatcher.clock
    if let value = body["now"] {
      guard let moment = value.string.flatMap({ Timestamp(text: $0) }) else {
        throw ControlFailure.invalid("`now` must be a moment such as 2026-11-20T12:00:00Z.")
      }
      clock.set(moment)
    }
    for (name, apply) in [("advance", clock.advance(seconds:)), ("skew", clock.announce(skew:))] {
      guard let value = body[name] else { continue }
      guard let seconds = value.integer else {
        throw ControlFailure.invalid("`\(name)` must be seconds.")
      }
      apply(Int64(seconds))
    }
    if let value = body["hold"] {
      guard let hold = value.bool else {
        throw ControlFailure.invalid("`hold` must be true or false.")
      }
      clock.hold(hold)
    }
    return clockReply
  }

  private func setFaults(_ body: JSONValue) throws -> Reply {
    guard let listed = body["faults"]?.array else {
      throw ControlFailure.invalid("`faults` must be a list.")
    }
    let rules = try listed.map { value in
      guard let rule = FaultRule(value) else {
        throw ControlFailure.invalid(
          "A fault has a `kind` (\(FaultKind.allCases.map(\.rawValue).joined(separator: ", "))) and "
            + "a `rate` between 0 and 1."
        )
      }
      return rule
    }
    let seed = body["seed"]?.integer.map { UInt64(truncatingIfNeeded: $0) }
    return dispatcher.faults.withLock { plan in
      plan.replace(rules, seed: seed)
      return Reply(200, plan.report)
    }
  }
}
