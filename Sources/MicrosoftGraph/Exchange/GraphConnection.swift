package import Access
package import HTTP

/// The way to one tenant: where it is, who we are there, and what was asked of it so far.
package struct GraphConnection: Sendable {
  let endpoints: GraphEndpoints
  let transport: GuardedTransport
  let tokens: TokenSource
  let meter: RequestMeter
  let clock: any Clock
  let randomness: any Randomness
  var policy = RetryPolicy()

  /// Makes a connection, over which nothing is sent before something is asked, and at most
  /// `maxRequests` Graph requests in all.
  package init(
    to endpoints: GraphEndpoints,
    as identity: GraphIdentity,
    transport: any Transport,
    clock: any Clock,
    randomness: any Randomness,
    maxRequests: Int? = nil
  ) {
    self.endpoints = endpoints
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

  /// The token by which the tenant knows us, with its tenant and permissions.
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
        ? BatchMessage.request(messages, to: endpoints)
        : BatchMessage.request(first, to: endpoints)
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
      return messages.map { _ in .noReply(error) }
    }
    if response.status == 401 { await tokens.forget(token) }
    let outcomes =
      isBatch
      ? BatchMessage.outcomes(of: response, for: messages) : [BatchMessage.outcome(of: response)]
    await meter.record(resourceUnits: BatchMessage.resourceUnits(messages, outcomes))
    return outcomes
  }
}

extension TenantError {
  /// A message whose path cannot stand in an address.
  fileprivate static func unsendable(_ message: GraphMessage) -> Self {
    Self(
      .malformedReply,
      operation: message.operation.words,
      message: "an identifier or link that the service gave cannot stand in an address"
    )
  }
}
