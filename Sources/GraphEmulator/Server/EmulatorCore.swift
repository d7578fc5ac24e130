package import HTTPServer
internal import Platform

/// The emulator without its server: takes a request, gives the reply.
///
/// It tells Graph, sign-in and the emulator's own routes apart, and gives every reply the headers
/// that the service sends.
package final class EmulatorCore: Sendable {
  /// Properties of the scenario that Graph v1.0 does not have, and that were omitted.
  package let ignored: [String]
  private let dispatcher: Dispatcher
  private let signIn: SignIn
  private let control: Control
  private let clock: EmulatorClock
  private let log: RequestLog?
  private let scheme: String
  private let generator: Locked<SeededGenerator>

  package var clients: [RegisteredClient] { signIn.clients }
  package var tenantID: String { signIn.tenant.id }

  /// Fills the tenant.
  ///
  /// - Throws: `scenario` where it cannot be made, `file` where the log of requests cannot.
  package init(_ configuration: EmulatorConfiguration) throws(EmulatorError) {
    let factory: TenantFactory
    let tenant: Tenant
    do throws(ScenarioFault) {
      let scenario =
        if case .scenario(let bytes) = configuration.source { try Scenario(bytes) } else {
          Scenario()
        }
      signIn = SignIn(
        tenant: .init(
          id: scenario.tenantID,
          displayName: scenario.displayName,
          domains: scenario.domains
        ),
        clients: try scenario.clients(),
        seed: configuration.seed,
        key: configuration.signingKey
      )
      factory = TenantFactory(
        seed: configuration.seed,
        clock: configuration.clock,
        clients: signIn.clients
      )
      if case .size(let size) = configuration.source {
        tenant = try factory.make(scenario, size: size)
      } else {
        tenant = try factory.make(scenario)
      }
    } catch {
      throw .scenario(error)
    }
    ignored = tenant.notes.sorted()
    clock = configuration.clock
    scheme = configuration.certificate == nil ? "http" : "https"
    generator = Locked(SeededGenerator(seed: configuration.seed &+ 0x5EED))
    log = try configuration.requestsPath.map { (path) throws(EmulatorError) in
      try RequestLog(path: path)
    }
    var limiter = Limiter()
    limiter.isEnforced = configuration.enforcesLimits
    dispatcher = Dispatcher(
      tenant,
      clock: clock,
      limiter: limiter,
      faults: FaultPlan(rules: configuration.faults, seed: configuration.seed),
      lagSeconds: configuration.lagSeconds
    )
    control = Control(
      dispatcher: dispatcher,
      factory: factory,
      first: .init(tenant: tenant, now: tenant.now)
    )
  }

  /// Answers a request; any number of threads may ask at a time.
  package func respond(to request: ServerRequest) -> ServerResponse {
    let requestID = generator.withLock { $0.objectID() }
    var headers: [String: String] = [:]
    for header in request.headers { headers[header.name.lowercased()] = header.value }
    let path = request.target.prefix { $0 != "?" }
    if path.hasPrefix("/_emulator/") {
      guard Self.mayControl(request) else { return response(Self.notFromHere) }
      return response(control.reply(to: request, path: path))
    }
    dispatcher.state.withLock { $0.counts.roundTrips += 1 }
    let strikes = dispatcher.faults.withLock {
      $0.strikes(request.method, request.target, request.body, ofExchange: true)
    }
    let faults = strikes.map(\.kind)
    if let early = ExchangeFault.before(strikes) {
      return logged(request, early, requestID, faults)
    }
    let (response, more) = answer(request, headers, path, requestID)
    let delivered = ExchangeFault.after(strikes, response)
    return logged(request, delivered, requestID, faults + more)
  }

  /// Answers a request that the server refuses for its form: with 400, or 413 where it is too long.
  package func refuse(_ request: ServerRequest, status: Int) -> ServerResponse {
    let requestID = generator.withLock { $0.objectID() }
    let headers = ["client-request-id": request.header("client-request-id")].compactMapValues { $0 }
    let failure: GraphFailure = status == 413 ? .tooLarge : .badRequest("Malformed request.")
    let reply = envelope(failure, headers, requestID)
    return logged(request, dressed(reply, requestID, headers["client-request-id"]), requestID, [])
  }

  /// Whether a request may steer the emulator: from this machine, and from no web page, neither one
  /// that says where it is from nor one whose name was made to point here.
  private static func mayControl(_ request: ServerRequest) -> Bool {
    guard request.isLocal, request.header("origin") == nil else { return false }
    return request.header("host").map { Loopback.isAuthority($0) } ?? true
  }

  private static let notFromHere = Reply(
    403,
    ["error": "The emulator is steered from its own machine only, by a loopback address."]
  )

  private func logged(
    _ request: ServerRequest,
    _ response: ServerResponse,
    _ requestID: ObjectID,
    _ faults: [FaultKind]
  ) -> ServerResponse {
    log?.record(request, response, requestID, faults)
    return response
  }

  /// The reply, and the faults that struck single calls of Graph in it.
  private func answer(
    _ request: ServerRequest,
    _ headers: [String: String],
    _ path: Substring,
    _ requestID: ObjectID
  ) -> (ServerResponse, [FaultKind]) {
    let base = "\(scheme)://\(headers["host"] ?? "localhost")"
    let reply: Reply
    if let (version, target) = Self.graphTarget(request.target) {
      reply = graph(request, headers, base, version, target, requestID)
    } else if let reply = signIn.reply(
      to: SignInRequest(
        method: request.method,
        path: String(path),
        query: FormFields(request.target.dropFirst(path.count + 1)),
        headers: headers,
        body: request.body,
        base: base,
        now: clock.now,
        outside: Timestamp(milliseconds: SystemTime.secondsSinceEpoch() * 1000)
      )
    ) {
      return (response(reply), [])
    } else {
      let version = path.split(separator: "/").first ?? ""
      reply = envelope(.unknownVersion(version), headers, requestID)
    }
    return (dressed(reply, requestID, headers["client-request-id"]), reply.faults)
  }

  /// Splits `/v1.0/users?…` into the version and the rest.
  private static func graphTarget(_ target: String) -> (version: String, target: Substring)? {
    for version in ["v1.0", "beta"] where target.hasPrefix("/\(version)/") {
      return (version, target.dropFirst(version.utf8.count + 1))
    }
    return nil
  }

  private func graph(
    _ request: ServerRequest,
    _ headers: [String: String],
    _ base: String,
    _ version: String,
    _ target: Substring,
    _ requestID: ObjectID
  ) -> Reply {
    let caller: Caller
    do throws(GraphFailure) {
      caller = try signIn.caller(bearing: headers["authorization"], base: base, now: clock.now)
    } catch {
      return envelope(error, headers, requestID)
    }
    return dispatcher.answer(
      Call(
        method: request.method,
        version: version,
        target: target,
        headers: headers,
        body: request.body,
        base: base,
        caller: caller,
        requestID: requestID
      )
    )
  }

  private func envelope(
    _ failure: GraphFailure,
    _ headers: [String: String],
    _ requestID: ObjectID
  ) -> Reply {
    Reply(
      failure,
      date: clock.announced,
      requestID: requestID,
      clientRequestID: headers["client-request-id"] ?? requestID.text
    )
  }

  /// Adds what is on every reply of the service (FACTS section 8).
  private func dressed(
    _ reply: Reply,
    _ requestID: ObjectID,
    _ clientRequestID: String?
  ) -> ServerResponse {
    var headers: [ServerRequest.Header] = reply.headers.map { .init($0.name, $0.value) }
    headers.append(.init("request-id", requestID.text))
    headers.append(.init("client-request-id", clientRequestID ?? requestID.text))
    headers.append(.init("x-ms-ags-diagnostic", Self.diagnostic))
    headers.append(.init("OData-Version", "4.0"))
    headers.append(.init("Cache-Control", "no-cache"))
    headers.append(.init("Date", clock.announced.httpText))
    if !reply.body.isEmpty, !reply.contentType.isEmpty {
      headers.append(.init("Content-Type", reply.contentType))
    }
    return ServerResponse(status: reply.status, headers: headers, body: reply.body)
  }

  private static let diagnostic =
    #"{"ServerInfo":{"DataCenter":"Emulator","Slice":"E","Ring":"1","ScaleUnit":"000","#
    + #""RoleInstance":"GRAPHEMULATOR"}}"#

  /// A reply that is not Graph's, which no cache may keep.
  private func response(_ reply: Reply) -> ServerResponse {
    ServerResponse(
      status: reply.status,
      headers: reply.headers.map { .init($0.name, $0.value) } + [
        .init("Content-Type", "application/json; charset=utf-8"),
        .init("Cache-Control", "no-store, no-cache"), .init("Pragma", "no-cache"),
        .init("Date", clock.announced.httpText),
      ],
      body: reply.body
    )
  }
}
