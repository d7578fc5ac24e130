package import Access
package import HTTP

/// A connection to one tenant: its endpoints, our identity, and the count of requests.
package struct GraphConnection: Sendable {
  let endpoints: GraphEndpoints
  let transport: GuardedTransport
  let tokens: TokenSource
  let meter: RequestMeter
  let clock: any Clock
  let randomness: any Randomness
  let limits: ReadLimits
  var policy = RetryPolicy()

  /// Makes a connection, over which nothing is sent before something is asked, and at most
  /// `maxRequests` Graph requests in all.
  package init(
    to endpoints: GraphEndpoints,
    as identity: GraphIdentity,
    transport: any Transport,
    clock: any Clock,
    randomness: any Randomness,
    maxRequests: Int? = nil,
    limits: ReadLimits = ReadLimits()
  ) {
    self.endpoints = endpoints
    self.limits = limits
    self.clock = clock
    self.randomness = randomness
    self.transport = GuardedTransport(transport: transport) { endpoints.admits($0) }
    meter = RequestMeter(limit: maxRequests)
    tokens = TokenSource(
      identity,
      endpoints: endpoints,
      transport: transport,
      clock: clock,
      randomness: randomness,
      meter: meter
    )
  }

  /// The token in use, with its tenant and permissions.
  package func token() async throws(TenantError) -> AccessToken { try await tokens.token() }

  /// Sends up to twenty messages, one by itself and more as a batch, and says how each ended.
  ///
  /// Nothing is repeated here. What survives cancellation is delivered even if the task ends.
  func exchange(
    _ messages: [GraphMessage],
    survivesCancellation: Bool = false
  ) async -> [MessageOutcome] {
    guard let first = messages.first else { return [] }
    let token: AccessToken
    do throws(TenantError) {
      token = try await tokens.token()
      try await meter.spend(messages.count, on: first.operation)
    } catch {
      return messages.map { _ in .notSent(error) }
    }
    let isBatch = messages.count > 1
    guard
      var request = isBatch
        ? GraphMessage.batch(messages, to: endpoints) : first.request(to: endpoints)
    else {
      return messages.map { .notSent(.unsendable($0)) }
    }
    request.headers["Authorization"] = "Bearer \(token.secret.reveal())"
    request.survivesCancellation = survivesCancellation
    await meter.recordTrip()
    let response: HTTPResponse
    do throws(HTTPError) {
      response = try await transport.send(request)
    } catch {
      var error = error
      error.detail = await tokens.secrets.excerpt(error.detail, 500)
      return messages.map { _ in .noReply(error) }
    }
    if response.status == 401 { await tokens.forget(token) }
    let secrets = await tokens.secrets
    let outcomes =
      isBatch
      ? MessageOutcome.batch(response, to: messages, secrets)
      : [MessageOutcome(response, to: first, secrets)]
    await meter.record(resourceUnits: Self.resourceUnits(messages, outcomes))
    return outcomes
  }

  private static func resourceUnits(
    _ messages: [GraphMessage],
    _ outcomes: [MessageOutcome]
  ) -> Int {
    zip(messages, outcomes).reduce(0) { sum, pair in
      guard case .reply(let reply) = pair.1 else { return sum }
      return sum + reply.resourceUnits(pair.0.resourceUnits)
    }
  }
}

/// The limits of one reading of a tenant, far above what a directory holds.
package struct ReadLimits: Hashable, Sendable {
  /// How many entries all lists may have together; a page counts as a hundred at least.
  package var entries: Int
  /// How long the reading may take.
  package var duration: Moment.Span

  package init(entries: Int = 10_000_000, duration: Moment.Span = .hours(2)) {
    self.entries = entries
    self.duration = duration
  }
}

extension TenantError {
  /// A message whose path cannot be part of a URL.
  fileprivate static func unsendable(_ message: GraphMessage) -> Self {
    Self(
      .malformedReply,
      operation: message.operation.words,
      message: "an identifier or link that the service gave cannot be part of a URL"
    )
  }
}

/// Counts what a connection asks of Graph, and stops it at the limit of `--max-requests`.
actor RequestMeter {
  private let limit: Int?
  private var spent = 0
  private var cost = ReadCost()

  init(limit: Int?) { self.limit = limit }

  /// Takes requests out of the budget before they are sent; each item of a batch is one.
  func spend(_ requests: Int, on operation: GraphOperation) throws(TenantError) {
    if let limit, spent + requests > limit {
      throw TenantError(
        .budgetExhausted,
        operation: operation.words,
        message: "the limit of \(limit) requests is reached"
      )
    }
    spent += requests
    cost.requests += requests
  }

  /// Counts one trip over the network.
  func recordTrip() { cost.roundTrips += 1 }

  /// Counts what the service metered.
  func record(resourceUnits: Int) { cost.resourceUnits += resourceUnits }

  /// Yields what was spent since it was last asked.
  func takeCost() -> ReadCost {
    defer { cost = ReadCost() }
    return cost
  }
}
