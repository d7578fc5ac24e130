internal import Access
internal import HTTP

/// Carries reads to Graph and their replies back, with patience; it has no way to carry a write.
struct ReadChannel: Sendable {
  private let connection: GraphConnection

  init(_ connection: GraphConnection) { self.connection = connection }

  /// Where the reads go.
  var endpoints: GraphEndpoints { connection.endpoints }

  /// How much one reading may be.
  var limits: ReadLimits { connection.limits }

  /// The time by the connection's clock.
  var now: Moment { connection.clock.now() }

  /// What was asked of Graph since this was last called.
  func takeCost() async -> ReadCost { await connection.meter.takeCost() }

  /// The token in use, which says for which tenant and with which permissions.
  func token() async throws(TenantError) -> AccessToken { try await connection.token() }

  /// Fetches up to twenty reads in one trip, and again those that failed for a while; one that was
  /// answered with 404 is a reply like any other.
  func fetch(_ reads: [GraphRead]) async throws(TenantError) -> [GraphReply] {
    var replies: [GraphReply] = []
    for result in await fetchEach(reads) { replies.append(try result.get()) }
    return replies
  }

  /// As `fetch`, with what became of each read by itself.
  func fetchEach(_ reads: [GraphRead]) async -> [Result<GraphReply, TenantError>] {
    var results: [Int: Result<GraphReply, TenantError>] = [:]
    var pending = Array(reads.indices)
    var attempt = 1
    while !pending.isEmpty {
      let messages = pending.map { reads[$0].message(connection.randomness.guid()) }
      let outcomes = await connection.exchange(messages)
      var waits: [(index: Int, delay: Duration, error: TenantError)] = []
      for (index, outcome) in zip(pending, outcomes) {
        switch judge(outcome, reads[index].operation, attempt) {
        case .settled(let result): results[index] = result
        case .again(let delay, let error): waits.append((index, delay, error))
        }
      }
      pending = waits.map(\.index)
      guard let longest = waits.map(\.delay).max() else { break }
      do {
        try await connection.clock.sleep(for: longest)
      } catch {
        for wait in waits { results[wait.index] = .failure(wait.error.cancelled) }
        break
      }
      attempt += 1
    }
    return reads.indices.map { index in
      results[index]
        ?? .failure(
          TenantError(.cancelled, operation: reads[index].operation.words, message: "cancelled")
        )
    }
  }

  private enum Judgement {
    case settled(Result<GraphReply, TenantError>)
    case again(after: Duration, TenantError)
  }

  private func judge(
    _ outcome: MessageOutcome,
    _ operation: GraphOperation,
    _ attempt: Int
  ) -> Judgement {
    let kind: RetryPolicy.Outcome
    let result: Result<GraphReply, TenantError>
    switch outcome {
    case .reply(let reply):
      if reply.isSuccess || reply.status == 404 { return .settled(.success(reply)) }
      kind = .status(reply.status, retryAfter: reply.retryAfter(now: connection.clock.now()))
      result = .failure(reply.error(operation))
    case .noReply(let error):
      let isWorthRepeating = error.kind == .interrupted || error.kind == .timedOut
      kind = .noReply(isWorthRepeating: isWorthRepeating)
      result = .failure(TenantError(error, operation: operation.words, HeldSecrets()))
    case .garbled(let reason):
      return .settled(
        .failure(TenantError(.malformedReply, operation: operation.words, message: reason))
      )
    case .notSent(let error): return .settled(.failure(error))
    }
    let spread = connection.randomness.word()
    switch (connection.policy.decide(attempt: attempt, kind, spread: spread), result) {
    case (.retry(let delay), .failure(let error)): return .again(after: delay, error)
    case (.reauthenticate, .failure(let error)): return .again(after: .zero, error)
    default: return .settled(result)
    }
  }
}

extension TenantError {
  /// The same operation, ended by its caller.
  var cancelled: Self {
    Self(.cancelled, operation: operation, message: "cancelled while waiting to try again")
  }
}
