internal import Access
internal import HTTP
internal import JSON

/// Gets tokens and keeps one for as long as it is good.
actor TokenSource {
  private let identity: GraphIdentity
  private let endpoints: GraphEndpoints
  private let transport: any Transport
  private let clock: any Clock
  private let randomness: any Randomness
  private let meter: RequestMeter
  private let policy = RetryPolicy(attempts: 4, patience: .seconds(120))
  private var current: AccessToken?
  /// The tenant of the first token: a later one of another tenant is never used.
  private var tenant: TenantID?
  /// What must not be shown of what a server says.
  private(set) var secrets = HeldSecrets()
  private var isFetching = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// A token is not used during its last minutes, so that none expires on its way.
  private static let margin: Int64 = 300

  init(
    _ identity: GraphIdentity,
    endpoints: GraphEndpoints,
    transport: any Transport,
    clock: any Clock,
    randomness: any Randomness,
    meter: RequestMeter
  ) {
    self.identity = identity
    self.endpoints = endpoints
    self.transport = transport
    self.clock = clock
    self.randomness = randomness
    self.meter = meter
    if let secret = identity.standingSecret { secrets.hold(secret) }
  }

  /// Holds a secret that the service gave away.
  func hold(_ secret: Secret) { secrets.hold(secret) }

  /// The token in use, or a new one; callers meanwhile wait for the same.
  func token() async throws(TenantError) -> AccessToken {
    while true {
      if let current, clock.now() < current.expires { return current }
      guard isFetching else { break }
      await withCheckedContinuation { waiting.append($0) }
    }
    isFetching = true
    defer {
      isFetching = false
      for continuation in waiting { continuation.resume() }
      waiting = []
    }
    let token = try await fetch()
    if let tenant, token.tenant != tenant {
      throw TenantError(
        .authentication,
        operation: Self.operation,
        message: "the new token is for tenant \(token.tenant), not for \(tenant)"
      )
    }
    tenant = token.tenant
    secrets.hold(token.secret)
    current = token
    return token
  }

  /// Forgets a token that Graph refused, unless another is in use already.
  func forget(_ token: AccessToken) {
    if current == token { current = nil }
  }

  private func fetch() async throws(TenantError) -> AccessToken {
    var attempt = 1
    while true {
      let asked = clock.now()
      let prepared = try TokenRequest.make(
        identity,
        endpoints: endpoints,
        now: asked,
        id: randomness.guid()
      )
      if let assertion = prepared.assertion { secrets.hold(assertion) }
      let (outcome, result) = await send(prepared, asked: asked)
      let decision = policy.decide(attempt: attempt, outcome, spread: randomness.word())
      guard case .retry(let delay) = decision else { return try result.get() }
      do {
        try await clock.sleep(for: delay)
      } catch {
        throw TenantError(.cancelled, operation: Self.operation, message: "cancelled")
      }
      attempt += 1
    }
  }

  private static let operation = "signing in"

  private func send(
    _ prepared: TokenRequest,
    asked: Moment
  ) async -> (RetryPolicy.Outcome, Result<AccessToken, TenantError>) {
    await meter.recordTrip()
    do throws(HTTPError) {
      let response = try await guarded(prepared).send(prepared.request)
      let wait = HTTPDate.wait(response.headers["retry-after"], now: clock.now())
      // The metadata service of a machine says 404 and 410 while it is being updated.
      let isAway = prepared.isLocal && (response.status == 404 || response.status == 410)
      return (
        .status(isAway ? 503 : response.status, retryAfter: wait), read(response, asked: asked)
      )
    } catch {
      let isWorthRepeating = error.kind == .interrupted || error.kind == .timedOut
      return (
        .noReply(isWorthRepeating: isWorthRepeating),
        .failure(TenantError(error, operation: Self.operation, secrets))
      )
    }
  }

  private func guarded(_ prepared: TokenRequest) -> GuardedTransport {
    let own = prepared.request.url
    let endpoints = endpoints
    return GuardedTransport(transport: transport) {
      prepared.isLocal ? $0.isSameOrigin(as: own) : endpoints.admits($0)
    }
  }

  private struct Reply: GraphModel {
    let access_token: String
    let expires_in: SpelledText
  }

  private struct Refusal: GraphModel {
    var error: String?
    var error_description: String?
    var trace_id: String?
  }

  private func read(_ response: HTTPResponse, asked: Moment) -> Result<AccessToken, TenantError> {
    guard response.isSuccess else { return .failure(refusal(response)) }
    guard let body = try? ForeignJSONDecoder().decode(Reply.self, from: response.body),
      let lifetime = Int(body.expires_in.text), lifetime > 0,
      let token = AccessToken(
        body.access_token,
        expires: asked + Self.use(of: min(lifetime, 1 << 31)),
        serviceTime: response.headers["date"].flatMap(HTTPDate.moment)
      )
    else {
      return .failure(
        TenantError(
          .malformedReply,
          operation: Self.operation,
          status: response.status,
          message: "the reply holds no token that names its tenant"
        )
      )
    }
    return .success(token)
  }

  private static func use(of lifetime: Int) -> Moment.Span {
    let seconds = Int64(lifetime)
    return Moment.Span(seconds: seconds > 2 * margin ? seconds - margin : seconds / 2)
  }

  private func refusal(_ response: HTTPResponse) -> TenantError {
    let body = try? ForeignJSONDecoder().decode(Refusal.self, from: response.body)
    let isRefusal = (400..<500).contains(response.status) && response.status != 429
    return TenantError(
      response.status == 429 ? .throttled : isRefusal ? .authentication : .unavailable,
      operation: Self.operation,
      status: response.status,
      code: body?.error.map { secrets.excerpt($0, 100) },
      // What follows the first line is trace identifiers and the time.
      message: body?.error_description?.split(whereSeparator: \.isNewline).first
        .map { secrets.excerpt(String($0), 500) }
        ?? "the sign-in server answered \(response.status)",
      requestID: body?.trace_id.map { secrets.excerpt($0, 100) }
    )
  }
}
