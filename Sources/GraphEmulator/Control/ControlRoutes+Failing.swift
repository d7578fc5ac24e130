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

  /// Keeps the state under a name, or in a file.
  func snapshot(_ body: JSONValue) throws(ControlFailure) -> Reply {
    let state = tenant.withLock { StateReport.json($0) }
    if let path = body["path"]?.string {
      do throws(PlatformError) {
        try PrivateFile.write(state.bytes, to: path)
      } catch {
        throw .invalid("`\(path)` cannot be written: \(error)")
      }
    } else {
      // Written out once, so that what is kept does not change with the tenant.
      let kept = JSONValue.verbatim(state.bytes)
      snapshots.withLock { $0[body["name"]?.string ?? ""] = kept }
    }
    return .noContent
  }

  /// Brings a kept state back, the clock included.
  func restore(_ body: JSONValue) throws(ControlFailure) -> Reply {
    let bytes: [UInt8]
    if let path = body["path"]?.string {
      do throws(PlatformError) {
        bytes = try PrivateFile.read(path, limit: 1 << 30)
      } catch {
        throw .invalid("`\(path)` cannot be read: \(error)")
      }
    } else {
      let name = body["name"]?.string ?? ""
      guard let kept = snapshots.withLock({ $0[name] }) else {
        throw .unknown("snapshot `\(name)`")
      }
      bytes = kept.bytes
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
}
