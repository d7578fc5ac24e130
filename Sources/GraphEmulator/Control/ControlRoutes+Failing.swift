internal import Platform

extension ControlRoutes {
  /// Replaces the faults; an empty list ends them.
  func setFaults(_ body: JSONValue) throws(ControlFailure) -> Reply {
    guard let listed = body["faults"]?.array else { throw .invalid("`faults` must be a list.") }
    var rules: [FaultRule] = []
    for value in listed {
      guard let rule = FaultRule(value) else {
        throw .invalid(
          "A fault has a `kind` (\(FaultKind.allCases.map(\.rawValue).joined(separator: ", "))) and "
            + "a `rate` between 0 and 1."
        )
      }
      rules.append(rule)
    }
    let seed = body["seed"]?.integer.map { UInt64(truncatingIfNeeded: $0) }
    dispatcher.faults.withLock { $0.replace(rules, seed: seed) }
    return Reply(200, dispatcher.faults.withLock { $0.report })
  }

  func setLimits(_ body: JSONValue) throws(ControlFailure) -> Reply {
    dispatcher.limiter.withLock { limiter in
      if let enforced = body["enforced"]?.bool { limiter.isEnforced = enforced }
      if let retryAfter = body["retryAfter"]?.bool { limiter.sendsRetryAfter = retryAfter }
    }
    return .noContent
  }

  /// Keeps the state in memory under a name.
  func snapshot(_ body: JSONValue) throws(ControlFailure) -> Reply {
    let name = try Self.only(["name"], in: body)["name"]?.string ?? ""
    let bytes = tenant.withLock { StateReport.json($0) }.bytes
    snapshots.withLock { $0[name] = bytes }
    return .noContent
  }

  /// Brings back the state that is kept under a name, or one that `GET state` gave; the clock too.
  func restore(_ body: JSONValue) throws(ControlFailure) -> Reply {
    let body = try Self.only(["name", "state"], in: body)
    let bytes: [UInt8]
    if let state = body["state"] {
      bytes = state.bytes
    } else {
      let name = body["name"]?.string ?? ""
      guard let kept = snapshots.withLock({ $0[name] }) else {
        throw .unknown("snapshot `\(name)`")
      }
      bytes = kept
    }
    let kept = TenantFactory(
      source: .scenario(bytes),
      seed: factory.seed,
      clock: clock,
      clients: factory.clients
    )
    do throws(ScenarioFault) {
      try tenant.withLock { tenant throws(ScenarioFault) in tenant = try kept.make() }
    } catch {
      throw .invalid("\(error)")
    }
    return .noContent
  }

  /// Refuses a member that would have no effect, such as the path of a file.
  private static func only(
    _ names: Set<String>,
    in body: JSONValue
  ) throws(ControlFailure) -> JSONValue {
    for member in body.members ?? [] where !names.contains(member.name) {
      throw .invalid("unknown member `\(member.name)`")
    }
    return body
  }
}
